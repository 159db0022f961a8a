/** The grant book of each site before and after. */
import type { Deficit } from "../allocation/allocation";
import type { Promised, SiteBook } from "../allocation/book";
import type { Depletable } from "../allocation/lack";
import type { RunOut } from "../allocation/runOut";
import type { CapacityLine, CapacitySite } from "./report";

/** The books of one side, of the sites where something differs. */
export interface Books {
  readonly sites: readonly SiteBook[];
  readonly deficits: readonly Deficit[];
  /** When things run out at a site. */
  readonly runOut: (site: string) => RunOut;
}

/** One thing of a site on one side. */
interface Line {
  readonly what: string;
  readonly unit: string;
  readonly installed: number;
  readonly promised: number;
  readonly spare: number;
  readonly free: number;
  readonly depletes: Depletable;
}

function linesOf({ servers, bandwidth, privateAddresses, publicAddresses, vlans, pool }: SiteBook): Line[] {
  const promised = (what: string, unit: string, depletes: Depletable, { promised: taken, limit }: Promised): Line => ({
    what,
    unit,
    installed: limit,
    promised: taken,
    spare: 0,
    free: limit - taken,
    depletes,
  });
  return [
    ...Object.entries(servers).map(([name, { installed, held, free, outOfService, resting }]): Line => ({
      what: name,
      unit: "servers",
      installed,
      promised: held,
      spare: outOfService + resting,
      free,
      depletes: `class ${name}`,
    })),
    promised("bandwidth out", "Mbit/s", "egressMbps", bandwidth.egressMbps),
    promised("bandwidth in", "Mbit/s", "ingressMbps", bandwidth.ingressMbps),
    promised("private addresses", "addresses", "privateAddresses", privateAddresses),
    promised("public addresses", "addresses", "publicAddresses", publicAddresses),
    promised("VLANs", "VLANs", "vlans", vlans),
    promised("threads of the pool", "threads", "cpu", pool.cpu),
    promised("memory of the pool", "GiB", "memoryGiB", pool.memoryGiB),
    promised("NVMe of the pool", "TiB", "nvmeTiB", pool.nvmeTiB),
    promised("object storage of the pool", "TiB", "objectTiB", pool.objectTiB),
    promised("bandwidth out of the pool", "Mbit/s", "poolEgressMbps", pool.egressMbps),
    promised("bandwidth into the pool", "Mbit/s", "poolIngressMbps", pool.ingressMbps),
  ];
}

const keyOf = ({ messenger, site, group, resource, law, outages }: Deficit): string =>
  JSON.stringify([messenger, site, group, resource, law, outages]);

const nothing = { installed: 0, promised: 0, spare: 0, free: 0 };

/** What only one side has too: before the head's own, where it stood. */
function both(before: readonly Line[], after: readonly Line[]): { then: Line | undefined; now: Line | undefined }[] {
  const [then, now] = [before, after].map((lines) => new Map(lines.map((line) => [line.what, line])));
  const classes = (lines: readonly Line[]): string[] => lines.filter(isClass).map(({ what }) => what);
  const others = (lines: readonly Line[]): string[] => lines.filter((line) => !isClass(line)).map(({ what }) => what);
  const names = new Set([...classes(after), ...classes(before), ...others(after), ...others(before)]);
  return [...names].map((what) => ({ then: then?.get(what), now: now?.get(what) }));
}

const isClass = ({ depletes }: Line): boolean => depletes.startsWith("class ");

/** The sites whose books or last days differ, with all lines of each, and their deficits. */
export function capacityOf(base: Books, head: Books): CapacitySite[] {
  const [before, after] = [base, head].map(({ sites }) => new Map(sites.map((book) => [book.site, book])));
  const known = new Set(base.deficits.map(keyOf));
  return [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].sort().flatMap((site): CapacitySite[] => {
    const [bookBefore, bookAfter] = [before?.get(site), after?.get(site)];
    const deficits = head.deficits
      .filter((deficit) => deficit.site === site)
      .map((deficit) => ({ what: `${deficit.messenger}: ${deficit.what}`, remedy: deficit.remedy, isNew: !known.has(keyOf(deficit)) }));
    const pairs = both(bookBefore ? linesOf(bookBefore) : [], bookAfter ? linesOf(bookAfter) : []);
    const isSame = pairs.every(({ then, now }) => JSON.stringify(then) === JSON.stringify(now)) && deficits.every(({ isNew }) => !isNew);
    const runOutBefore: RunOut = bookBefore ? base.runOut(site) : new Map();
    const runOutAfter: RunOut = bookAfter ? head.runOut(site) : new Map();
    const lines = pairs.flatMap(({ then, now }): CapacityLine[] => {
      const line = now ?? then;
      if (!line) return [];
      const { what, unit, depletes } = line;
      const pair = (key: keyof typeof nothing) => ({ before: (then ?? nothing)[key], after: (now ?? nothing)[key] });
      const runsOut = { before: runOutBefore.get(depletes) ?? null, after: runOutAfter.get(depletes) ?? null };
      return [{ what, unit, installed: pair("installed"), promised: pair("promised"), spare: pair("spare"), free: pair("free"), runsOut }];
    });
    const isLater = lines.some(({ runsOut }) => runsOut.before !== runsOut.after);
    return isSame && !isLater ? [] : [{ site, lines, deficits }];
  });
}
