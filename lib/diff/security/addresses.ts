/** Sets of addresses: what prefixes and ranges hold, less what is excepted. */
import { addressOf, formatAddress, formatPrefix, parsePrefix } from "../../request/prefix";

/** From the first to the last address, both in it. */
type Range = readonly [first: number, last: number];

export interface AddressSet {
  /** In order, apart from each other. */
  readonly ranges: readonly Range[];
  /** What is no IPv4: compared as it is written. */
  readonly others: readonly string[];
}

function rangeOf(text: string): Range | undefined {
  if (!/^[\d./-]+$/.test(text.replaceAll(" ", ""))) return undefined;
  const [first = "", last] = text.replaceAll(" ", "").split("-");
  // whereabouts writes a range with its network's length: 10.0.0.5-10.0.0.9/24.
  if (last !== undefined) return [addressOf(first), addressOf(last)];
  const { start, size } = parsePrefix(first.includes("/") ? first : `${first}/32`);
  return [start, start + size - 1];
}

function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const previous = result.at(-1);
    if (previous && first <= previous[1] + 1) result[result.length - 1] = [previous[0], Math.max(previous[1], last)];
    else result.push([first, last]);
  }
  return result;
}

/** What is in the first and not in the second. */
export function without(all: AddressSet, taken: AddressSet): AddressSet {
  const ranges = taken.ranges.reduce<readonly Range[]>(
    (rest, [from, to]) =>
      rest.flatMap(([first, last]): Range[] =>
        to < first || from > last
          ? [[first, last]]
          : [...(first < from ? [[first, from - 1] as const] : []), ...(last > to ? [[to + 1, last] as const] : [])],
      ),
    all.ranges,
  );
  return { ranges, others: all.others.filter((other) => !taken.others.includes(other)) };
}

/** What either holds. */
export function together(...sets: readonly AddressSet[]): AddressSet {
  return { ranges: joined(sets.flatMap(({ ranges }) => ranges)), others: [...new Set(sets.flatMap(({ others }) => others))] };
}

/** The addresses of prefixes `10.0.0.0/8`, ranges `10.0.0.1-10.0.0.9` and single addresses, less those excepted. */
export function addressesOf(texts: readonly string[], except: readonly string[] = []): AddressSet {
  const ranges: Range[] = [];
  const others: string[] = [];
  for (const text of texts) {
    const range = rangeOf(text);
    if (range) ranges.push(range);
    else others.push(text.toLowerCase());
  }
  if (except.length === 0) return { ranges: joined(ranges), others };
  const taken = addressesOf(except);
  const less = taken.others.length > 0 ? ` except ${[...taken.others].sort().join(", ")}` : "";
  return { ranges: without({ ranges: joined(ranges), others: [] }, taken).ranges, others: others.map((other) => `${other}${less}`) };
}

export const isEmpty = ({ ranges, others }: AddressSet): boolean => ranges.length === 0 && others.length === 0;

/** A set cut so that each part is in another set whole or not at all. */
export function partsOf(all: AddressSet, others: readonly AddressSet[]): AddressSet[] {
  return others.reduce<AddressSet[]>(
    (parts, other) =>
      parts.flatMap((part) => {
        const outside = without(part, other);
        return [outside, without(part, outside)].filter((each) => !isEmpty(each));
      }),
    [all].filter((each) => !isEmpty(each)),
  );
}

/** The fewest prefixes that hold a range. */
function prefixes([first, last]: Range): string[] {
  const found: string[] = [];
  for (let start = first; start <= last;) {
    let size = 1;
    while (size < 2 ** 32 && start % (size * 2) === 0 && start + size * 2 - 1 <= last) size *= 2;
    found.push(size === 1 ? formatAddress(start) : formatPrefix({ start, size }));
    start += size;
  }
  return found;
}

/** `10.0.0.0/8, 192.0.2.7`; a range that takes more than two prefixes is written as one. */
export function addressText({ ranges, others }: AddressSet): string {
  const parts = ranges.map((range) => {
    const found = prefixes(range);
    return found.length > 2 ? `${formatAddress(range[0])}-${formatAddress(range[1])}` : found.join(", ");
  });
  return [...parts, ...others].join(", ");
}
