/**
 * When a site runs out of something, as the growth curves say: the first day on which what its messengers lack to their needs is more than
 * there is left to promise. What is promised stays promised, as `allocate` keeps it.
 *
 * VLANs and public addresses go by the number of messengers, which no curve moves: they run out on the book date or not at all. Addresses
 * are counted one by one, as the books count them. A grant takes several prefixes where no free block is large enough, so however the free
 * ones lie apart, all can be given; but a prefix is rounded up to a power of two, so `allocate` may be short though no day is told here.
 *
 * Servers go as `allocate` gives them: who holds none takes the first class that has enough left, in the order of messengers. Where no
 * class has, the first that the site has racks of runs out. A need that outgrows a class leaves it to others, so a class may have run out
 * for some days before the one that is told.
 */
import type { Messenger } from "../request/messenger";
import type { Demand } from "../sizing/demand";
import { valuesOf } from "../sizing/coefficient";
import { dateOf, dayNumber } from "../sizing/day";
import { inFairOrder } from "./allocate";
import { missingEgress } from "./bandwidthLine";
import { bookAt, type Promised } from "./book";
import { figuresOf } from "./figures";
import { needsOf, type SiteNeed } from "./need";
import { poolLimit, sharedEgress } from "./pool";
import type { ShortKey } from "./short";
import type { SiteState } from "./siteState";
import { classesOf, idealServers, leastOfClass } from "./standing";

/** What can run out, a name for each line of the books: a server class, the uplink, the networks, and the pool's figures. */
export type Depletable =
  `class ${string}` | "egressMbps" | "ingressMbps" | "publicAddresses" | "vlans" | "cpu" | "memoryGiB" | "poolEgressMbps";

/** What runs out, and on which day, YYYY-MM-DD; what is not named lasts as long as the curves reach. */
export type RunOut = ReadonlyMap<Depletable, string>;

export interface RunOutInput {
  /** The site as the lock has it. */
  readonly state: SiteState;
  readonly messengers: readonly Messenger[];
  /** What a messenger needs on one day, YYYY-MM-DD. */
  readonly demandOn: (messenger: Messenger, day: string) => Demand;
}

/** More points of growth than this are thinned out, as each day sizes every messenger of the site: a curve is a line between its points. */
const mostPoints = 24;

/** Of more days on which messengers' own surges begin or end, those on which surges add most: as many as 24 surges have that lie apart. */
const mostSurgeDays = 48;

/** The days on which a surge is largest, however the curve below it runs. */
const ends = ({ from, to }: { readonly from: string; readonly to: string }): number[] => [dayNumber(from), dayNumber(to)];

const later = (days: readonly number[], asOf: number): number[] => [...new Set(days)].filter((day) => day > asOf).sort((a, b) => a - b);

/**
 * The days on which messengers' own surges begin or end. Nothing lies between two surges that tells of either, so they cannot be thinned as
 * points of a curve can: of too many those stay on which surges add most users of the site together, of equal ones the earlier.
 */
function surgeDays({ messengers, state: { name: site } }: RunOutInput, asOf: number): number[] {
  const all = messengers.flatMap(({ audience, growth, profile, surges, placement: { sites } }) =>
    surges.map(({ from, to, factor = valuesOf(profile).surge_users, active }) => {
      const usual = growth.findLast(({ date }) => date <= from)?.active ?? audience.active;
      return { from: dayNumber(from), to: dayNumber(to), adds: (sites[site] ?? 0) * Math.max(0, (active ?? usual * factor) - usual) };
    }),
  );
  const addedOn = (day: number): number => all.reduce((sum, { from, to, adds }) => (from <= day && day <= to ? sum + adds : sum), 0);
  return later(
    all.flatMap(({ from, to }) => [from, to]),
    asOf,
  )
    .map((day) => ({ day, added: addedOn(day) }))
    .sort((a, b) => b.added - a.added)
    .slice(0, mostSurgeDays)
    .map(({ day }) => day);
}

/** The days after the book date on which some curve turns, a surge is largest, or a rack arrives. */
function turningDays(input: RunOutInput): number[] {
  const { messengers, state } = input;
  const { estate, site } = state;
  const asOf = dayNumber(state.asOf);
  const points = later(
    messengers.flatMap(({ growth }) => growth.map(({ date }) => dayNumber(date))),
    asOf,
  );
  const arrivals = Object.values(site.racks).flatMap(({ inService }) =>
    inService === undefined ? [] : [dayNumber(inService) - 1, dayNumber(inService)],
  );
  const step = Math.ceil(points.length / mostPoints);
  const thinned = points.filter((_, index) => index % step === 0 || index === points.length - 1);
  return later([...thinned, ...surgeDays(input, asOf), ...estate.surges.flatMap(ends), ...arrivals], asOf);
}

/** How many servers of a rack work once it is in service. */
function workingIn({ name: site, site: { racks, outOfService } }: SiteState, rack: string): number {
  const { servers = 0, outOfService: isOut } = racks[rack] ?? {};
  if (isOut !== undefined) return 0;
  return servers - Object.keys(outOfService).filter((server) => server.slice(0, -4) === `${site}-${rack}`).length;
}

/** How much of each thing. */
type Amounts = Map<Depletable, number>;

function add(amounts: Amounts, what: Depletable, amount: number): void {
  amounts.set(what, (amounts.get(what) ?? 0) + amount);
}

/** Servers of each class that can be granted to messengers: free now, and in racks that are in service by then. */
function serversLeft(state: SiteState, day: string): Amounts {
  const left: Amounts = new Map();
  for (const { name, class: serverClass, pool, free } of state.racks) {
    if (pool) continue;
    const { inService } = state.site.racks[name] ?? {};
    const arrives = inService !== undefined && inService > state.asOf && inService <= day;
    add(left, `class ${serverClass}`, arrives ? workingIn(state, name) : free.length);
  }
  return left;
}

