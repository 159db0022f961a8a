/** The kinds of NetBox objects, and how a list of each is known: by its address in JSON, else by its columns. */

/** A kind that is read; `other` is a kind that is known and says nothing of the estate. */
export type Kind =
  | "site"
  | "rack"
  | "deviceType"
  | "device"
  | "interface"
  | "macAddress"
  | "cable"
  | "prefix"
  | "vlan"
  | "vlanGroup"
  | "ipAddress"
  | "powerFeed"
  | "other";

/** What people call several of a kind. */
export const kindWords: Readonly<Record<Kind, string>> = {
  site: "sites",
  rack: "racks",
  deviceType: "device types",
  device: "devices",
  interface: "interfaces",
  macAddress: "MAC addresses",
  cable: "cables",
  prefix: "prefixes",
  vlan: "VLANs",
  vlanGroup: "VLAN groups",
  ipAddress: "IP addresses",
  powerFeed: "power feeds",
  other: "of no use",
};

/** The end of an object's `url` in the REST API. */
const byAddress: Readonly<Record<string, Kind>> = {
  sites: "site",
  racks: "rack",
  "device-types": "deviceType",
  devices: "device",
  interfaces: "interface",
  "mac-addresses": "macAddress",
  cables: "cable",
  prefixes: "prefix",
  vlans: "vlan",
  "vlan-groups": "vlanGroup",
  "ip-addresses": "ipAddress",
  "power-feeds": "powerFeed",
};

/** The kind by an object's `url`, such as `/api/dcim/racks/7/`; `undefined` where that is none. */
export function kindOfAddress(url: string): Kind | undefined {
  const [, app, list] = /\/api\/(dcim|ipam|tenancy|extras|circuits|virtualization)\/([a-z-]+)\/\d+\/$/.exec(url) ?? [];
  if (app === undefined || list === undefined) return undefined;
  return app === "dcim" || app === "ipam" ? (byAddress[list] ?? "other") : "other";
}

/** One way to know a kind: all of `all`, one of `any` (where there are some), none of `none`. */
interface Sign {
  readonly kind: Kind;
  readonly all: readonly string[];
  readonly any?: readonly string[];
  readonly none?: readonly string[];
}

/** The first sign that fits says the kind, so the narrow ones stand first. */
const signs: readonly Sign[] = [
  { kind: "cable", all: ["side_a_device", "side_b_device"] },
  { kind: "other", all: ["termination_a", "termination_b"] },
  { kind: "other", all: ["object_types"] },
  { kind: "macAddress", all: ["mac_address"], any: ["is_primary", "primary", "interface", "parent"], none: ["name"] },
  { kind: "powerFeed", all: ["power_panel", "name"], any: ["voltage", "amperage", "supply", "available_power_va", "type"] },
  {
    kind: "interface",
    all: ["device", "name", "type"],
    any: ["mgmt_only", "management_only", "enabled", "mode", "mtu", "primary_mac", "primary_mac_address"],
  },
  { kind: "device", all: ["name", "site", "role"], any: ["device_type", "type"], none: ["height", "facility_id", "space"] },
  { kind: "prefix", all: ["prefix", "status"] },
  { kind: "vlan", all: ["vid", "name"] },
  { kind: "vlanGroup", all: ["name", "vid_ranges"] },
  { kind: "ipAddress", all: ["status"], any: ["address", "ip_address"], none: ["name"] },
  { kind: "deviceType", all: ["manufacturer"], any: ["model", "device_type"], none: ["form_factor", "width", "profile", "site", "role"] },
  {
    kind: "rack",
    all: ["name", "site"],
    any: ["u_height", "height", "facility_id", "space", "rack_type", "width", "starting_unit"],
    none: ["device", "parent"],
  },
  {
    kind: "site",
    all: ["name", "status"],
    any: ["slug", "facility", "region", "asns", "time_zone", "physical_address"],
    none: ["site", "parent"],
  },
  { kind: "other", all: ["name", "slug"] },
];

/** The kind of a list by the names of its fields; `undefined` where no kind has such fields. */
export function kindOfFields(fields: ReadonlySet<string>): Kind | undefined {
  return signs.find(
    ({ all, any, none = [] }) =>
      all.every((field) => fields.has(field)) &&
      (any?.some((field) => fields.has(field)) ?? true) &&
      !none.some((field) => fields.has(field)),
  )?.kind;
}

/** What the columns of a list view are called where the REST API and the bulk import have another word. */
const aliases: Partial<Readonly<Record<Kind, Readonly<Record<string, string>>>>> = {
  device: { type: "device_type", ipv4_address: "primary_ip4" },
  deviceType: { device_type: "model" },
  interface: { speed_kbps: "speed", management_only: "mgmt_only", primary_mac: "primary_mac_address", link_peers: "connection" },
  macAddress: { parent: "device", primary: "is_primary" },
  powerFeed: { available_power_va: "available_power" },
  ipAddress: { ip_address: "address" },
};

/** The REST API's name of a field. */
export function fieldOf(kind: Kind, field: string): string {
  return aliases[kind]?.[field] ?? field;
}

/** The fields without which a list says nothing, or something wrong: a device without a rack is one in the store. */
const needed: Partial<Readonly<Record<Kind, readonly string[]>>> = {
  rack: ["name", "site"],
  device: ["name", "site", "rack", "device_type"],
  interface: ["name", "device"],
  prefix: ["prefix", "status"],
};

/** What a list of the kind with these fields, by their names in the REST API, lacks. */
export function lackingFields(kind: Kind, fields: ReadonlySet<string>): string[] {
  return (needed[kind] ?? []).filter((field) => !fields.has(field));
}
