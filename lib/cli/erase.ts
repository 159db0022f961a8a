/** `erase`: sends drained servers to the eraser. */
import { eraseServers } from "../allocation/erase";
import { leftovers } from "./leftovers";
import { finishChange, type LockVerbOptions, readLocked, titleOf } from "./lockVerb";
import type { ExitCode, Terminal } from "./terminal";

/** Brings the named servers from draining to erasing, adopted ones over detached. */
export async function run(names: string[], options: LockVerbOptions, terminal: Terminal): Promise<ExitCode> {
  const request = readLocked(options, terminal);
  const change = eraseServers(request.sized([]), names);
  const next = () => {
    const of = (state: string) => change.moves.filter(({ to }) => to === state).map(({ server }) => server);
    const [detached, erasing] = [of("detached"), of("erasing")];
    return [
      ...(detached.length > 0 ? [`once their objects are applied and seen gone: zirsakht erase ${detached.join(" ")}`] : []),
      ...leftovers(change),
      ...(erasing.length > 0 ? [`once they are erased: zirsakht erased ${erasing.join(" ")} --evidence FILE`] : []),
    ];
  };
  return finishChange(change, request, { title: titleOf("Erasing", names), next }, options, terminal);
}
