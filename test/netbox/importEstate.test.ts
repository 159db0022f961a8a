/** NetBox's own lists become an estate, or every problem says what to add where. */
import { formatProblem } from "../../lib/request/problem";
import type { Host } from "../../lib/request/server";
import { sampleLock } from "../support/lock";
import { imported, problemsOf } from "./imported";
import { company, deviceTypes, devices, lists, racks, siteFields, sites } from "./lists";

const made = `${company}classes:
  x640: {threads: 64, memory: 512GiB, nic: 2 x 25 Gbit/s, nvme: 2 x 1.92TB, power: 650W, rootDevice: {minSize: 400GB}, serves: [compute]}
sites:
  thr1:
    name: {en: Tehran 1, fa: تهران ۱}
    context: thr1
    uplink: 400 Gbit/s
    asn: 64512
    private: 10.64.0.0/12
    public: [198.51.100.0/24, 192.0.2.0/24]
    vlans: 1000-1999
    dns: [10.0.0.53, 10.0.0.54]
    state: {kubernetes: {context: hub}}
    applies: terraform
    racks:
      r01: {class: x640, servers: 2, uplink: 80 Gbit/s, power: 10198W, switch: {address: 10.0.1.1, asn: 64601}}
      r02: {class: x640, servers: 1, uplink: 80 Gbit/s, power: 10198W, switch: {address: 10.0.2.1, asn: 64602}, inService: 2027-02-01}
    outOfService: {thr1-r01-s02: failed in NetBox}
    hosts: thr1-hosts.csv
`;

const hosts = `server,bmc,credentials,mac,switch,port
thr1-r01-s01,redfish-virtualmedia://10.2.1.1/redfish/v1/Systems/1,bmc-thr1-r01-s01,02:00:00:00:01:01 02:00:00:00:01:02,10.0.1.1,Ethernet1 Ethernet2
thr1-r01-s02,redfish-virtualmedia://10.2.1.2/redfish/v1/Systems/1,bmc-thr1-r01-s02,02:00:00:00:02:01 02:00:00:00:02:02,10.0.1.1,Ethernet3 Ethernet4
thr1-r02-s01,redfish-virtualmedia://10.2.2.1/redfish/v1/Systems/1,bmc-thr1-r02-s01,02:00:00:00:03:01 02:00:00:00:03:02,10.0.2.1,Ethernet1 Ethernet2
`;

test("lists of views and of the REST API become an estate with its hosts and what is held", () => {
  const result = imported(lists());
  expect(problemsOf(result)).toEqual([]);
  expect(result.files.get("estate.yaml")).toBe(made);
  expect(result.files.get("thr1-hosts.csv")).toBe(hosts);
  expect(result.files.get("adopt.csv")).toBe(
    "site,kind,resource,messenger,group,address,servers\nthr1,vlan,1004,soroush,,,\nthr1,private,10.64.8.0/21,soroush,,,\nthr1,vips,198.51.100.32/27,soroush,,,\n",
  );
  expect(result.aside).toEqual([
    "1 site without servers",
    "1 rack without servers",
    "2 devices of types that are no class: SW48",
    "1 IPv6 network of which an estate knows nothing",
    "server thr1-r01-s01 has a tenant and no zirsakht_group",
    "prefix 198.51.100.64/30 has a tenant, and no role private, vips or egress",
  ]);
});

