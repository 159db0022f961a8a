/** What of the things that a selector selects others select too, and what they leave. Exact: any set of labels may stand on a pod. */
import { byCodeUnit } from "../../manifests/apiObject";
import { isWithin, type Requirement, type Selector } from "./selector";

const opposites: Readonly<Record<string, string>> = { In: "NotIn", NotIn: "In", Exists: "DoesNotExist", DoesNotExist: "Exists" };

/** The requirement that holds exactly where one does not; one that the API does not know has none, and is taken as never held. */
function opposite({ key, operator, values }: Requirement): Selector {
  const turned = opposites[operator];
  return turned === undefined ? [] : [{ key, operator: turned, values }];
}

/** Whether any labels meet all requirements. */
function isPossible(selector: Selector): boolean {
  return selector.every(({ key, operator, values }) => {
    const same = selector.filter((other) => other.key === key);
    if (operator === "DoesNotExist") return !same.some((other) => other.operator === "In" || other.operator === "Exists");
    if (operator !== "In") return true;
    return values.some((value) =>
      same.every((other) =>
        other.operator === "In" ? other.values.includes(value) : other.operator !== "NotIn" || !other.values.includes(value),
      ),
    );
  });
}

/** Without those that another one says already; of alike ones the first stays. */
function distinct<Item>(items: readonly Item[], saysAll: (other: Item, item: Item) => boolean): Item[] {
  return items.filter(
    (item, at) => !items.some((other, index) => index !== at && saysAll(other, item) && (index < at || !saysAll(item, other))),
  );
}

/** The same in the fewest requirements: what one excludes of a key is one list, and what another one implies is left out. */
function terse(selector: Selector): Selector {
  const excluded = (key: string): string[] =>
    [...new Set(selector.flatMap((one) => (one.key === key && one.operator === "NotIn" ? one.values : [])))].sort(byCodeUnit);
  const whole = selector.map((one) => (one.operator === "NotIn" ? { ...one, values: excluded(one.key) } : one));
  return distinct(whole, (other, one) => isWithin([other], [one]));
}

function cut(piece: Selector, other: Selector): Selector[] {
  if (isWithin(piece, other)) return [];
  if (!isPossible([...piece, ...other])) return [piece];
  const outside = other.map((required, index) => [...piece, ...other.slice(0, index), ...opposite(required)]);
  return outside.filter(isPossible).map(terse);
}

/** Selectors that share no key multiply: past this many pieces nobody reads them, and nothing counts as selected by others. */
const mostPieces = 64;

/** What no other selects, in pieces of which no two share anything; none where the others together select it all. */
export function restOf(selector: Selector, others: readonly Selector[]): Selector[] {
  if (others.some((other) => isWithin(selector, other))) return [];
  let pieces = [selector].filter(isPossible);
  for (const other of others) {
    pieces = pieces.flatMap((piece) => cut(piece, other));
    if (pieces.length > mostPieces) return [selector];
  }
  return pieces;
}

/** Of more selectors than this nobody reads what each shares: the whole is told. */
const mostShared = 16;

/** What others select too: the whole, where they select it together or are many, or else what it has in common with each. */
export function sharedOf(selector: Selector, others: readonly Selector[]): Selector[] {
  if (others.length > mostShared || restOf(selector, others).length === 0) return [selector];
  const parts = others.map((other) => [...selector, ...other]).filter(isPossible);
  return distinct(parts.map(terse), (other, part) => isWithin(part, other));
}
