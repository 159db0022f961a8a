/** How NetBox says that servers are reached and wired: by a site's rules, or server by server, for the site's CSV of hosts. */
import type { Host } from "../request/server";
import type { Position } from "../request/problem";
import { rackNumber, type HostRows } from "../request/host";
import { yamlValue, type Entry } from "./entry";
import { nicsByDevice, type Nic } from "./interfaces";
import type { FoundRack, FoundSite, Inventory } from "./inventory";
import type { FoundServer } from "./rackServers";
import { grouped, textIn, type Row } from "./row";

/** How an estate that is brought up to date reaches the servers of its sites. */
export interface KnownHosts {
  /** The CSV's name; `undefined` where the site has rules, or is new. */
  readonly file: (site: string) => string | undefined;
  readonly hasRules: (site: string) => boolean;
  /** The rows of the site's CSV; none where it has none. */
  readonly rows: (site: string) => HostRows;
}

/** What a server lacks, and what to do about it. */
export interface Lack {
  readonly what: string;
  readonly advice: string;
  readonly server: string;
  readonly at: () => Position;
}

/** A CSV of hosts. */
export interface HostList {
  readonly site: string;
  readonly file: string;
  readonly hosts: readonly Host[];
  /** Where NetBox speaks of a server. */
  readonly at: ReadonlyMap<string, () => Position>;
}

/** The keys of the sites, the CSV files, and what is missing for them. */
export interface HostFindings {
  readonly entries: readonly Entry[];
  readonly lists: readonly HostList[];
  readonly lacks: readonly Lack[];
}

/** Finds them. */
export function hostEntries(inventory: Inventory, known: KnownHosts): HostFindings {
  const entries: Entry[] = [];
  const lists: HostList[] = [];
  const lacks: Lack[] = [];
  const nics = nicsByDevice(inventory.rows);
  const addresses = new Map(inventory.rows("device").map((row) => [textIn(row, "name"), addressOf(row)]));
  const shared = new Set(
    [...grouped(inventory.rows("device"), (row) => textIn(row, "name"))].flatMap(([name, { length }]) => (length > 1 ? [name] : [])),
  );
  for (const site of inventory.sites) {
    const { row, key } = site;
    const [address, credentials, ports] = (["zirsakht_bmc", "zirsakht_bmc_credentials", "zirsakht_nics"] as const).map((field) =>
      textIn(row, field),
    );
    const put = (name: string, value: unknown) => void entries.push({ path: ["sites", key, name], value, at: row.at });
    if (address && ports && !address.includes("{oob_ip}")) {
      put("bmc", { address, ...(credentials ? { credentials } : {}) });
      put("nics", yamlValue(ports));
      put("hosts", undefined);
      continue;
    }
    if (known.hasRules(key)) continue;
    const file = known.file(key) ?? `${key}-hosts.csv`;
    put("hosts", file);
    const finder = { known, addresses, shared, nics, rules: { address, credentials } };
    const found = site.racks.flatMap((rack) => rack.servers.map((server) => ({ server, host: hostOf(finder, site, rack, server) })));
    for (const { server, host } of found)
      for (const [what, advice] of [...lacksOf(host), ...doublesOf(finder, server)])
        lacks.push({ what, advice, server: server.name, at: server.row.at });
    const hosts = found.map(({ host }) => host);
    lists.push({
      site: key,
      file,
      hosts: [...hosts, ...keptHosts(site, known)].sort((one, other) => (one.server < other.server ? -1 : 1)),
      at: new Map(found.map(({ server }) => [server.name, server.row.at])),
    });
  }
  return { entries, lists, lacks };
}

interface Finder {
  readonly known: KnownHosts;
  /** The primary addresses of devices, by name. */
  readonly addresses: ReadonlyMap<string, string>;
  /** The names that several devices have. */
  readonly shared: ReadonlySet<string>;
  readonly nics: (device: string) => readonly Nic[];
  readonly rules: { readonly address: string | undefined; readonly credentials: string | undefined };
}

