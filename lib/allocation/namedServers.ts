/** The servers that a command names, as the lock holds them. */
import type { Estate } from "../request/estate";
import { nearest } from "../request/issues";
import type { LockServer } from "../request/lock";
import { serverOf, serversOfRack } from "../request/server";
import type { Draft } from "./draft";
import type { SiteState } from "./siteState";

/** A held server. */
export interface NamedServer {
  readonly server: string;
  readonly state: SiteState;
  readonly line: LockServer;
}

/** The named servers, each once, in order of names; a name that stands for no held server is a problem of the draft. */
export function namedServers(draft: Draft, estate: Estate, names: readonly string[]): NamedServer[] {
  return [...new Set(names)].sort().flatMap((server) => {
    const site = serverOf(estate, server)?.site;
    if (site === undefined) {
      draft.problems.push(`there is no server ${server}${likely(estate, server)}`);
      return [];
    }
    const state = draft.at(site);
    const line = state.lines.servers.get(server);
    if (line) return [{ server, state, line }];
    const rest = state.lines.quarantine.servers.get(server);
    draft.problems.push(
      rest ? `${server} came back from ${rest.from} already and rests until ${rest.until}` : `${server} is held by nobody`,
    );
    return [];
  });
}

function likely(estate: Estate, server: string): string {
  const all = Object.entries(estate.sites).flatMap(([site, { racks }]) =>
    Object.keys(racks).flatMap((rack) => serversOfRack(estate, site, rack)),
  );
  const near = nearest(
    server,
    all.map(({ name }) => name),
  );
  return near === undefined ? `, expected a name such as ${all[0]?.name ?? "thr1-r01-s01"}` : `, did you mean ${near}?`;
}
