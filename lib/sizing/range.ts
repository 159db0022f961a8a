/** How far a result may be off: the one coefficient that moves it most, at its ends. (All at their ends together would say nothing.) */
import type { Messenger } from "../request/messenger";
import { usedCoefficients } from "./basis";
import { coefficientBook, valuesOf } from "./coefficient";
import type { CoefficientName } from "./coefficientNames";
import { roleNames } from "./role";
import { sizeWith, type Need, type Size } from "./size";
import { timelineOf, type Calendar } from "./timeline";

/** The ends of a result. */
export interface Range {
  readonly low: number;
  readonly high: number;
  /** The coefficient that moves the result most; none where everything it stands on was measured or asked for. */
  readonly coefficient?: CoefficientName;
}

/** Ranges by result: `load.peakConcurrent`, `roles.gateway.threads`, `total.threads`. */
export type Ranges = Readonly<Record<string, Range>>;

/** The ranges of a size: of the book date and of the peak. What the messenger's file says is taken as exact. */
export function rangesOf(messenger: Messenger, calendar: Calendar): { readonly today: Ranges; readonly peak: Ranges } {
  const timeline = timelineOf(messenger, calendar);
  const own = valuesOf(messenger.profile);
  const size = sizeWith(messenger, own, timeline);
  const trials = usedCoefficients(messenger, calendar)
    .filter((name) => messenger.profile[name] === undefined)
    .map((name) => {
      const { low, high } = coefficientBook().coefficients[name];
      return { name, sizes: [low, high].map((end) => sizeWith(messenger, { ...own, [name]: end }, timeline)) };
    });
  const widest = (needOf: (size: Size) => Need): Ranges => {
    const values = resultsOf(needOf(size));
    const ranges: Record<string, Range> = {};
    for (const [result, value] of Object.entries(values)) ranges[result] = { low: value, high: value };
    for (const { name, sizes } of trials) {
      // An end may make no sense beside the other values: 4 shards of which 4 are parity hold nothing.
      const ends = sizes.map((trial) => resultsOf(needOf(trial))).filter((end) => Object.values(end).every(isPossible));
      for (const [result, { low, high }] of Object.entries(ranges)) {
        const moved = [values, ...ends].map((end) => end[result] ?? NaN);
        const range = { low: Math.min(...moved), high: Math.max(...moved), coefficient: name };
        if (range.high - range.low > high - low) ranges[result] = range;
      }
    }
    return ranges;
  };
  return { today: widest((trial) => trial), peak: widest(({ peak }) => peak) };
}

const isPossible = (value: number) => Number.isFinite(value) && value >= 0;

/** The numbers of a need that a range is given for. */
export function resultsOf({ load, roles, total }: Need): Readonly<Record<string, number>> {
  const results: Record<string, number> = {};
  for (const [name, value] of Object.entries<number>({ ...load })) results[`load.${name}`] = value;
  for (const role of roleNames) results[`roles.${role}.threads`] = roles[role].threads;
  for (const [name, value] of Object.entries<number>({ ...total })) results[`total.${name}`] = value;
  return results;
}
