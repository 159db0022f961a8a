/** NetBox's rows, linked: which sites, racks and servers of them are the estate's, and what they are called there. */
import { serverName } from "../request/server";
import type { Position, Problem } from "../request/problem";
import type { Kind } from "./kind";
import { grouped, isYes, slugOf, textIn, type Row } from "./row";

/** A server of NetBox and its place in the estate. */
export interface FoundServer {
  readonly name: string;
  readonly number: number;
  readonly class: string;
  readonly row: Row;
}

/** A rack with servers, or one that the estate knows. */
export interface FoundRack {
  readonly key: string;
  readonly row: Row;
  /** By number. */
  readonly servers: readonly FoundServer[];
  /** The device that speaks BGP for it. */
  readonly switch: Row | undefined;
}

/** A site with such racks, or one that the estate knows. */
export interface FoundSite {
  readonly key: string;
  readonly row: Row;
  readonly racks: readonly FoundRack[];
}

/** What is known beforehand: an estate.yaml that is brought up to date. */
export interface Known {
  readonly classes: readonly string[];
  readonly sites: Readonly<Record<string, readonly string[]>>;
}

/** What NetBox has that the estate takes. */
export interface Inventory {
  readonly sites: readonly FoundSite[];
  /** The device types that are classes, by key. */
  readonly classes: ReadonlyMap<string, Row>;
  /** All rows of a kind. */
  readonly rows: (kind: Kind) => readonly Row[];
  readonly problems: readonly Problem[];
  /** What is of no use, in words. */
  readonly aside: readonly string[];
}

/** The role of the devices that must be servers of a class. */
const serverRole = "server";
const pair = (one: string, other: string): string => `${one}\n${other}`;
const hasOwnField = (row: Row): boolean => [...row.values.keys()].some((field) => field.startsWith("zirsakht_"));
/** A row's key in the estate: the custom field, else its slug, else its name. */
const keyOf = (row: Row, name: string): string => textIn(row, "zirsakht_key") || slugOf(textIn(row, "slug") || textIn(row, name));

/** Links the rows. */
export function inventoryOf(all: readonly Row[], known: Known): Inventory {
  const byKind = grouped(withAddresses(all), ({ kind }) => kind);
  const rows = (kind: Kind): readonly Row[] => byKind.get(kind) ?? [];
  const problems: Problem[] = [];
  const report = (at: () => Position, message: string) => void problems.push({ position: at(), message });

  const classes = new Map<string, Row>();
  const classOfType = new Map<string, string>();
  for (const row of rows("deviceType")) {
    const key = keyOf(row, "model");
    if (!hasOwnField(row) && !known.classes.includes(key)) continue;
    if (classes.has(key)) report(row.at, `two device types are the class ${key}; give one of them the custom field zirsakht_key`);
    classes.set(key, row);
    classOfType.set(pair(textIn(row, "manufacturer"), textIn(row, "model")), key);
  }
  const classOf = (device: Row): string | undefined => {
    const model = textIn(device, "device_type");
    const key = slugOf(model);
    return classOfType.get(pair(textIn(device, "manufacturer"), model)) ?? (known.classes.includes(key) ? key : undefined);
  };

  const placed = grouped(rows("device"), (row) => pair(textIn(row, "site"), textIn(row, "rack")));
  const racksOf = grouped(rows("rack"), (row) => textIn(row, "site"));
  const others = rows("device").filter((device) => classOf(device) === undefined);
  const aside = { sites: 0, racks: 0, devices: others.length };
  const classless = grouped(
    others.filter((device) => slugOf(textIn(device, "role")) === serverRole),
    (device) => textIn(device, "device_type"),
  );
  for (const [type, devices] of classless) {
    const [first] = devices;
    if (first)
      report(
        first.at,
        `${count(devices.length, "server")} of the device type ${type}, which is no class; give the device type zirsakht_threads, zirsakht_memory, zirsakht_nic, zirsakht_power, zirsakht_root_device and zirsakht_serves, and import it too, or add classes.${slugOf(type)} to the estate.yaml that --root reads`,
      );
  }

  const sites: FoundSite[] = [];
  for (const row of rows("site")) {
    const key = keyOf(row, "name");
    const name = textIn(row, "name");
    const knownRacks = Object.hasOwn(known.sites, key) ? known.sites[key] : undefined;
    const racks: FoundRack[] = [];
    for (const rack of racksOf.get(name) ?? []) {
      const rackKey = textIn(rack, "zirsakht_key") || slugOf(textIn(rack, "name"));
      const devices = placed.get(pair(name, textIn(rack, "name"))) ?? [];
      const servers = serversIn(devices, classOf, key, rackKey, report);
      if (servers.length === 0 && !hasOwnField(rack) && !knownRacks?.includes(rackKey)) {
        aside.racks++;
        continue;
      }
      const other = racks.find((found) => found.key === rackKey);
      if (other) report(rack.at, `two racks of ${name} are ${rackKey} in the estate; give one of them the custom field zirsakht_key`);
      const switches = devices.filter((device) => textIn(device, "zirsakht_asn") !== "");
      if (switches[1])
        report(switches[1].at, `${String(switches.length)} devices of rack ${textIn(rack, "name")} have zirsakht_asn; only its switch has`);
      racks.push({ key: rackKey, row: rack, servers, switch: switches[0] });
    }
    if (racks.length === 0 && !hasOwnField(row) && !knownRacks) aside.sites++;
    else sites.push({ key, row, racks });
  }
  const words = [
    [aside.sites, "site", "without servers"],
    [aside.racks, "rack", "without servers"],
    [aside.devices, "device", `of types that are no class: ${someOf(others.map((device) => textIn(device, "device_type")))}`],
    [rows("other").length, "object", "of other kinds"],
  ] as const;
  return {
    sites,
    classes,
    rows,
    problems,
    aside: words.flatMap(([amount, thing, why]) => (amount === 0 ? [] : [`${count(amount, thing)} ${why}`])),
  };
}

