/** Lists as NetBox 4 exports them, of one site with two racks: CSV of list views with all columns, and the REST API's JSON. */

const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
/** A CSV whose rows hold values by column. */
export function csv(...rows: readonly Readonly<Record<string, string>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))]
    .map((line) => `${line.map(cell).join(",")}\n`)
    .join("");
}

/** A page of the REST API with all objects on it. */
export function page(path: string, ...results: readonly object[]): string {
  const all = results.map((result, index) => ({
    id: index + 1,
    url: `https://netbox.example/api/${path}/${String(index + 1)}/`,
    ...result,
  }));
  return JSON.stringify({ count: all.length, next: null, previous: null, results: all }, undefined, 2);
}

const choice = (value: string, label: string) => ({ value, label });
const brief = (name: string) => ({ id: 1, display: name, name, slug: name.toLowerCase().replaceAll(" ", "-") });
const typeOf = (model: string) => ({ id: 1, display: model, manufacturer: brief("Acme"), model, slug: model.toLowerCase() });

/** The site's custom fields. */
export const siteFields = {
  zirsakht_name_fa: "تهران ۱",
  zirsakht_context: "thr1",
  zirsakht_uplink: "400 Gbit/s",
  zirsakht_dns: "10.0.0.53 10.0.0.54",
  zirsakht_state: "{kubernetes: {context: hub}}",
  zirsakht_applies: "terraform",
  zirsakht_bmc: "redfish-virtualmedia://{oob_ip}/redfish/v1/Systems/1",
  zirsakht_bmc_credentials: "bmc-{server}",
};

export const sites = (fields: Readonly<Record<string, string>> = siteFields): string =>
  csv(
    {
      ID: "1",
      Name: "Tehran 1",
      Slug: "thr1",
      Status: "Active",
      Facility: "",
      Region: "Tehran",
      ASNs: "64512",
      "Time Zone": "",
      Comments: "",
      ...fields,
    },
    { ID: "2", Name: "Branch office", Slug: "branch", Status: "Active", ASNs: "64500,64501" },
  );

export const racks = (fields: Readonly<Record<string, string>> = { zirsakht_uplink: "80 Gbit/s" }): string =>
  csv(
    { ID: "1", Name: "R01", Site: "Tehran 1", Status: "Active", "Facility ID": "", Height: "42U", Space: "5%", ...fields },
    { ID: "2", Name: "R02", Site: "Tehran 1", Status: "Planned", Height: "42U", zirsakht_in_service: "2027-02-01", ...fields },
    { ID: "3", Name: "Patch panels", Site: "Tehran 1", Status: "Active", Height: "42U" },
  );

export const typeFields = {
  zirsakht_threads: 64,
  zirsakht_memory: "512GiB",
  zirsakht_nvme: "2 x 1.92TB",
  zirsakht_power: "650W",
  zirsakht_root_device: "{minSize: 400GB}",
  zirsakht_serves: "compute",
};

export const deviceTypes = (fields: object = typeFields): string =>
  page(
    "dcim/device-types",
    { ...typeOf("X640"), u_height: 1, custom_fields: fields },
    { ...typeOf("SW48"), u_height: 1, custom_fields: {} },
  );

const device = (name: string, rack: string, fields: object) => ({
  name,
  device_type: typeOf("X640"),
  role: brief("Server"),
  tenant: null,
  site: brief("Tehran 1"),
  location: null,
  rack: { ...brief(rack), id: Number(rack.slice(1)) },
  status: choice("active", "Active"),
  primary_ip4: null,
  oob_ip: null,
  custom_fields: {},
  ...fields,
});

/** Servers whose names are NetBox's own say their number in a custom field. */
export const devices = (change: Readonly<Record<string, object>> = {}): string =>
  page(
    "dcim/devices",
    ...[
      device("thr1-r01-s01", "R01", {
        oob_ip: { address: "10.2.1.1/24" },
        tenant: brief("soroush"),
        primary_ip4: { address: "10.64.8.11/21" },
      }),
      device("db-host-7", "R01", {
        oob_ip: { address: "10.2.1.2/24" },
        status: choice("failed", "Failed"),
        custom_fields: { zirsakht_number: 2 },
      }),
      device("thr1-r02-s01", "R02", { oob_ip: { address: "10.2.2.1/24" }, status: choice("planned", "Planned") }),
      device("sw-1", "R01", {
        device_type: typeOf("SW48"),
        role: brief("ToR"),
        primary_ip4: { address: "10.0.1.1/32" },
        custom_fields: { zirsakht_asn: 64601 },
      }),
      device("sw-2", "R02", {
        device_type: typeOf("SW48"),
        role: brief("ToR"),
        primary_ip4: { address: "10.0.2.1/32" },
        custom_fields: { zirsakht_asn: 64602 },
      }),
    ].map((one) => ({ ...one, ...change[one.name] })),
  );

