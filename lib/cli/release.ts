/** `release`: gives back what a messenger no longer needs, or named servers with others in their place. */
import { releaseMessenger } from "../allocation/release";
import { releaseServers } from "../allocation/replacement";
import { unknownMessenger } from "../request/files";
import { InputError } from "../request/problem";
import { serverOf } from "../request/server";
import { finishChange, holdersOf, type LockVerbOptions, readLocked, titleOf } from "./lockVerb";
import type { ExitCode, Terminal } from "./terminal";

/** Releases one messenger's surplus, or the named servers. */
export async function run(names: string[], options: LockVerbOptions, terminal: Terminal): Promise<ExitCode> {
  const request = readLocked(options, terminal);
  const messengers = names.flatMap((name) => request.messengers.filter(({ messenger }) => messenger === name));
  const [messenger] = messengers;
  if (messenger && names.length > 1)
    throw new InputError([{ message: `release takes one messenger, or servers; got ${names.join(", ")}` }]);
  const [first = ""] = names;
  if (!messenger && names.length === 1 && !serverOf(request.estate, first) && !/-s\d\d$/.test(first))
    throw new InputError([unknownMessenger(options.root, first)]);
  const change = messenger
    ? releaseMessenger(request.sized([messenger]), messenger)
    : releaseServers(request.sized(holdersOf(request, names)), names);
  const telling = {
    title: titleOf("Release", names),
    next: ({ moves }: typeof change) => {
      const servers = moves.map(({ server }) => server).join(" ");
      return moves.length > 0 ? [`once nothing runs on them: zirsakht erase ${servers}`] : [];
    },
  };
  return finishChange(change, request, telling, options, terminal);
}
