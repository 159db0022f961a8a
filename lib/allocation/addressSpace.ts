/** Free addresses of a site as buddy blocks: the smallest block that is large enough, at the lowest address. */
import { formatPrefix, overlaps, parsePrefix, type Prefix } from "../request/prefix";

/** The place of `start` in an ascending list. */
function placeOf(starts: readonly number[], start: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(starts[middle]) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is neither held nor in quarantine of a site's private or public networks. */
export class AddressSpace {
  /** Starts of the free blocks in ascending order, by the power of two of their size. */
  private readonly free = Array.from({ length: 33 }, (): number[] => []);

  /** `networks` and `taken` as prefixes in any order; what lies outside the networks is ignored. */
  constructor(networks: readonly string[], taken: Iterable<string>) {
    const blocks = [...taken].map(parsePrefix).sort((a, b) => a.start - b.start);
    const disjoint = [...new Set(networks)].map(parsePrefix).sort((a, b) => a.start - b.start || b.size - a.size);
    let end = 0;
    for (const network of disjoint) {
      if (network.start < end) continue;
      end = network.start + network.size;
      this.split(
        network,
        blocks.filter((block) => overlaps(block, network)),
      );
    }
  }

  /** Keeps what of a block is free, halving it while something in it is taken. */
  private split(block: Prefix, taken: readonly Prefix[]): void {
    if (taken.length === 0) this.keep(block);
    else if (!taken.some(({ start, size }) => start <= block.start && start + size >= block.start + block.size)) {
      const size = block.size / 2;
      for (const half of [
        { start: block.start, size },
        { start: block.start + size, size },
      ])
        this.split(
          half,
          taken.filter((each) => overlaps(each, half)),
        );
    }
  }

  private keep({ start, size }: Prefix): void {
    const starts = this.free[Math.log2(size)];
    starts?.splice(placeOf(starts, start), 0, start);
  }

  /** Takes a block of at least `count` addresses; `undefined` where none is left. */
  take(count: number): string | undefined {
    const wanted = Math.ceil(Math.log2(Math.max(1, count)));
    const found = this.free.findIndex((starts, power) => power >= wanted && starts.length > 0);
    const start = this.free[found]?.shift();
    if (start === undefined) return undefined;
    for (let power = found - 1; power >= wanted; power--) this.keep({ start: start + 2 ** power, size: 2 ** power });
    return formatPrefix({ start, size: 2 ** wanted });
  }

  /** Takes one block for `count` addresses or, where none is large enough, the largest that there are, as far as they reach. */
  takeUpTo(count: number): string[] {
    const taken: string[] = [];
    let left = count;
    while (left > 0) {
      const prefix = this.take(Math.min(left, this.largest));
      if (prefix === undefined) break;
      taken.push(prefix);
      left -= parsePrefix(prefix).size;
    }
    return taken;
  }

  /** The same free blocks once more, to try what would fit. */
  copy(): AddressSpace {
    const copy = new AddressSpace([], []);
    for (const [power, starts] of this.free.entries()) copy.free[power] = [...starts];
    return copy;
  }

  /** The addresses of the largest free block; 0 where nothing is free. */
  get largest(): number {
    const power = this.free.findLastIndex((starts) => starts.length > 0);
    return power < 0 ? 0 : 2 ** power;
  }

  /** All free addresses together. */
  get total(): number {
    return this.free.reduce((sum, starts, power) => sum + starts.length * 2 ** power, 0);
  }
}

/** What is free of a site's networks. */
export interface SiteSpace {
  readonly private: AddressSpace;
  readonly public: AddressSpace;
}

/** The free addresses of a site, of which `taken` are held or rest. */
export function spaceOf(site: { readonly private: string; readonly public: readonly string[] }, taken: readonly string[]): SiteSpace {
  return { private: new AddressSpace([site.private], taken), public: new AddressSpace(site.public, taken) };
}
