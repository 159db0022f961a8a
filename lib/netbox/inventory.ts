/** NetBox's rows, linked: which sites, racks and servers of them are the estate's, and what they are called there. */
import { render } from "../request/issues";
import { key as keyWord } from "../request/words";
import type { Problem } from "../request/problem";
import type { Kind } from "./kind";
import { serversIn, type FoundServer, type Report } from "./rackServers";
import { grouped, isOfRack, isYes, slugOf, someOf, textIn, type Row } from "./row";

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
  const report: Report = (at, message) => void problems.push({ position: at(), message });

  const isKey = (row: Row, thing: string, name: string, key: string): boolean => {
    const read = keyWord.safeParse(key);
    const why = read.error?.issues[0]?.message ?? "";
    if (!read.success)
      report(row.at, `the key of the ${thing} ${name}: ${why}, got ${render(key)}; give it one in the custom field zirsakht_key`);
    return read.success;
  };

  const classes = new Map<string, Row>();
  const classOfType = new Map<string, string | undefined>();
  for (const row of rows("deviceType")) {
    const key = keyOf(row, "model");
    if (!hasOwnField(row) && !known.classes.includes(key)) continue;
    if (!isKey(row, "device type", textIn(row, "model"), key)) continue;
    if (classes.has(key)) report(row.at, `two device types are the class ${key}; give one of them the custom field zirsakht_key`);
    classes.set(key, row);
    const model = textIn(row, "model");
    classOfType.set(pair(textIn(row, "manufacturer"), model), key);
    // A list of devices may lack the column of manufacturers.
    classOfType.set(pair("", model), classOfType.has(pair("", model)) ? undefined : key);
  }
  const classOf = (device: Row): string | undefined => {
    const model = textIn(device, "device_type");
    const key = slugOf(model);
    return classOfType.get(pair(textIn(device, "manufacturer"), model)) ?? (known.classes.includes(key) ? key : undefined);
  };

  /** Whether the estate knows the rack of a device, and keeps it as it is. */
  const isKept = (device: Row): boolean => {
    const site = rows("site").find((row) => textIn(row, "name") === textIn(device, "site"));
    const key = site && keyOf(site, "name");
    return key !== undefined && Object.hasOwn(known.sites, key) && (known.sites[key] ?? []).includes(slugOf(textIn(device, "rack")));
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
  const found = new Set<Row>();
  for (const row of rows("site")) {
    const key = keyOf(row, "name");
    const name = textIn(row, "name");
    const knownRacks = Object.hasOwn(known.sites, key) ? known.sites[key] : undefined;
    const racks: FoundRack[] = [];
    for (const rack of racksOf.get(name) ?? []) {
      const rackKey = textIn(rack, "zirsakht_key") || slugOf(textIn(rack, "name"));
      const devices = (placed.get(pair(name, textIn(rack, "name"))) ?? []).filter((device) => isOfRack(device, rack));
      for (const device of devices) found.add(device);
      const isOurs = devices.some((device) => classOf(device) !== undefined) || hasOwnField(rack);
      if (isOurs && !isKey(rack, "rack", textIn(rack, "name"), rackKey)) continue;
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
    else if (isKey(row, "site", name, key)) {
      if (sites.some((site) => site.key === key))
        report(row.at, `two sites are ${key} in the estate; give one of them the custom field zirsakht_key`);
      sites.push({ key, row, racks });
    }
  }
  const lost = rows("device").filter((device) => classOf(device) !== undefined && !found.has(device));
  const homeless = lost.filter((device) => textIn(device, "rack") === "");
  const unknown = grouped(
    lost.filter((device) => textIn(device, "rack") !== "" && !isKept(device)),
    (device) => `${textIn(device, "site")}/${textIn(device, "rack")}`,
  );
  const [first] = [...unknown.values()].flat();
  if (first)
    report(
      first.at,
      `${count([...unknown.values()].flat().length, "server")} in racks that no list has (${someOf([...unknown.keys()])}); import the lists of sites and racks too, whole`,
    );
  const words = [
    [homeless.length, "server", `without a rack: ${someOf(homeless.map((device) => textIn(device, "name")))}`],
    [aside.sites, "site", "without servers"],
    [aside.racks, "rack", "without servers"],
    [aside.devices, "device", `of types that are no class: ${someOf(others.map((device) => textIn(device, "device_type")))}`],
    [rows("prefix").filter((row) => textIn(row, "prefix").includes(":")).length, "IPv6 network", "of which an estate knows nothing"],
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

function count(amount: number, thing: string): string {
  return `${String(amount)} ${thing}${amount === 1 ? "" : "s"}`;
}
