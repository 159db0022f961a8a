/** What NetBox says of the estate, key by key; nothing where it does not know. */
import type { Path } from "../request/source";
import { contains, parsePrefix } from "../request/prefix";
import { network } from "../request/words";
import type { FieldName } from "./customField";
import { wholeNumber, wordsOf, yamlValue, type Entry } from "./entry";
import { addressOf } from "./hostEntries";
import { nicsByDevice, type Nic } from "./interfaces";
import type { FoundRack, FoundSite, Inventory } from "./inventory";
import type { FoundServer } from "./rackServers";
import { grouped, isOfRack, isYes, slugOf, textIn, type Row } from "./row";

/** Statuses with which a server or rack is there and works, or is not there yet. */
const working: readonly string[] = ["", "active"];
const coming: readonly string[] = ["planned", "staged", "reserved"];

/** Adds the entries of one row: only what it says. */
class Writer {
  constructor(
    private readonly entries: Entry[],
    private readonly path: Path,
    readonly row: Row,
  ) {}

  /** A key whose value is known. */
  put(key: string, value: unknown, row = this.row): void {
    this.entries.push({ path: [...this.path, ...key.split(".")], value, at: row.at });
  }

  /** A key from a custom field, if it says something. */
  take(key: string, field: FieldName, read: (text: string) => unknown = (text) => text): void {
    const text = textIn(this.row, field);
    if (text !== "") this.put(key, read(text));
  }
}

/** The entries of all classes and sites. */
export function estateEntries(inventory: Inventory): Entry[] {
  const entries: Entry[] = [];
  const servers = inventory.sites.flatMap(({ racks }) => racks.flatMap((rack) => rack.servers));
  const nics = nicsByDevice(inventory.rows);
  for (const [key, row] of inventory.classes) classEntries(new Writer(entries, ["classes", key], row), firstOf(servers, key), nics);
  const containers = grouped(
    inventory.rows("prefix").filter((row) => textIn(row, "status").toLowerCase() === "container"),
    siteOfScope,
  );
  const ranges = grouped(inventory.rows("vlanGroup"), siteOfScope);
  const feeds = grouped(inventory.rows("powerFeed"), (row) => textIn(row, "rack"));
  for (const site of inventory.sites) {
    const writer = new Writer(entries, ["sites", site.key], site.row);
    const name = textIn(site.row, "name");
    siteEntries(writer, containers.get(name) ?? [], ranges.get(name) ?? []);
    for (const rack of site.racks) {
      const rackName = textIn(rack.row, "name");
      // NetBox's JSON says a feed's rack and its id, and not its site.
      const ofRack = (feeds.get(rackName) ?? []).filter((feed) => ["", name].includes(textIn(feed, "site")) && isOfRack(feed, rack.row));
      rackEntries(new Writer(entries, ["sites", site.key, "racks", rack.key], rack.row), rack, ofRack);
    }
    outages(writer, site);
  }
  return entries;
}

function firstOf(servers: readonly FoundServer[], key: string): FoundServer | undefined {
  return servers.find((server) => server.class === key);
}

/** The site that a prefix or VLAN group is of: its scope since NetBox 4.2, its own field before. */
export function siteOfScope(row: Row): string {
  const type = textIn(row, "scope_type");
  return type === "" || /site$/i.test(type) ? textIn(row, "scope") || textIn(row, "scope_name") || textIn(row, "site") : "";
}

function classEntries(writer: Writer, server: FoundServer | undefined, nicsOf: (device: string) => readonly Nic[]): void {
  writer.take("threads", "zirsakht_threads", wholeNumber);
  writer.take("memory", "zirsakht_memory");
  if (textIn(writer.row, "zirsakht_nic") !== "") writer.take("nic", "zirsakht_nic");
  else if (server) {
    const nics = nicsOf(textIn(server.row, "name"));
    const [first] = nics;
    if (first?.speed !== undefined && nics.every(({ speed }) => speed === first.speed))
      writer.put("nic", `${String(nics.length)} x ${first.speed}`, first.row);
  }
  writer.take("nvme", "zirsakht_nvme");
  writer.take("disks", "zirsakht_disks");
  writer.take("power", "zirsakht_power");
  writer.take("rootDevice", "zirsakht_root_device", yamlValue);
  writer.take("serves", "zirsakht_serves", wordsOf);
}

