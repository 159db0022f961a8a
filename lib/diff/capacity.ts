/** The grant book of each site before and after. */
import type { Deficit } from "../allocation/allocation";
import type { SiteBook } from "../allocation/book";
import type { Depletable, RunOut } from "../allocation/runOut";
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
  readonly depletes?: Depletable;
}

function linesOf({ servers, bandwidth, publicAddresses, vlans, pool }: SiteBook): Line[] {
  const promised = (
    what: string,
    unit: string,
    { promised: taken, limit }: { promised: number; limit: number },
    depletes?: Depletable,
  ): Line => ({
    what,
    unit,
    installed: limit,
    promised: taken,
    spare: 0,
    free: limit - taken,
    ...(depletes && { depletes }),
  });
  const ofPool = (key: "cpu" | "memoryGiB" | "egressMbps") => ({ promised: pool.promised[key], limit: pool.limit[key] });
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
    promised("bandwidth out", "Mbit/s", bandwidth.egressMbps, "egressMbps"),
    promised("bandwidth in", "Mbit/s", bandwidth.ingressMbps),
    promised("public addresses", "addresses", publicAddresses),
    promised("VLANs", "VLANs", vlans),
    promised("threads of the pool", "threads", ofPool("cpu"), "cpu"),
    promised("memory of the pool", "GiB", ofPool("memoryGiB"), "memoryGiB"),
    promised("bandwidth out of the pool", "Mbit/s", ofPool("egressMbps")),
  ];
}

const keyOf = ({ messenger, site, group, resource, law, outages }: Deficit): string =>
  JSON.stringify([messenger, site, group, resource, law, outages]);

/** The sites whose books or last days differ, with all lines of each, and their deficits. */
export function capacityOf(base: Books, head: Books): CapacitySite[] {
  const before = new Map(base.sites.map((book) => [book.site, book]));
  const known = new Set(base.deficits.map(keyOf));
  return head.sites.flatMap((book): CapacitySite[] => {
    const then = new Map((before.has(book.site) ? linesOf(before.get(book.site) ?? book) : []).map((line) => [line.what, line]));
    const deficits = head.deficits
      .filter(({ site }) => site === book.site)
      .map((deficit) => ({ what: `${deficit.messenger}: ${deficit.what}`, remedy: deficit.remedy, isNew: !known.has(keyOf(deficit)) }));
    const now = linesOf(book);
    const isSame =
      now.every((line) => JSON.stringify(line) === JSON.stringify(then.get(line.what))) && deficits.every(({ isNew }) => !isNew);
    const runOutBefore: RunOut = before.has(book.site) ? base.runOut(book.site) : new Map();
    const runOutAfter = head.runOut(book.site);
    const lines = now.map(({ what, unit, depletes, ...after }): CapacityLine => {
      const line = then.get(what);
      const pair = (key: "installed" | "promised" | "spare" | "free") => ({ before: line?.[key] ?? 0, after: after[key] });
      const runsOut = depletes && { before: runOutBefore.get(depletes) ?? null, after: runOutAfter.get(depletes) ?? null };
      return {
        what,
        unit,
        installed: pair("installed"),
        promised: pair("promised"),
        spare: pair("spare"),
        free: pair("free"),
        ...(runsOut && { runsOut }),
      };
    });
    const isLater = lines.some(({ runsOut }) => runsOut && runsOut.before !== runsOut.after);
    return isSame && !isLater ? [] : [{ site: book.site, lines, deficits }];
  });
}
