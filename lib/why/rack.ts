/** A rack as somebody asks for it, `thr1-r05`: its class, who holds how many of its servers, and what is left. */
import { holderName, holderOf } from "../allocation/grant";
import { SiteState } from "../allocation/siteState";
import { several } from "../allocation/words";
import type { Ground } from "../diff/ground";
import { serverOf } from "../request/server";
import { estatePlace, ofEstate, type Reason } from "./reason";
import type { Subject } from "./subject";

/** Who holds how many, those with most first. */
function held({ estate, lock }: Ground, site: string, rack: string): Reason[] {
  const counts = new Map<string, number>();
  for (const [server, line] of Object.entries(lock.sites[site]?.servers ?? {}))
    if (serverOf(estate, server)?.rack === rack) {
      const what = `${holderName(holderOf(line))}, group ${line.group}${line.state === "granted" ? "" : `, ${line.state}`}`;
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
  return [...counts].sort(([, a], [, b]) => b - a).map(([what, count]) => ({ what: `${several(count, "server")}: ${what}` }));
}

/** The rack of this name; `undefined` where no site has it. */
export function rackSubject(ground: Ground, text: string): Subject | undefined {
  const { estate, lock } = ground;
  for (const [site, { racks, outOfService }] of Object.entries(estate.sites))
    for (const [rack, { class: serverClass, servers, pool }] of Object.entries(racks)) {
      if (text !== `${site}-${rack}` && text !== `${site}/${rack}`) continue;
      const path = ["sites", site, "racks", rack];
      const state = SiteState.of(estate, lock, site);
      const free = state.racks.find(({ name }) => name === rack)?.free.length ?? 0;
      const resting = [...state.lines.quarantine.servers].filter(
        ([server, line]) => state.resting(line) && serverOf(estate, server)?.rack === rack,
      ).length;
      const dead = Object.keys(outOfService).filter((server) => serverOf(estate, server)?.rack === rack);
      return {
        what: `${text} is ${pool ? "a pool rack" : "a rack"} of ${site} with ${several(servers, `${serverClass} server`)}`,
        place: estatePlace(ground, path),
        facts: [
          ...ofEstate(ground, [
            [...path, "inService"],
            [...path, "outOfService"],
            ...dead.map((server) => ["sites", site, "outOfService", server]),
          ]),
          ...held(ground, site, rack),
          ...(resting > 0 ? [{ what: `${several(resting, "server")}: resting` }] : []),
          ...(free > 0 ? [{ what: `${several(free, "server")}: free` }] : []),
        ],
        site,
        keys: [],
      };
    }
  return undefined;
}
