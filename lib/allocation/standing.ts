/** How a group of own servers stands: its class, its need, what it holds and what is recorded as short. */
import type { Group } from "../request/estate";
import { countOf, type Holding, type View } from "./holding";
import { holds, leastServers, type RackServers } from "./laws";
import type { GroupNeed } from "./need";
import { shortOfGroup } from "./short";
import type { SiteState } from "./siteState";

/** The racks of a holding as the law sees them. */
export function racksOf(state: SiteState, holding: Holding, view: View): RackServers[] {
  const racks: RackServers[] = [];
  for (const [index, rack] of holding.racks) {
    const usable = state.racks[index]?.usable;
    if (usable && countOf(rack, view) > 0) racks.push({ servers: countOf(rack, view), usable });
  }
  return racks;
}

/** The class that a group holds at the site, in any state; of several the one with the most servers. */
export function heldClass(state: SiteState, holding: Holding): string | undefined {
  const counts = new Map<string, number>();
  for (const [index, { held }] of holding.racks) {
    const serverClass = state.racks[index]?.class;
    if (serverClass !== undefined && held > 0) counts.set(serverClass, (counts.get(serverClass) ?? 0) + held);
  }
  let most: string | undefined;
  for (const name of Object.keys(state.estate.classes)) {
    const count = counts.get(name);
    if (count !== undefined && (most === undefined || count > (counts.get(most) ?? 0))) most = name;
  }
  return most;
}

/** The classes that a group may take, in order: the held one, else those of the file that serve it. */
export function classesOf(state: SiteState, holding: Holding, group: Group): string[] {
  const held = heldClass(state, holding);
  if (held !== undefined) return [held];
  return Object.entries(state.estate.classes)
    .filter(([, { serves }]) => serves.includes(group))
    .map(([name]) => name);
}

/** The least servers of a class on equal, unlimited racks; Infinity where the site has none of it or no number is known to be enough. */
export function leastOfClass(state: SiteState, serverClass: string, need: GroupNeed): number {
  const capacity = state.racks.find((rack) => rack.class === serverClass)?.usable;
  const servers = capacity ? leastServers(need, capacity) : Infinity;
  return Number.isSafeInteger(servers) ? servers : Infinity;
}

/** The least servers of the group's class on equal, unlimited racks; 1 where no number is known to be enough. */
export function idealServers(state: SiteState, holding: Holding, group: Group, need: GroupNeed): number {
  const least = classesOf(state, holding, group).map((name) => leastOfClass(state, name, need));
  return least.find((servers) => servers < Infinity) ?? 1;
}

/** How a group's need stands to what it holds and what is recorded as short, with everything taken as alive. */
export interface Standing {
  readonly lawful: boolean;
  readonly stale: boolean;
  readonly short: number | undefined;
  /** Servers still missing by the count of the ideal site, at least 1; 0 where the law holds. */
  readonly missing: number;
}

/** Judges a group. */
export function standingOf(state: SiteState, messenger: string, group: Group, need: GroupNeed): Standing {
  const holding = state.holding(messenger, group);
  const lawful = holds(need, racksOf(state, holding, "alive"));
  const short = shortOfGroup(state, messenger, group);
  if (lawful) return { lawful, stale: false, short, missing: 0 };
  const missing = idealServers(state, holding, group, need) - holding.count("alive");
  return { lawful, stale: short === undefined || missing > short, short, missing: Math.max(1, missing) };
}
