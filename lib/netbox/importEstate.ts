/** NetBox's lists, and an estate.yaml to bring up to date, become the new files; or every problem, with what to add where. */
import { sectionOf, type AdoptedRow } from "../allocation/adoption";
import type { HostRows } from "../request/host";
import type { Lock, LockHolder } from "../request/lock";
import type { Problem } from "../request/problem";
import type { Host } from "../request/server";
import type { Path } from "../request/source";
import { parseYaml } from "../request/yamlFile";
import { csvText } from "./csvText";
import { estateEntries } from "./estateEntries";
import { problemsOfMade, type BaseText } from "./estateProblems";
import { updated } from "./estateText";
import { tenantOf } from "./exportInput";
import { holdingsOf } from "./holdings";
import { hostEntries } from "./hostEntries";
import { inventoryOf } from "./inventory";
import type { Row } from "./row";

/** An estate.yaml that is brought up to date, with what lies beside it. */
export interface Base extends BaseText {
  /** The rows of a CSV of hosts beside it. */
  readonly hosts: (csv: string) => HostRows;
  /** The lock beside it, which needs no adoption of what it holds. */
  readonly lock: Lock | undefined;
}

/** The new files, and what is to be said of them. */
export interface Imported {
  /** Texts by file name: estate.yaml, CSV files of hosts, and `adopt.csv` where anybody holds what the lock does not know of. */
  readonly files: ReadonlyMap<string, string>;
  /** The paths of estate.yaml that are new, changed or gone. */
  readonly changed: readonly Path[];
  /** Sites and racks of estate.yaml that the lists do not have, as paths; they stay. */
  readonly kept: readonly Path[];
  /** What NetBox and the lock say differently, in words; the lock stays as it is. */
  readonly disputed: readonly string[];
  /** What of NetBox was of no use, in words. */
  readonly aside: readonly string[];
  readonly problems: readonly Problem[];
}

/** Makes them. The base's text must be good YAML. */
export function importEstate(rows: readonly Row[], base: Base): Imported {
  const before = knownOf(base);
  const inventory = inventoryOf(rows, before);
  const csvOf = (site: string): string | undefined => (Object.hasOwn(before.csv, site) ? before.csv[site] : undefined);
  const hosts = hostEntries(inventory, {
    file: csvOf,
    hasRules: (site) => before.byRule.includes(site),
    rows: (site) => (csvOf(site) === undefined ? new Map<string, Host>() : base.hosts(csvOf(site) ?? "")),
  });
  const entries = [...estateEntries(inventory), ...hosts.entries];
  const { text, changed, taken } = updated(base.text, entries);
  const { rows: held, aside: untold } = holdingsOf(inventory);
  const aside = [...inventory.aside, ...untold];
  const { news, disputed } = againstLock(held, base.lock);
  const kept = Object.entries(before.sites).flatMap(([key, racks]): Path[] => {
    const found = inventory.sites.find((site) => site.key === key);
    if (!found) return [["sites", key]];
    return racks.filter((rack) => !found.racks.some((other) => other.key === rack)).map((rack) => ["sites", key, "racks", rack]);
  });
  const untouched = Object.entries(before.csv).flatMap(([site, file]) =>
    inventory.sites.some(({ key }) => key === site) ? [] : [{ site, file, hosts: [...base.hosts(file).values()], at: new Map() }],
  );
  const lists = [...hosts.lists, ...untouched];
  return {
    files: new Map([
      ["estate.yaml", text],
      ...lists.map((list) => [list.file, hostsText(list.hosts)] as const),
      ...(news.length === 0 ? [] : [["adopt.csv", adoptText(news)] as const]),
    ]),
    changed,
    kept,
    disputed,
    aside,
    problems: [...inventory.problems, ...problemsOfMade({ text, entries: taken, lists, lacks: hosts.lacks, aside }, base)],
  };
}

/** What the lock does not hold yet, and what it holds for somebody else. */
function againstLock(rows: readonly AdoptedRow[], lock: Lock | undefined): { news: AdoptedRow[]; disputed: string[] } {
  const news: AdoptedRow[] = [];
  const disputed: string[] = [];
  for (const row of rows) {
    const line = (lock?.sites[row.site]?.[sectionOf[row.kind]] as Readonly<Record<string, LockHolder>> | undefined)?.[row.resource];
    if (!line) news.push(row);
    else if (tenantOf(line) !== row.messenger)
      disputed.push(
        `${row.kind} ${row.resource} at ${row.site} is held by ${tenantOf(line)} in the lock and by ${row.messenger} in NetBox`,
      );
  }
  return { news, disputed };
}

/** What an estate.yaml has already, however little that is. */
function knownOf({ file, text }: BaseText): {
  classes: string[];
  sites: Record<string, string[]>;
  csv: Record<string, string>;
  byRule: string[];
} {
  const read = text === "" ? undefined : parseYaml(file, text);
  const estate = mapOf(read && "source" in read ? read.source.value : {});
  const sites = Object.entries(mapOf(estate.sites)).map(([key, site]) => [key, mapOf(site)] as const);
  return {
    classes: Object.keys(mapOf(estate.classes)),
    sites: Object.fromEntries(sites.map(([key, site]) => [key, Object.keys(mapOf(site.racks))])),
    csv: Object.fromEntries(sites.flatMap(([key, { hosts }]) => (typeof hosts === "string" ? [[key, hosts]] : []))),
    byRule: sites.flatMap(([key, { bmc, nics }]) => (bmc === undefined || nics === undefined ? [] : [key])),
  };
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}

/** A CSV of hosts. */
function hostsText(hosts: readonly Host[]): string {
  return csvText(
    ["server", "bmc", "credentials", "mac", "switch", "port"],
    hosts.map(({ server, bmc, nics, switch: device }) => ({
      server,
      bmc: bmc.address,
      credentials: bmc.credentials,
      mac: nics.map(({ mac }) => mac).join(" "),
      switch: device,
      port: nics.map(({ port }) => port).join(" "),
    })),
  );
}

/** A CSV for `adopt`. */
function adoptText(rows: readonly AdoptedRow[]): string {
  return csvText(
    ["site", "kind", "resource", "messenger", "group", "address", "servers"],
    rows.map((row) => ({ ...row, servers: row.servers.join(" ") })),
  );
}