test("what NetBox lacks is said all at once, with what to add where", () => {
  const bare = lists({
    "one.csv": sites({}),
    "two.csv": racks({}),
    "three.json": deviceTypes({ zirsakht_threads: "many", zirsakht_serves: "compute" }),
    "seven.csv": undefined,
    "nine.csv": undefined,
    "five.csv": undefined,
  });
  const toFile = "or add it to the estate.yaml that --root reads";
  const toHosts = "or have them in the CSV of hosts that the estate.yaml of --root names";
  const servers = "3 servers (thr1-r01-s01, thr1-r01-s02, thr1-r02-s01)";
  expect(problemsOf(imported(bare, { text: "horizon: 90d\n" }))).toEqual([
    'three.json:6:5: classes.x640.threads: expected a whole number of threads, 1 to 4096, got "many"',
    "estate.yaml:1:1: the estate lacks company, headroom, quarantine, reserve, image, eraser, images; NetBox does not know it; add it to the estate.yaml that --root reads",
    `three.json:6:5: class x640 lacks memory; give the device type the custom field zirsakht_memory in NetBox, ${toFile}`,
    `three.json:6:5: class x640 lacks nic; give the device type the custom field zirsakht_nic or devices whose interfaces have MAC addresses and a speed in NetBox, ${toFile}`,
    `three.json:6:5: class x640 lacks power; give the device type the custom field zirsakht_power in NetBox, ${toFile}`,
    `three.json:6:5: class x640 lacks rootDevice; give the device type the custom field zirsakht_root_device in NetBox, ${toFile}`,
    `one.csv:2:1: site thr1 lacks name.fa; give the site the custom field zirsakht_name_fa in NetBox, ${toFile}`,
    `one.csv:2:1: site thr1 lacks context; give the site the custom field zirsakht_context in NetBox, ${toFile}`,
    `one.csv:2:1: site thr1 lacks uplink; give the site the custom field zirsakht_uplink in NetBox, ${toFile}`,
    `one.csv:2:1: site thr1 lacks vlans; give the site the custom field zirsakht_vlans or exactly one VLAN group whose scope is the site, with one range in NetBox, ${toFile}`,
    `one.csv:2:1: site thr1 lacks dns; give the site the custom field zirsakht_dns in NetBox, ${toFile}`,
    `one.csv:2:1: site thr1 lacks state; give the site the custom field zirsakht_state in NetBox, ${toFile}`,
    `one.csv:2:1: site thr1 lacks applies; give the site the custom field zirsakht_applies in NetBox, ${toFile}`,
    `two.csv:2:1: 2 racks (thr1/r01, thr1/r02) lack uplink; give the racks the custom field zirsakht_uplink in NetBox, ${toFile}`,
    `two.csv:2:1: 2 racks (thr1/r01, thr1/r02) lack power; give the racks the custom field zirsakht_power or primary power feeds in NetBox, ${toFile}`,
    `four.json:6:5: ${servers} have no BMC address; give them zirsakht_bmc, or their site zirsakht_bmc with {oob_ip} and them OOB IPs, ${toHosts}`,
    `four.json:6:5: ${servers} have no name of BMC credentials; give them or their site zirsakht_bmc_credentials, ${toHosts}`,
    `four.json:6:5: ${servers} have no NICs; give them interfaces with MAC addresses that are all cabled to a switch, and import interfaces and cables too, ${toHosts}`,
  ]);
});

test("servers whose type is no class, whose number is unknown or taken, or missing, are named", () => {
  expect(problemsOf(imported(lists({ "three.json": deviceTypes({}) })))[0]).toMatch(
    /^four\.json:\d+:5: 3 servers of the device type X640, which is no class; give the device type zirsakht_threads, /,
  );
  const found = problemsOf(
    imported(lists({ "four.json": devices({ "db-host-7": { custom_fields: {} }, "thr1-r02-s01": { name: "thr1-r02-s03" } }) })),
  );
  expect(found).toContainEqual(
    expect.stringMatching(
      /^four\.json:\d+:5: db-host-7: expected thr1-r01-s01 to thr1-r01-s99 as its name, or its number 1 to 99 in the custom field zirsakht_number$/,
    ),
  );
  expect(found).toContainEqual(
    expect.stringMatching(
      /^four\.json:\d+:5: thr1-r02-s03 is the last server of its rack, and thr1-r02-s01, thr1-r02-s02 are missing; servers are numbered from 1 without gaps, so add what is missing, or number them anew$/,
    ),
  );
  const again = problemsOf(imported(lists({ "four.json": devices({ "db-host-7": { custom_fields: { zirsakht_number: 1 } } }) })));
  expect(again).toEqual([
    expect.stringMatching(/^four\.json:\d+:5: db-host-7: thr1-r01-s01 is server 1 of rack r01 already; give it another number$/),
  ]);
});

