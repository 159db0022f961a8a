/** Which verb moved servers of the lock, as their states before and after tell it. */
import type { ServerState } from "../../request/lock";
import type { Ground } from "../ground";

const gone = "gone";

/** From one state to another, by these verbs alone. A server of somebody's own comes by `allocate`, and that is no verb of a server. */
const verbs: Readonly<Record<string, string>> = {
  "granted draining": "release",
  "draining erasing": "erase",
  "detached erasing": "erase",
  [`erasing ${gone}`]: "erased",
  "granted rolling": "roll",
  "rolling granted": "roll",
  "detached granted": "roll",
};

/** The one verb that moved these servers of a site; `undefined` where it was several, or none that states tell. */
export function verbOf(base: Ground, head: Ground, site: string, servers: readonly string[]): string | undefined {
  const stateOf = ({ lock }: Ground, server: string): ServerState | typeof gone => lock.sites[site]?.servers[server]?.state ?? gone;
  const found = new Set(servers.map((server) => verbs[`${stateOf(base, server)} ${stateOf(head, server)}`]));
  const [verb] = found;
  return found.size === 1 ? verb : undefined;
}
