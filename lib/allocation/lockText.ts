/** The lock as text: sorted JSON, one resource a line, so that two branches that took the same one meet in the same line. */
import type { Lock, LockSite } from "../request/lock";
import { addressOf } from "../request/prefix";

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byNumber = (a: string, b: string): number => Number(a) - Number(b) || byCodeUnit(a, b);
const byAddress = (a: string, b: string): number => addressOf(a) - addressOf(b) || byCodeUnit(a, b);

/** The sections of a site in the order in which they stand, and how their keys are sorted. */
const sections = {
  servers: byCodeUnit,
  images: byCodeUnit,
  vlans: byNumber,
  private: byAddress,
  vips: byAddress,
  egress: byAddress,
  bandwidth: byCodeUnit,
  quotas: byCodeUnit,
  short: byCodeUnit,
} as const satisfies Partial<Record<keyof LockSite, (a: string, b: string) => number>>;
const quarantines = { servers: byCodeUnit, prefixes: byAddress, vlans: byNumber } as const;

/** The order of the keys of a line; the schemas name no others. */
const keys = [
  "messenger",
  "pool",
  "group",
  "state",
  "for",
  "adopted",
  "egressMbps",
  "ingressMbps",
  "cpu",
  "memoryGiB",
  "nvmeTiB",
  "objectTiB",
  "rf",
  "shards",
  "parity",
  "vlans",
  "private",
  "vips",
  "egress",
  "groups",
  "all",
  "compute",
  "database",
  "object",
  "since",
  "image",
  "address",
  "servers",
  "url",
  "checksum",
  "from",
  "until",
  "evidence",
];
const rank = new Map(keys.map((key, index) => [key, index]));

const rankOf = (key: string): number => rank.get(key) ?? keys.length;

/** The keys of a line in the order above; nearly every line was written in it, and is not sorted again. */
function inOrder(table: object): string[] {
  const present = Object.keys(table);
  let last = -1;
  for (const key of present) {
    if (rankOf(key) <= last) return present.sort((a, b) => rankOf(a) - rankOf(b) || byCodeUnit(a, b));
    last = rankOf(key);
  }
  return present;
}

/** A value on one line, its keys in the order above. Joined, as a text that grows piece by piece keeps every piece in memory. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const table = value as Readonly<Record<string, unknown>>;
  const parts: string[] = [];
  for (const key of inOrder(table)) if (table[key] !== undefined) parts.push(`"${key}": ${inline(table[key])}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

function section(name: string, lines: Readonly<Record<string, unknown>>, order: (a: string, b: string) => number, indent: string): string {
  const names = Object.keys(lines).sort(order);
  if (names.length === 0) return `${indent}${JSON.stringify(name)}: {}`;
  const body = names.map((key) => `${indent}  ${JSON.stringify(key)}: ${inline(lines[key])}`).join(",\n");
  return `${indent}${JSON.stringify(name)}: {\n${body}\n${indent}}`;
}

function siteText(name: string, site: LockSite): string {
  const lines = Object.entries(sections).map(([key, order]) => section(key, site[key as keyof typeof sections], order, "      "));
  const held = Object.entries(quarantines).map(([key, order]) =>
    section(key, site.quarantine[key as keyof typeof quarantines], order, "        "),
  );
  lines.push(`      "quarantine": {\n${held.join(",\n")}\n      }`);
  return `    ${JSON.stringify(name)}: {\n${lines.join(",\n")}\n    }`;
}

/** The bytes of allocations.lock.json: the same for the same lock, whatever the order of its keys. */
export function serializeLock(lock: Lock): string {
  const sites = Object.entries(lock.sites).sort(([a], [b]) => byCodeUnit(a, b));
  const head = (["version", "asOf", "horizon", "coefficients"] as const).map(
    (key) => `  ${JSON.stringify(key)}: ${JSON.stringify(lock[key])},`,
  );
  const body = sites.length === 0 ? "{}" : `{\n${sites.map(([name, site]) => siteText(name, site)).join(",\n")}\n  }`;
  return `{\n${head.join("\n")}\n  "sites": ${body}\n}\n`;
}

/** A site of the lock that holds nothing; all sections stand. */
export function emptyLockSite(): LockSite {
  return {
    servers: {},
    images: {},
    vlans: {},
    private: {},
    vips: {},
    egress: {},
    bandwidth: {},
    quotas: {},
    short: {},
    quarantine: { servers: {}, prefixes: {}, vlans: {} },
  };
}

/** The same table with its keys in order, so that it prints alike wherever it came from. */
export function sortedKeys<T>(table: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => byCodeUnit(a, b)));
}

/** The same site with the keys of every section in order. */
export function sortedLockSite({ quarantine: { servers, prefixes, vlans }, ...site }: LockSite): LockSite {
  return {
    servers: sortedKeys(site.servers),
    images: sortedKeys(site.images),
    vlans: sortedKeys(site.vlans),
    private: sortedKeys(site.private),
    vips: sortedKeys(site.vips),
    egress: sortedKeys(site.egress),
    bandwidth: sortedKeys(site.bandwidth),
    quotas: sortedKeys(site.quotas),
    short: sortedKeys(site.short),
    quarantine: { servers: sortedKeys(servers), prefixes: sortedKeys(prefixes), vlans: sortedKeys(vlans) },
  };
}