test("an estate is brought up to date: comments and what NetBox does not know stay, what it knows better changes", () => {
  const before = made
    .replace("uplink: 400 Gbit/s", "uplink: 200 Gbit/s # until the new fibre")
    .replace("power: 10198W, switch: {address: 10.0.1.1", "power: 10.198kW, switch: {address: 10.0.1.1")
    .replace("{thr1-r01-s02: failed in NetBox}", "{thr1-r01-s01: memory errors}")
    .replace("[198.51.100.0/24, 192.0.2.0/24]", "[192.0.2.0/24, 198.51.100.0/24]")
    .replace(
      "    outOfService",
      "      r99: {class: x640, servers: 1, uplink: 80 Gbit/s, power: 9kW, switch: {address: 10.0.99.1, asn: 64699}}\n    outOfService",
    );
  const row = (server: string): [string, Host] => [
    server,
    {
      server,
      bmc: { address: "ipmi://10.2.99.1", credentials: "old" },
      nics: [{ mac: "02:00:00:00:99:01", port: "p1" }],
      switch: "10.0.99.1",
    },
  ];
  const lists_ = lists({
    "one.csv": sites({ zirsakht_uplink: "400 Gbit/s", zirsakht_bmc: siteFields.zirsakht_bmc, zirsakht_bmc_credentials: "bmc-{server}" }),
  });
  const result = imported(lists_, {
    text: before,
    hosts: (csv) => (csv === "thr1-hosts.csv" ? new Map([row("thr1-r99-s01"), row("thr1-r01-s07")]) : new Map()),
  });
  expect(problemsOf(result)).toEqual([]);
  expect(result.changed.map((path) => path.join("."))).toEqual([
    "sites.thr1.uplink",
    "sites.thr1.outOfService.thr1-r01-s01",
    "sites.thr1.outOfService.thr1-r01-s02",
  ]);
  expect(result.kept).toEqual([["sites", "thr1", "racks", "r99"]]);
  expect(result.files.get("estate.yaml")).toBe(
    before.replace("200 Gbit/s", "400 Gbit/s").replace("{thr1-r01-s01: memory errors}", "{thr1-r01-s02: failed in NetBox}"),
  );
  expect(result.files.get("thr1-hosts.csv")).toBe(`${hosts}thr1-r99-s01,ipmi://10.2.99.1,old,02:00:00:00:99:01,10.0.99.1,p1\n`);
});

test("what the lock holds needs no adoption, and whom it gives it to otherwise is disputed", () => {
  const lock = sampleLock();
  const [site] = Object.values(lock.sites);
  if (!site) throw new Error("the sample has no site");
  lock.sites = {
    thr1: { ...site, vlans: { "1004": { messenger: "gap" } }, private: { "10.64.8.0/21": { messenger: "soroush" } }, vips: {} },
  };
  const result = imported(lists(), { lock });
  expect(result.disputed).toEqual(["vlan 1004 at thr1 is held by gap in the lock and by soroush in NetBox"]);
  expect(result.files.get("adopt.csv")?.split("\n").slice(1)).toEqual(["thr1,vips,198.51.100.32/27,soroush,,,", ""]);
});

test("lists without a single class say what a class is, and what they have instead", () => {
  const { problems } = imported(
    lists({
      "three.json": undefined,
      "four.json": devices({ "thr1-r01-s01": { role: { name: "Blade" } } }).replaceAll('"Server"', '"Host"'),
    }),
  );
  expect(problems.map(formatProblem)[0]).toBe(
    "estate.yaml:1:1: there are no classes: a class is a device type with custom fields such as zirsakht_threads, a site one with servers of such types; import the lists of sites, racks, device types and devices, with the columns of these fields; the lists have 1 site without servers; 1 rack without servers; 5 devices of types that are no class: X640, SW48; 1 IPv6 network of which an estate knows nothing; prefix 198.51.100.64/30 has a tenant, and no role private, vips or egress",
  );
});

test.each([
  [
    "sites: [a]\nclasses: 7\n",
    ["estate.yaml:13:10: classes: expected a map of keys, got 7", "estate.yaml:12:8: sites: expected a map of keys, got a list"],
  ],
  ["sites: {thr1: 5}\n", ["estate.yaml:12:15: sites.thr1: expected a map of keys, got 5"]],
  ["sites: {thr1: {racks: [1]}}\n", ["estate.yaml:12:23: sites.thr1.racks: expected a map of keys, got a list"]],
])("an estate.yaml with %j is told of at its place, and not written over", (more, problems) => {
  const result = imported(lists(), { text: `${company}${more}` });
  expect(problemsOf(result)).toEqual(problems);
});

test("a custom field with a YAML alias, and a site that is called as every object's constructor, are but words", () => {
  const alias = lists({ "one.csv": sites({ ...siteFields, zirsakht_state: "[&a x, *a]" }) });
  expect(problemsOf(imported(alias))).toEqual([
    'one.csv:2:1: sites.thr1.state: expected exactly one of local, kubernetes, pg, s3, http, got "[&a x, *a]"',
  ]);
  const list = lists({
    "one.csv": sites().replace(",thr1,", ",constructor,"),
    "four.json": devices().replaceAll("thr1-r", "constructor-r"),
  });
  const named = imported(list.map(([file, text]) => [file, file === "five.csv" ? text.replaceAll("thr1-r", "constructor-r") : text]));
  expect(problemsOf(named)).toEqual([]);
  expect(named.files.has("constructor-hosts.csv")).toBe(true);
});
