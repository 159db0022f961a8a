/** IPv4 networks as ranges of numbers. */
import { Address4 } from "ip-address";

/** The first and the last address of a network, as numbers. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** The range of a network in CIDR form. The schema has checked the form; Address4 would take a tenth of a second for a fleet's prefixes. */
export function rangeOf(network: string): Range {
  const slash = network.indexOf("/");
  const size = 2 ** (32 - Number(network.slice(slash + 1)));
  const number = numberOf(network.slice(0, slash));
  const first = number - (number % size);
  return { first, last: first + size - 1 };
}

/** The number of an address. The schema has checked the form; Address4 would take seconds for all servers of an estate. */
export function numberOf(address: string): number {
  let number = 0;
  let part = 0;
  for (let index = 0; index < address.length; index++) {
    const digit = address.charCodeAt(index) - 48;
    if (digit >= 0) {
      part = part * 10 + digit;
    } else {
      number = number * 256 + part;
      part = 0;
    }
  }
  return number * 256 + part;
}

/** Whether a network starts where its range does: 10.0.0.1/8 does not. */
export function hasHostBits(network: string): boolean {
  return numberOf(network.split("/")[0] ?? "") !== rangeOf(network).first;
}

/** The network without host bits: what 10.0.0.1/8 was meant to be. */
export function canonical(network: string): string {
  return `${new Address4(network).startAddress().address}/${network.split("/")[1] ?? ""}`;
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlap(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** Every pair of neighbours that overlap, in order of addresses; nothing where all are apart. */
export function overlaps<T extends { readonly range: Range }>(all: readonly T[]): [T, T][] {
  const sorted = [...all].sort((one, other) => one.range.first - other.range.first || other.range.last - one.range.last);
  const pairs: [T, T][] = [];
  let widest: T | undefined;
  for (const next of sorted) {
    if (widest && overlap(widest.range, next.range)) pairs.push([widest, next]);
    if (!widest || next.range.last > widest.range.last) widest = next;
  }
  return pairs;
}