const nic = (name: string, device: string, mac: string, to: string) => ({
  ID: "1",
  Name: name,
  Device: device,
  Enabled: "True",
  Type: "SFP28 (25GE)",
  "Management Only": "False",
  "Speed (Kbps)": "25000000",
  Speed: "25 Gbps",
  "Primary MAC": mac,
  "Link Peers": to,
  Connection: to,
});

export const interfaces = csv(
  nic("eth0", "thr1-r01-s01", "02:00:00:00:01:01", "sw-1 > Ethernet1"),
  nic("eth1", "thr1-r01-s01", "02:00:00:00:01:02", "sw-1 > Ethernet2"),
  { ...nic("iDRAC", "thr1-r01-s01", "02:00:00:00:01:03", ""), "Management Only": "True" },
  nic("eth0", "db-host-7", "02:00:00:00:02:01", "sw-1 > Ethernet3"),
  nic("eth1", "db-host-7", "02:00:00:00:02:02", "sw-1 > Ethernet4"),
  nic("eth0", "thr1-r02-s01", "02:00:00:00:03:01", "sw-2 > Ethernet1"),
  nic("eth1", "thr1-r02-s01", "02:00:00:00:03:02", "sw-2 > Ethernet2"),
);

const prefix = (text: string, status: string, more: object = {}) => ({
  family: { value: 4, label: "IPv4" },
  prefix: text,
  scope_type: "dcim.site",
  scope_id: 1,
  scope: brief("Tehran 1"),
  tenant: null,
  status: choice(status, status),
  role: null,
  custom_fields: {},
  ...more,
});

export const prefixes = page(
  "ipam/prefixes",
  prefix("10.64.0.0/12", "container"),
  prefix("198.51.100.0/24", "container"),
  prefix("192.0.2.0/24", "container"),
  prefix("10.64.8.0/21", "active", { tenant: brief("soroush") }),
  prefix("198.51.100.32/27", "active", { tenant: brief("soroush"), role: brief("vips") }),
  prefix("198.51.100.64/30", "active", { tenant: brief("gap") }),
  prefix("2001:db8::/32", "container"),
);

export const vlanGroups = csv({
  ID: "1",
  Name: "Tehran",
  Slug: "tehran",
  "Scope Type": "dcim.site",
  Scope: "Tehran 1",
  "VID Ranges": "1000-1999",
});
export const vlans = page("ipam/vlans", {
  vid: 1004,
  name: "soroush",
  site: null,
  group: brief("Tehran"),
  tenant: brief("soroush"),
  status: choice("active", "Active"),
});

const feed = (name: string, rack: string, type: string) => ({
  Name: name,
  "Power Panel": "P1",
  Rack: rack,
  Site: "Tehran 1",
  Status: "Active",
  Type: type,
  Supply: "AC",
  Voltage: "230",
  Amperage: "32",
  Phase: "Three-phase",
  "Max Utilization": "80%",
  "Available Power (VA)": "10198",
});
export const powerFeeds = csv(feed("A1", "R01", "Primary"), feed("B1", "R01", "Redundant"), feed("A2", "R02", "Primary"));

/** The lists by name, which does not matter; `undefined` leaves one out. */
export function lists(change: Readonly<Record<string, string | undefined>> = {}): [string, string][] {
  const all: Readonly<Record<string, string | undefined>> = {
    "one.csv": sites(),
    "two.csv": racks(),
    "three.json": deviceTypes(),
    "four.json": devices(),
    "five.csv": interfaces,
    "six.json": prefixes,
    "seven.csv": vlanGroups,
    "eight.json": vlans,
    "nine.csv": powerFeeds,
    ...change,
  };
  return Object.entries(all).flatMap(([name, text]): [string, string][] => (text === undefined ? [] : [[name, text]]));
}

/** What NetBox never knows. */
export const company = `# the company
company: {en: Company, fa: شرکت}
horizon: 90d
headroom: {uplink: 10%, pool: 10%}
quarantine: {servers: 14d, prefixes: 30d, vlans: 30d}
reserve: {threads: 2, memory: 16GiB} # so that lumps fit
image: node-1
eraser: eraser-1
images:
  node-1: {url: "https://images.example/node-1", checksum: "sha256:${"1".repeat(64)}"}
  eraser-1: {url: "https://images.example/eraser-1", checksum: "sha256:${"2".repeat(64)}"}
`;