function siteEntries(writer: Writer, containers: readonly Row[], ranges: readonly Row[]): void {
  const { row } = writer;
  writer.put("name.en", textIn(row, "name"));
  writer.take("name.fa", "zirsakht_name_fa");
  writer.take("city", "zirsakht_city");
  writer.take("context", "zirsakht_context");
  writer.take("uplink", "zirsakht_uplink");
  const asn = textIn(row, "zirsakht_asn") || textIn(row, "asns");
  if (/^[^,]+$/.test(asn)) writer.put("asn", wholeNumber(asn));
  const prefixes = containers.filter((container) => network.safeParse(textIn(container, "prefix")).success);
  const inner = prefixes.filter((container) => isPrivate(textIn(container, "prefix")));
  const [only, second] = inner;
  if (only && !second) writer.put("private", textIn(only, "prefix"), only);
  const outer = prefixes.filter((container) => !isPrivate(textIn(container, "prefix")));
  if (outer[0])
    writer.put(
      "public",
      outer.map((container) => textIn(container, "prefix")),
      outer[0],
    );
  const [range, another] = ranges;
  if (textIn(row, "zirsakht_vlans") !== "") writer.take("vlans", "zirsakht_vlans");
  else if (range && !another) writer.put("vlans", textIn(range, "vid_ranges"), range);
  writer.take("dns", "zirsakht_dns", wordsOf);
  writer.take("state", "zirsakht_state", yamlValue);
  writer.take("applies", "zirsakht_applies");
}

/** Networks that nobody announces: RFC 1918, and RFC 6598 for carriers. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(parsePrefix);

/** Whether a prefix is a private one. */
export function isPrivate(prefix: string): boolean {
  return privateRanges.some((range) => contains(range, parsePrefix(prefix)));
}

function rackEntries(writer: Writer, rack: FoundRack, feeds: readonly Row[]): void {
  const [first] = rack.servers;
  if (first) {
    writer.put("class", first.class);
    writer.put("servers", rack.servers.at(-1)?.number);
  }
  writer.take("uplink", "zirsakht_uplink");
  const primary = feeds.filter((feed) => slugOf(textIn(feed, "type")) !== "redundant");
  if (textIn(writer.row, "zirsakht_power") !== "") writer.take("power", "zirsakht_power");
  else if (primary[0]) {
    const watts = primary.reduce((sum, feed) => sum + wattsOf(feed), 0);
    if (watts > 0) writer.put("power", `${String(Math.floor(watts))}W`, primary[0]);
  }
  if (rack.switch) {
    const address = addressOf(rack.switch);
    if (address !== "") writer.put("switch.address", address, rack.switch);
    writer.put("switch.asn", wholeNumber(textIn(rack.switch, "zirsakht_asn")), rack.switch);
  }
  const pool = textIn(writer.row, "zirsakht_pool");
  if (pool !== "") writer.put("pool", isYes(pool) ? true : undefined);
  writer.take("inService", "zirsakht_in_service");
  const status = slugOf(textIn(writer.row, "status"));
  const reason = textIn(writer.row, "zirsakht_out_of_service");
  if (reason !== "") writer.put("outOfService", reason);
  else if (status === "deprecated") writer.put("outOfService", "deprecated in NetBox");
  else writer.put("outOfService", undefined);
}

/** What a feed gives: NetBox's own figure, else volts times amperes, by its phases and its allowed share. */
function wattsOf(feed: Row): number {
  const given = Number(textIn(feed, "available_power"));
  if (given > 0) return given;
  const phases = /three/i.test(textIn(feed, "phase")) ? Math.sqrt(3) : 1;
  const share = Number(textIn(feed, "max_utilization").replace("%", "") || "80") / 100;
  return Math.abs(Number(textIn(feed, "voltage"))) * Number(textIn(feed, "amperage")) * share * phases;
}

/** What NetBox says of servers that do not work; one that works loses its line. */
function outages(writer: Writer, { racks }: FoundSite): void {
  for (const { servers, row: rack } of racks) {
    const isComing = textIn(rack, "zirsakht_in_service") !== "" || coming.includes(slugOf(textIn(rack, "status")));
    for (const { name, row } of servers) {
      const status = slugOf(textIn(row, "status"));
      const fine = working.includes(status) || (isComing && coming.includes(status));
      writer.put(`outOfService.${name}`, textIn(row, "zirsakht_out_of_service") || (fine ? undefined : `${status} in NetBox`), row);
    }
  }
}