function hostOf(
  { known, addresses, nics: nicsOf, rules }: Finder,
  site: FoundSite,
  rack: FoundRack,
  { row, name, number }: FoundServer,
): Host {
  const before = known.rows(site.key).get(name);
  const oob = inUrl(textIn(row, "oob_ip").replace(/\/\d+$/, ""));
  const fill = (rule = ""): string =>
    rule.includes("{oob_ip}") && oob === ""
      ? ""
      : rule
          .replaceAll("{oob_ip}", oob)
          .replaceAll("{server}", name)
          .replaceAll("{site}", site.key)
          .replaceAll("{rack}", String(rackNumber(rack.key) ?? ""))
          .replaceAll("{n}", String(number));
  const nics = nicsOf(textIn(row, "name"));
  const isWired = nics.length > 0 && nics.every(({ peer }) => peer !== undefined);
  const far = isWired ? (addresses.get(nics[0]?.peer?.device ?? "") ?? "") : "";
  return {
    server: name,
    bmc: {
      address: textIn(row, "zirsakht_bmc") || fill(rules.address) || (before?.bmc.address ?? ""),
      credentials: textIn(row, "zirsakht_bmc_credentials") || fill(rules.credentials) || (before?.bmc.credentials ?? ""),
    },
    nics: isWired ? nics.map(({ mac, peer }) => ({ mac, port: peer?.port ?? "" })) : (before?.nics ?? []),
    switch: far === "" ? (before?.switch ?? (rack.switch ? addressOf(rack.switch) : "")) : far,
  };
}

/** A device's primary IPv4 address, without its length; empty where it has none. */
export function addressOf(device: Row): string {
  const address = textIn(device, "primary_ip4") || textIn(device, "primary_ip") || textIn(device, "ip_address");
  return address.includes(":") ? "" : address.replace(/\/\d+$/, "");
}

/** An address as it stands in a URL. */
function inUrl(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}

function lacksOf({ bmc, nics, switch: device }: Host): [string, string][] {
  const file = "or have them in the CSV of hosts that the estate.yaml of --root names";
  return [
    ...(bmc.address === ""
      ? [
          ["no BMC address", `give them zirsakht_bmc, or their site zirsakht_bmc with {oob_ip} and them OOB IPs, ${file}`] as [
            string,
            string,
          ],
        ]
      : []),
    ...(bmc.credentials === ""
      ? [["no name of BMC credentials", `give them or their site zirsakht_bmc_credentials, ${file}`] as [string, string]]
      : []),
    ...(nics.length === 0
      ? [
          [
            "no NICs",
            `give them interfaces with MAC addresses that are all cabled to a switch, and import interfaces and cables too, ${file}`,
          ] as [string, string],
        ]
      : []),
    ...(device === "" ? [["no switch", `give their rack's switch a primary IPv4 address, ${file}`] as [string, string]] : []),
  ];
}

/** What cannot be told of a server because NetBox lets devices of several sites have one name, and interfaces say no more of theirs. */
function doublesOf({ nics: nicsOf, shared }: Finder, { row }: FoundServer): [string, string][] {
  const nics = nicsOf(textIn(row, "name"));
  const advice = "interfaces and cables tell devices by their names, so give each device a name of its own in NetBox";
  if (nics.length > 0 && shared.has(textIn(row, "name"))) return [["a name that another device has too", advice]];
  const far = nics.flatMap(({ peer }) => (peer && shared.has(peer.device) ? [peer.device] : []));
  return far.length > 0 ? [[`a cable to ${far[0] ?? ""}, a name that several devices have`, advice]] : [];
}

/** The hosts of racks that NetBox's lists do not speak of: the estate keeps them. */
function keptHosts({ key, racks }: FoundSite, known: KnownHosts): Host[] {
  return [...known.rows(key).values()].filter(
    ({ server }) => !racks.some((rack) => rack.servers.length > 0 && server.startsWith(`${key}-${rack.key}-s`)),
  );
}
