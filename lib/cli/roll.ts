/** `roll`: brings a holder's servers to the current image, one rack at a time. */
import { poolHolder } from "../allocation/grant";
import { roll } from "../allocation/roll";
import { several } from "../allocation/words";
import { unknownMessenger } from "../request/files";
import { InputError } from "../request/problem";
import { readReadiness } from "../request/readiness";
import { finishChange, type LockVerbOptions, readLocked } from "./lockVerb";
import type { ExitCode, Terminal } from "./terminal";

/** Takes one step of a messenger's roll, or of the pool's. */
export async function run(holder: string, options: LockVerbOptions & { readonly ready?: string }, terminal: Terminal): Promise<ExitCode> {
  const request = readLocked(options, terminal);
  const messenger = request.messengers.find((each) => each.messenger === holder);
  if (!messenger && holder !== poolHolder) throw new InputError([unknownMessenger(options.root, holder)]);
  const read = options.ready === undefined ? undefined : readReadiness(options.ready);
  if (read && "problems" in read) throw new InputError(read.problems);
  const change = roll({
    ...request.sized(messenger ? [messenger] : []),
    ...(messenger ? { messenger } : {}),
    ...(read ? { readiness: read.value } : {}),
  });
  const { image, stepsLeft } = change;
  const ready = change.moves.some(({ to }) => to === "granted") && stepsLeft > 0 ? " --ready FILE" : "";
  const next = () => [
    stepsLeft > 0
      ? `once this is applied: zirsakht roll ${holder}${ready}; ${several(stepsLeft, "step")} left`
      : `nothing: with this, everything in service runs ${image}`,
  ];
  return finishChange(change, request, { title: `Roll of ${holder} to ${image}`, next, facts: { image, stepsLeft } }, options, terminal);
}
