/**
 * IPv4 prefixes as a first address and a size, so that blocks can be split, compared and counted with integers. Ours, as a library's objects
 * take seconds for the addresses of a fleet; a test holds it to one.
 */

/** A block of addresses; `size` is a power of two and `start` a multiple of it. */
export interface Prefix {
  readonly start: number;
  readonly size: number;
}

/** The first address of `10.64.8.0/21`, or the address `10.64.8.11`, as a number below 2^32; checked before by the schemas. */
export function addressOf(text: string): number {
  let address = 0;
  let octet = 0;
  for (const character of text) {
    if (character === "/") break;
    if (character === ".") {
      address = address * 256 + octet;
      octet = 0;
    } else octet = octet * 10 + Number(character);
  }
  return address * 256 + octet;
}

/** `10.64.8.11` of a number below 2^32. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** Reads `10.64.8.0/21`; an address that is not the block's first is lowered to it. */
export function parsePrefix(text: string): Prefix {
  const size = 2 ** (32 - Number(text.slice(text.indexOf("/") + 1)));
  const address = addressOf(text);
  return { start: address - (address % size), size };
}

/** `10.64.8.0/21` of a block. */
export function formatPrefix({ start, size }: Prefix): string {
  return `${formatAddress(start)}/${String(32 - Math.log2(size))}`;
}

/** Whether two blocks share an address. */
export function overlaps(a: Prefix, b: Prefix): boolean {
  return a.start < b.start + b.size && b.start < a.start + a.size;
}

/** The gateway of a private prefix: its first usable address. */
export function gatewayOf(prefix: string): string {
  return formatAddress(parsePrefix(prefix).start + 1);
}

/** Whether a block lies in another. */
export function contains(outer: Prefix, inner: Prefix): boolean {
  return outer.start <= inner.start && inner.start + inner.size <= outer.start + outer.size;
}

/** Whether the text names an address inside its block: `10.0.0.1/8` does, `10.0.0.0/8` does not. */
export function hasHostBits(text: string): boolean {
  return addressOf(text) !== parsePrefix(text).start;
}

/** Every pair of neighbours that overlap, in order of addresses; nothing where all are apart. */
export function overlapping<T extends { readonly block: Prefix }>(all: readonly T[]): [T, T][] {
  const sorted = [...all].sort((one, other) => one.block.start - other.block.start || other.block.size - one.block.size);
  const pairs: [T, T][] = [];
  let widest: T | undefined;
  for (const next of sorted) {
    if (widest && overlaps(widest.block, next.block)) pairs.push([widest, next]);
    if (!widest || next.block.start + next.block.size > widest.block.start + widest.block.size) widest = next;
  }
  return pairs;
}
