/** Sends drained servers to be erased: an adopted one first loses its object, as it has no image that could be replaced. */
import { Draft, lasting, type LockChange, type LockInput } from "./draft";
import { holderOf } from "./grant";
import { pinImage } from "./grantSite";
import { type NamedServer, namedServers } from "./namedServers";

/** Brings draining servers to erasing, adopted ones to detached first; all of those named or none. */
export function eraseServers(input: LockInput, names: readonly string[]): LockChange {
  const { estate } = input;
  const draft = new Draft(input);
  const named = namedServers(draft, estate, names);
  const ready = named.filter((each) => isReady(draft, each));
  if (draft.problems.length > 0) return draft.done();
  const { url = "", checksum = "" } = estate.images[estate.eraser] ?? {};
  for (const { server, state, line } of ready) {
    if (line.state === "draining" && line.adopted)
      draft.move(state, server, { ...lasting(line), state: "detached", for: "erase", adopted: true });
    else {
      draft.move(state, server, { ...lasting(line), state: "erasing", image: estate.eraser });
      pinImage(state, { name: estate.eraser, url, checksum });
    }
    draft.moveEgress(state, [server]);
  }
  return draft.done();
}

/** Whether a server may be sent on; one that is being erased already is left as it is. */
function isReady({ notes, problems }: Draft, { server, line }: NamedServer): boolean {
  if (line.state === "draining" || line.for === "erase") return true;
  if (line.state === "erasing") notes.push(`${server} is being erased already; once it is, erased ${server} --evidence FILE`);
  else if (line.state === "granted")
    problems.push(`${server} is granted to ${holderOf(line)}; erasing would wipe it at work, release it first`);
  else problems.push(`${server} is being rolled; end that with roll ${holderOf(line)}, and release it then`);
  return false;
}
