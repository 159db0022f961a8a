/** Checks the days of surges. */
import type { Finding } from "../source";

interface Surge {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** A surge ends after it starts, has a name of its own, and no two of one file share a day. */
export function* checkDays(surges: readonly Surge[]): Generator<Finding> {
  for (const [index, { name, from, to }] of surges.entries()) {
    const path = ["surges", index];
    if (from > to) yield { path: [...path, "to"], message: `surges.${index}: ${name} ends on ${to} before it starts on ${from}` };
    const earlier = surges.slice(0, index);
    if (earlier.some((other) => other.name === name))
      yield { path: [...path, "name"], message: `surges.${index}: the name ${name} stands twice; name them apart` };
    const shared = earlier.find((other) => other.from <= to && from <= other.to);
    if (shared) {
      yield {
        path: [...path, "from"],
        message: `surges.${index}: ${name} (${from} to ${to}) overlaps ${shared.name} (${shared.from} to ${shared.to}); give every day to one of them`,
      };
    }
  }
}
