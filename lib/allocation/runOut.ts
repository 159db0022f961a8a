/** When a site runs out of something, as the growth curves say: the first day on which its messengers need more than it has. */
import type { Estate } from "../request/estate";
import type { Lock } from "../request/lock";
import type { Messenger } from "../request/messenger";
import type { Demand } from "../sizing/demand";
import { dateOf, dayNumber } from "../sizing/day";
import { countOf } from "./holding";
import { emptyLockSite } from "./lockText";
import { needsOf, type SiteNeed } from "./need";
import { poolLimit } from "./pool";
import { SiteState } from "./siteState";
import { classesOf, idealServers } from "./standing";

/** What can run out: a server class by its name, the uplink, and the pool's figures. */
export type Depletable = `class ${string}` | "egressMbps" | "cpu" | "memoryGiB";

/** What runs out, and on which day, YYYY-MM-DD; what is not named lasts as long as the curves reach. */
export type RunOut = ReadonlyMap<Depletable, string>;

export interface RunOutInput {
  readonly estate: Estate;
  readonly lock: Lock;
  readonly messengers: readonly Messenger[];
  readonly site: string;
  /** What a messenger needs on one day, YYYY-MM-DD. */
  readonly demandOn: (messenger: Messenger, day: string) => Demand;
}

/** More days of messengers' own than this are thinned out: a curve is a line between its points. */
const mostDays = 24;

/** The days around those on which something jumps: between them everything rises or falls evenly. */
const around = ({ from, to }: { readonly from: string; readonly to: string }): number[] => {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  return [first - 1, first, last, last + 1];
};

const later = (days: readonly number[], asOf: number): number[] => [...new Set(days)].filter((day) => day > asOf).sort((a, b) => a - b);

/** The days after the book date on which some curve turns, a surge begins or ends, or a rack arrives. */
function turningDays({ estate, lock, messengers, site }: RunOutInput): number[] {
  const asOf = dayNumber(lock.asOf);
  const own = later(
    messengers.flatMap(({ growth, surges }) => [...growth.map(({ date }) => dayNumber(date)), ...surges.flatMap(around)]),
    asOf,
  );
  const arrivals = Object.values(estate.sites[site]?.racks ?? {}).flatMap(({ inService }) =>
    inService === undefined ? [] : [dayNumber(inService) - 1, dayNumber(inService)],
  );
  const step = Math.ceil(own.length / mostDays);
  const thinned = own.filter((_, index) => index % step === 0 || index === own.length - 1);
  return later([...thinned, ...estate.surges.flatMap(around), ...arrivals], asOf);
}

/** How many servers of a rack work once it is in service. */
function workingIn({ name: site, site: { racks, outOfService } }: SiteState, rack: string): number {
  const { servers = 0, outOfService: isOut } = racks[rack] ?? {};
  if (isOut !== undefined) return 0;
  return servers - Object.keys(outOfService).filter((server) => server.slice(0, -4) === `${site}-${rack}`).length;
}

/** Servers of a class that can be granted to messengers: free now, and in racks that are in service by then. */
function supplyOf(state: SiteState, day: string): Map<string, number> {
  const supply = new Map<string, number>();
  for (const { name, class: serverClass, pool, free } of state.racks) {
    if (pool) continue;
    const { inService } = state.site.racks[name] ?? {};
    const arrives = inService !== undefined && inService > state.asOf && inService <= day;
    supply.set(serverClass, (supply.get(serverClass) ?? 0) + (arrives ? workingIn(state, name) : free.length));
  }
  return supply;
}

/** Further servers that the needs take, by class. */
function missingServers(state: SiteState, needs: readonly SiteNeed[]): Map<string, number> {
  const missing = new Map<string, number>();
  for (const { messenger, groups } of needs)
    for (const [group, need] of groups) {
      const holding = state.holding(messenger, group);
      const [serverClass] = classesOf(state, holding, group);
      if (serverClass === undefined) continue;
      const alive = [...holding.racks.values()].reduce((sum, rack) => sum + countOf(rack, "alive"), 0);
      const more = Math.max(0, idealServers(state, holding, group, need) - alive);
      missing.set(serverClass, (missing.get(serverClass) ?? 0) + more);
    }
  return missing;
}

/** What is not enough on a day. */
function depletedOn(input: RunOutInput, state: SiteState, day: string): Set<Depletable> {
  const needs = input.messengers.flatMap((messenger) =>
    messenger.placement.sites[input.site] === undefined
      ? []
      : needsOf(input.estate, messenger, input.demandOn(messenger, day)).filter(({ site }) => site === input.site),
  );
  const depleted = new Set<Depletable>();
  const supply = supplyOf(state, day);
  for (const [name, missing] of missingServers(state, needs)) if (missing > (supply.get(name) ?? 0)) depleted.add(`class ${name}`);
  const sum = (of: (need: SiteNeed) => number | undefined): number => needs.reduce((total, need) => total + (of(need) ?? 0), 0);
  if (sum(({ bandwidth }) => bandwidth?.egressMbps) > state.promisable) depleted.add("egressMbps");
  const limit = poolLimit(state, "alive");
  for (const key of ["cpu", "memoryGiB"] as const) if (sum(({ pool }) => pool?.quota[key]) > limit[key]) depleted.add(key);
  return depleted;
}

/** The first day of each thing that runs out at a site; everything else held as it is in the lock. */
export function runOutOf(input: RunOutInput): RunOut {
  const { estate, lock, site } = input;
  const state = new SiteState(estate, site, lock.sites[site] ?? emptyLockSite(), lock.asOf);
  const found = new Map<Depletable, string>();
  let before = dayNumber(lock.asOf);
  for (const what of depletedOn(input, state, lock.asOf)) found.set(what, lock.asOf);
  for (const day of turningDays(input)) {
    for (const what of depletedOn(input, state, dateOf(day))) {
      if (found.has(what)) continue;
      let [lasts, over] = [before, day];
      while (over - lasts > 1) {
        const middle = (lasts + over) >> 1;
        if (depletedOn(input, state, dateOf(middle)).has(what)) over = middle;
        else lasts = middle;
      }
      found.set(what, dateOf(over));
    }
    before = day;
  }
  return found;
}
