/**
 * When a site runs out of something, as the growth curves say: the first day on which what its messengers lack to their needs is more than
 * there is left to promise. What is promised stays promised, as `allocate` keeps it.
 *
 * Each line is judged as `allocate` judges it (lack.ts). VLANs and public addresses go by the number of messengers, which no curve moves:
 * they run out on the book date or not at all. Private addresses grow with own servers.
 */
import type { Messenger } from "../request/messenger";
import type { Demand } from "../sizing/demand";
import { valuesOf } from "../sizing/coefficient";
import { dateOf, dayNumber } from "../sizing/day";
import { inFairOrder } from "./allocate";
import { type Depletable, leftOf, missingOf, serversLeft } from "./lack";
import { needsOf, type SiteNeed } from "./need";
import type { SiteState } from "./siteState";

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
  const figures = leftOf(state, first);
  const found = new Map<Depletable, string>();
  const depleted = (day: string, needs = needsOn(input, day)): Depletable[] => {
    const left = new Map([...serversLeft(state, day), ...figures]);
    const missing = missingOf(state, needs, left, (what) => !found.has(what));
    return [...new Set([...left.keys(), ...missing.keys()])].filter((what) => (missing.get(what) ?? 0) > (left.get(what) ?? 0));
  };
  for (const what of depleted(asOf, first)) found.set(what, asOf);
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
