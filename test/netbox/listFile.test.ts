/** Lists are told apart by what is in them. */
import { parseList } from "../../lib/netbox/listFile";
import { formatProblem } from "../../lib/request/problem";
import { csv, devices, interfaces, page, prefixes, racks, sites } from "./lists";

const kindOf = (text: string): string | undefined => parseList("list", text).kind;
const problemsOf = (text: string): string[] => parseList("list", text).problems.map(formatProblem);
const header = (columns: string): string => `${columns}\n`;

test.each([
  // Default columns of NetBox's list views.
  ["ID,Name,Status,Facility,Region,Group,Tenant,Description", "site"],
  ["Name,Site,Location,Group,Status,Facility ID,Tenant,Role,Type,Height,Devices,Space", "rack"],
  ["Device Type,Manufacturer,Part Number,U Height,Full Depth,Device Count", "deviceType"],
  ["Name,Status,Tenant,Site,Location,Rack,Role,Manufacturer,Type,IP Address", "device"],
  ["Name,Device,Label,Enabled,Type,Description", "interface"],
  ["MAC Address,Primary,Parent,Interface,Description", "macAddress"],
  ["Prefix,Status,Children,VRF,Utilization,Tenant,Scope,VLAN,Role,Description", "prefix"],
  ["VID,Name,Site,Group,Prefixes,Tenant,Status,Role,Description", "vlan"],
  ["ID,Name,Scope Type,Scope,VID Ranges,VLANs,Utilization", "vlanGroup"],
  ["Name,Power Panel,Rack,Status,Type,Supply,Voltage,Amperage,Phase,Cable,Link Peers", "powerFeed"],
  ["IP Address,VRF,Status,Role,Tenant,Assigned,DNS Name,Description", "ipAddress"],
  ["ID,Label,Termination A,Rack A,Device A,Termination B,Rack B,Device B", "other"],
  ["Name,Slug,Description", "other"],
  // What is near to one of them and another.
  ["Model,Manufacturer,form_factor,Height,Description,Rack Count", undefined],
  ["Module Type,Manufacturer,Part Number", undefined],
  ["Name,Device,Label,Type,Speed,Description", undefined],
  // What the bulk import takes.
  ["name,slug,status,cf_zirsakht_uplink", "site"],
  ["side_a_device,side_a_type,side_a_name,side_b_device,side_b_type,side_b_name", "cable"],
])("%s is a list of %s", (columns, kind) => {
  expect(kindOf(header(columns))).toBe(kind);
});

test("JSON says its kind in its addresses, and in its fields where it has none", () => {
  expect([devices(), prefixes, page("circuits/circuits", { cid: "1" })].map(kindOf)).toEqual(["device", "prefix", "other"]);
  expect(kindOf(JSON.stringify([{ vid: 7, name: "seven" }]))).toBe("vlan");
  expect(kindOf('{"count": 0, "results": []}')).toBe("other");
});

test("all forms give the same texts", () => {
  const [first] = parseList("list", devices()).rows;
  expect(Object.fromEntries(first?.values ?? [])).toMatchObject({
    name: "thr1-r01-s01",
    device_type: "X640",
    manufacturer: "Acme",
    site: "Tehran 1",
    status: "active",
    primary_ip4: "10.64.8.11/21",
  });
  const nic = page("dcim/interfaces", {
    device: { name: "a" },
    name: "eth0",
    type: { value: "25gbase-x-sfp28", label: "SFP28 (25GE)" },
    mgmt_only: false,
    connected_endpoints: [{ device: { name: "sw" }, name: "Ethernet1" }],
    primary_mac_address: { mac_address: "02:00:00:00:00:01" },
    custom_fields: { zirsakht_x: 1, empty: null },
  });
  expect(Object.fromEntries(parseList("list", nic).rows[0]?.values ?? [])).toMatchObject({
    device: "a",
    type: "25gbase-x-sfp28",
    mgmt_only: "false",
    connection: "sw > Ethernet1",
    primary_mac_address: "02:00:00:00:00:01",
    zirsakht_x: "1",
  });
  expect(Object.fromEntries(parseList("list", interfaces).rows[0]?.values ?? [])).toMatchObject({
    device: "thr1-r01-s01",
    mgmt_only: "False",
    connection: "sw-1 > Ethernet1",
    primary_mac_address: "02:00:00:00:01:01",
  });
  const cable = page("dcim/cables", {
    a_terminations: [{ object_type: "dcim.interface", object: { device: { name: "a" }, name: "eth0" } }],
    b_terminations: [{ object_type: "dcim.interface", object: { device: { name: "sw" }, name: "Ethernet1" } }],
  });
  expect(Object.fromEntries(parseList("list", cable).rows[0]?.values ?? [])).toMatchObject({
    side_a_device: "a",
    side_a_name: "eth0",
    side_b_device: "sw",
    side_b_name: "Ethernet1",
  });
  const group = page("ipam/vlan-groups", { name: "g", vid_ranges: [[1000, 1999]], scope_type: "dcim.site", scope: { name: "Tehran 1" } });
  expect(Object.fromEntries(parseList("list", group).rows[0]?.values ?? [])).toMatchObject({ vid_ranges: "1000-1999", scope: "Tehran 1" });
});

test("a semicolon, a bar or a tab separates as well, and rows know their lines", () => {
  for (const mark of [";", "|", "\t"]) expect(kindOf(sites().replaceAll(",", mark))).toBe("site");
  const { rows } = parseList("list", csv({ VID: "1", Name: "a" }, { VID: "2", Name: "b, c" }));
  expect(rows.map(({ values, at }) => [values.get("name"), at().line])).toEqual([
    ["a", 2],
    ["b, c", 3],
  ]);
  const text = devices();
  const starts = parseList("list", text).rows.map(({ at }) => text.split("\n")[at().line - 1]);
  expect(new Set(starts)).toEqual(new Set(["    {"]));
});

test("what is no list of NetBox is refused", () => {
  expect(problemsOf("a,b\n1,2\n")).toEqual([
    'list:1:1: nothing tells what this lists (its columns are "a, b"); expected sites, racks, device types, devices, interfaces, MAC addresses, cables, prefixes, VLANs, VLAN groups, IP addresses, power feeds, with all their columns',
  ]);
  expect(problemsOf("manufacturer: Acme\nmodel: X640\nslug: x640\n")).toEqual([
    "list:1:1: device types as YAML, which has no custom fields; export them as JSON, or as the CSV of the current view",
  ]);
  expect(problemsOf("")).toEqual(["list:1:1: the file is empty; expected a list that NetBox exported"]);
  expect(problemsOf('{"a": 1}')).toEqual(["list:1:1: expected {count, results: […]} or a list of objects"]);
  const mixed = `[${[page("ipam/vlans", { vid: 1, name: "a" }), page("dcim/sites", { name: "s" })].map((text) => JSON.stringify((JSON.parse(text) as { results: object[] }).results[0])).join(",\n")}]`;
  expect(problemsOf(mixed)).toEqual(["list:2:1: the file lists VLANs and sites; expected one kind a file"]);
  const lack = "export it with all its columns, or as JSON without brief and fields";
  expect(problemsOf(page("dcim/devices", { name: "a", display: "a" }))).toEqual([
    `list:1:1: the list of devices lacks site, rack, device_type; ${lack}`,
  ]);
  expect(problemsOf("Name,Site,Role,Type\na,b,c,d\n")).toEqual([`list:1:1: the list of devices lacks rack; ${lack}`]);
  expect(problemsOf(`${racks()}"`)[0]).toMatch(/^list:\d+:1: not valid CSV: /);
});
