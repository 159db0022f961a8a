/** A site as somebody asks for it: its books, a line a kind, and who holds anything there. */
import { bookAt, type Promised } from "../allocation/book";
import { grantsAt, holderName } from "../allocation/grant";
import { SiteState } from "../allocation/siteState";
import { several } from "../allocation/words";
import type { Ground } from "../diff/ground";
import { figure } from "../page/page";
import { estatePlace } from "./reason";
import type { Subject } from "./subject";

const ofLimit = ({ promised, limit }: Promised): string => `${figure(promised)} of ${figure(limit)}`;

/** The site of this name; `undefined` where the estate has none. */
export function siteSubject(ground: Ground, text: string): Subject | undefined {
  const { estate, lock } = ground;
  const site = Object.hasOwn(estate.sites, text) ? estate.sites[text] : undefined;
  if (!site) return undefined;
  const book = bookAt(SiteState.of(estate, lock, text));
  const { bandwidth, pool } = book;
  const holders = grantsAt(estate, lock, text).map(({ holder }) => holderName(holder));
  const servers = Object.entries(book.servers).map(([serverClass, { installed, held, free, outOfService, resting, ordered }]) => {
    const rest = [
      [free, "free"],
      [outOfService, "out of service"],
      [resting, "resting"],
      [ordered, "more ordered"],
    ] as const;
    const parts = rest.flatMap(([count, word]) => (count > 0 ? [`${figure(count)} ${word}`] : []));
    return [`${serverClass}: ${figure(held)} of ${several(installed, "server")} held`, ...parts].join(", ");
  });
  const lines = [
    ...servers,
    `bandwidth: ${ofLimit(bandwidth.egressMbps)} Mbit/s out and ${ofLimit(bandwidth.ingressMbps)} in are promised`,
    `public addresses: ${ofLimit(book.publicAddresses)} are given or rest`,
    `private addresses: ${ofLimit(book.privateAddresses)} are given or rest`,
    `VLANs: ${ofLimit(book.vlans)} are given or rest`,
    ...(pool.cpu.limit + pool.cpu.promised > 0
      ? [
          `the pool promises ${ofLimit(pool.cpu)} threads, ${ofLimit(pool.memoryGiB)} GiB, ${ofLimit(pool.nvmeTiB)} TiB NVMe, ${ofLimit(pool.objectTiB)} TiB objects`,
        ]
      : []),
    holders.length > 0 ? `held by ${holders.join(", ")}` : "nobody holds anything there",
  ];
  return {
    what: `${text} is a site, ${site.name.en}, with ${several(Object.keys(site.racks).length, "rack")}`,
    place: estatePlace(ground, ["sites", text]),
    facts: lines.map((what) => ({ what })),
    site: text,
    keys: [],
  };
}