/** The lines that no curve moves, by the figures of a need that are part of them. */
const steady: Readonly<Partial<Record<ShortKey, Depletable>>> = { vlans: "vlans", vips: "publicAddresses", egress: "publicAddresses" };

/**
 * What the other lines have left: of the pool with everything taken as alive, and of what no curve moves once these needs have what they
 * lack. Less than nothing where that is more than there is.
 */
function figuresLeft(state: SiteState, needs: readonly SiteNeed[]): Amounts {
  const { bandwidth, publicAddresses, vlans, pool } = bookAt(state);
  const ofPool = poolLimit(state, "alive");
  const free = ({ promised, limit }: Promised): number => limit - promised;
  const left: Amounts = new Map([
    ["egressMbps", free(bandwidth.egressMbps)],
    ["ingressMbps", free(bandwidth.ingressMbps)],
    ["publicAddresses", free(publicAddresses)],
    ["vlans", free(vlans)],
    ["cpu", ofPool.cpu - pool.promised.cpu],
    ["memoryGiB", ofPool.memoryGiB - pool.promised.memoryGiB],
    ["poolEgressMbps", ofPool.egressMbps - pool.promised.egressMbps],
  ]);
  for (const { key, need, held } of needs.flatMap((each) => figuresOf(state, each))) {
    const line = steady[key];
    if (line) add(left, line, -lack(need, held));
  }
  return left;
}

/** What a need lacks of each line that grows with it. */
const growing: readonly (readonly [Depletable, (state: SiteState, need: SiteNeed) => number])[] = [
  ["egressMbps", missingEgress],
  ["ingressMbps", (state, { messenger, bandwidth }) => lack(bandwidth?.ingressMbps, state.lines.bandwidth.get(messenger)?.ingressMbps)],
  ["cpu", (state, { messenger, pool }) => lack(pool?.quota.cpu, state.lines.quotas.get(messenger)?.cpu)],
  ["memoryGiB", (state, { messenger, pool }) => lack(pool?.quota.memoryGiB, state.lines.quotas.get(messenger)?.memoryGiB)],
  [
    "poolEgressMbps",
    // What is sent without a quota is none of the pool's.
    (state, { messenger, pool, bandwidth }) =>
      pool ? lack(bandwidth?.egressMbps, state.lines.quotas.has(messenger) ? sharedEgress(state, messenger) : 0) : 0,
  ],
];

const lack = (need = 0, held = 0): number => Math.max(0, need - held);

/** What the needs lack of all that grows with them, servers from the class that has enough of what is left. */
function missingOf(state: SiteState, needs: readonly SiteNeed[], left: Amounts): Amounts {
  const missing: Amounts = new Map(growing.map(([what, of]) => [what, needs.reduce((sum, need) => sum + of(state, need), 0)]));
  for (const { messenger, groups } of needs)
    for (const [group, need] of groups) {
      const holding = state.holding(messenger, group);
      const alive = holding.count("alive");
      const choices = classesOf(state, holding, group).map((name) => ({
        line: `class ${name}` as const,
        servers: lack(leastOfClass(state, name, need), alive),
      }));
      const fits = choices.find(({ line, servers }) => (missing.get(line) ?? 0) + servers <= (left.get(line) ?? 0));
      const { line } = fits ?? choices.find(({ servers }) => servers < Infinity) ?? choices[0] ?? {};
      if (line) add(missing, line, fits?.servers ?? lack(idealServers(state, holding, group, need), alive));
    }
  return missing;
}

/** What the messengers need at the site on a day. */
function needsOn({ state: { estate, name: site }, messengers, demandOn }: RunOutInput, day: string): SiteNeed[] {
  return messengers.flatMap((messenger) => needsOf(estate, messenger, demandOn(messenger, day)).filter((need) => need.site === site));
}

/** The first day of each thing that runs out at a site; everything else held as it is in the lock. */
export function runOutOf({ messengers, ...rest }: RunOutInput): RunOut {
  const { state } = rest;
  const { asOf } = state;
  const input = { ...rest, messengers: inFairOrder(messengers.filter(({ placement: { sites } }) => sites[state.name] !== undefined)) };
  const first = needsOn(input, asOf);
  const figures = figuresLeft(state, first);
  const depleted = (day: string, needs = needsOn(input, day)): Depletable[] => {
    const left = new Map([...serversLeft(state, day), ...figures]);
    const missing = missingOf(state, needs, left);
    return [...new Set([...left.keys(), ...missing.keys()])].filter((what) => (missing.get(what) ?? 0) > (left.get(what) ?? 0));
  };
  const found = new Map<Depletable, string>(depleted(asOf, first).map((what) => [what, asOf]));
  /** Halves the days between one on which these last and a later one on which they do not. */
  const search = (lasts: number, over: number, these: readonly Depletable[]): void => {
    if (these.length === 0) return;
    if (over - lasts === 1) {
      for (const what of these) found.set(what, dateOf(over));
      return;
    }
    const middle = (lasts + over) >> 1;
    const gone = depleted(dateOf(middle));
    search(
      lasts,
      middle,
      these.filter((what) => gone.includes(what)),
    );
    search(
      middle,
      over,
      these.filter((what) => !gone.includes(what)),
    );
  };
  let before = dayNumber(asOf);
  for (const day of turningDays(input)) {
    search(
      before,
      day,
      depleted(dateOf(day)).filter((what) => !found.has(what)),
    );
    before = day;
  }
  return found;
}