/** The rows, where devices have the addresses that a list of addresses in the form of the bulk import gives them. */
function withAddresses(all: readonly Row[]): readonly Row[] {
  const given = grouped(
    all.filter(({ kind, values }) => kind === "ipAddress" && values.has("device")),
    (row) => textIn(row, "device"),
  );
  if (given.size === 0) return all;
  return all.map((row) => {
    const addresses = row.kind === "device" ? given.get(textIn(row, "name")) : undefined;
    if (!addresses) return row;
    const marked = (mark: string): string =>
      textIn(
        addresses.find((address) => isYes(textIn(address, mark))),
        "address",
      );
    const found = [["primary_ip4", marked("is_primary")] as const, ["oob_ip", marked("is_oob")] as const];
    return { ...row, values: new Map([...found.filter(([, address]) => address !== ""), ...row.values]) };
  });
}

/** Some of the names, each once. */
function someOf(names: readonly string[]): string {
  const all = [...new Set(names)];
  return `${all.slice(0, 5).join(", ")}${all.length > 5 ? ", …" : ""}`;
}

function count(amount: number, thing: string): string {
  return `${String(amount)} ${thing}${amount === 1 ? "" : "s"}`;
}

/** The servers of a rack, by number. */
function serversIn(
  devices: readonly Row[],
  classOf: (device: Row) => string | undefined,
  site: string,
  rack: string,
  report: (at: () => Position, message: string) => void,
): FoundServer[] {
  const found = new Map<number, FoundServer>();
  const start = `${site}-${rack}-s`;
  for (const row of devices) {
    const serverClass = classOf(row);
    if (serverClass === undefined) continue;
    const name = textIn(row, "name");
    const written = textIn(row, "zirsakht_number");
    const digits = written || (name.toLowerCase().startsWith(start) ? name.slice(start.length) : "");
    const number = /^\d{1,2}$/.test(digits) ? Number(digits) : 0;
    const other = found.get(number);
    if (number < 1)
      report(row.at, `${name}: expected ${start}01 to ${start}99 as its name, or its number 1 to 99 in the custom field zirsakht_number`);
    else if (other)
      report(row.at, `${name}: ${textIn(other.row, "name")} is server ${String(number)} of rack ${rack} already; give it another number`);
    else found.set(number, { name: serverName(site, rack, number), number, class: serverClass, row });
  }
  const servers = [...found.values()].sort((one, next) => one.number - next.number);
  const last = servers.at(-1);
  const gaps = Array.from({ length: last?.number ?? 0 }, (_, index) => index + 1).filter((number) => !found.has(number));
  if (last && gaps.length > 0)
    report(
      last.row.at,
      `${last.name} is the last server of its rack, and ${gaps.map((number) => serverName(site, rack, number)).join(", ")} ${gaps.length === 1 ? "is" : "are"} missing; servers are numbered from 1 without gaps, so add what is missing, or number them anew`,
    );
  const odd = servers.find((server) => server.class !== servers[0]?.class);
  if (odd)
    report(
      odd.row.at,
      `${odd.name} is a ${odd.class} and ${servers[0]?.name ?? ""} a ${servers[0]?.class ?? ""}; all servers of a rack are of one class`,
    );
  return servers;
}
