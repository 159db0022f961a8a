/** A server as somebody asks for it: who holds it and why, or why nobody does. */
import { holderName, holderOf, poolHolder } from "../allocation/grant";
import { describeNeed } from "../allocation/words";
import type { Ground } from "../diff/ground";
import type { Path } from "../request/source";
import { serverOf, type Server } from "../request/server";
import { poolShares } from "./grant";
import { estatePlace, lockPlace, ofEstate, type Reason } from "./reason";
import { ofGroup, ofServers, placingKeys, type Subject } from "./subject";

/** The lines of the estate by which a server does not work, or does not stand there yet; each is a fact of its own. */
function outages({ estate, lock }: Ground, { name, site, rack }: Server): { readonly word: string; readonly path: Path }[] {
  const { racks = {}, outOfService = {} } = estate.sites[site] ?? {};
  const { inService, outOfService: dark } = racks[rack] ?? {};
  const path = ["sites", site, "racks", rack];
  return [
    ...(inService !== undefined && inService > lock.asOf ? [{ word: "ordered", path: [...path, "inService"] }] : []),
    ...(dark === undefined ? [] : [{ word: "out of service", path: [...path, "outOfService"] }]),
    ...(Object.hasOwn(outOfService, name) ? [{ word: "out of service", path: ["sites", site, "outOfService", name] }] : []),
  ];
}

/** Why the pool has a server: its rack. */
function ofPool(ground: Ground, { site, rack }: Server): Reason[] {
  const isPool = ground.estate.sites[site]?.racks[rack]?.pool === true;
  return [
    isPool
      ? {
          what: `rack ${rack} is a pool rack, pool: true, so the pool has every server of it that is in service`,
          place: estatePlace(ground, ["sites", site, "racks", rack, "pool"]),
        }
      : {
          what: `rack ${rack} is no pool rack any more, and the pool keeps its servers until they are released`,
          place: estatePlace(ground, ["sites", site, "racks", rack]),
        },
    ...poolShares(ground, site),
  ];
}

/** The server of this name; `undefined` where no rack of the estate holds it. */
export function serverSubject(ground: Ground, name: string): Subject | undefined {
  const { estate, lock } = ground;
  const server = serverOf(estate, name);
  if (!server) return undefined;
  const { site, rack, class: serverClass } = server;
  const which = `${name}, ${/^[aeiou]/.test(serverClass) ? "an" : "a"} ${serverClass} in rack ${rack} of ${site},`;
  const out = outages(ground, server);
  const [word] = out.map(({ word: each }) => each);
  const broken = word === undefined ? "" : `; it is ${word}`;
  const facts = ofEstate(
    ground,
    out.map(({ path }) => path),
  );
  const line = lock.sites[site]?.servers[name];
  const resting = lock.sites[site]?.quarantine.servers[name];
  if (resting)
    return {
      what: `${which} rests until ${resting.until}; ${holderName(resting.from)} held it${broken}`,
      place: lockPlace(ground, ["sites", site, "quarantine", "servers", name]),
      facts,
      site,
      keys: [],
    };
  if (!line) return { what: `${which} is ${word === undefined ? "free" : `${word}, and nobody holds it`}`, facts, site, keys: [] };
  const holder = holderOf(line);
  const { group, state, since, image, address } = line;
  const runs = image === undefined ? "" : ` and runs ${image}`;
  return {
    what: `${which} is ${state}${state === "granted" ? " to" : ", held by"} ${holder === poolHolder ? "the pool" : `${holder}, group ${group},`} since ${since}${runs}; its address is ${address}${broken}`,
    place: lockPlace(ground, ["sites", site, "servers", name]),
    facts: holder === poolHolder && state === "granted" ? [...facts, ...ofPool(ground, server)] : facts,
    holder,
    site,
    // What is on its way back serves no need any more.
    ...(state === "granted" && {
      because: (need) => {
        const groupNeed = need.groups.get(group);
        return groupNeed && { what: `${holder} has the group ${group} there because ${describeNeed(groupNeed)}` };
      },
      part: ofGroup(group),
      need: `${ofServers} that ${holder} needs for its group ${group} at ${site}`,
    }),
    keys: placingKeys,
  };
}
