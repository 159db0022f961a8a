/** Checks across keys and files: each a change of the shared files, and the problems that it makes. */
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRequest } from "../../../lib/request/read";
import type { Lock } from "../../../lib/request/lock";
import { edit, editLock, problemsOf, sampleRoot } from "../../support/root";

type Changes = Readonly<Record<string, string>>;
const read = (root: string) => problemsOf(root, () => readRequest(root));
const after = (file: string, changes: Changes): string[] => {
  const root = sampleRoot();
  edit(root, file, changes);
  return read(root);
};

test.each<[string, Changes, string[]]>([
  [
    "an image that is none",
    { "image: node-1\n": "image: nod-1\n" },
    ["estate.yaml:8:8: image: there is no image nod-1, did you mean node-1?"],
  ],
  [
    "an eraser for new grants",
    { "image: node-1\n": "image: eraser-1\n" },
    ["estate.yaml:9:9: eraser: eraser-1 is also the image of new grants, which would erase them; name another one"],
  ],
  [
    "a class that is all reserve",
    { "reserve: {threads: 2,": "reserve: {threads: 64," },
    [
      "estate.yaml:16:15: classes.compute-64: all of its 64 threads are reserved (reserve.threads)",
      "estate.yaml:18:14: classes.general-48: all of its 48 threads are reserved (reserve.threads)",
    ],
  ],
  [
    "a surge that ends before it starts",
    { "to: 2027-01-05": "to: 2026-12-19" },
    ["estate.yaml:27:50: surges.0: arrival-of-all ends on 2026-12-19 before it starts on 2026-12-20"],
  ],
  [
    "VLANs the wrong way round",
    { "vlans: 2000-2999": "vlans: 2999-2000" },
    ["estate.yaml:65:12: sites.mhd1.vlans: expected a range within 1-4094 that does not end before it starts, got 2999-2000"],
  ],
])("estate: %s", (_, changes, expected) => {
  expect(after("estate.yaml", changes).filter((problem) => problem.startsWith("estate"))).toEqual(expected);
});

test.each<[string, Changes, RegExp[]]>([
  [
    "host bits",
    { "private: 10.64.0.0/12": "private: 10.65.0.0/12" },
    [/^estate\.yaml:\d+:\d+: sites\.thr1\.private: 10\.65\.0\.0\/12 has host bits; did you mean 10\.64\.0\.0\/12\?$/],
  ],
  [
    "private networks that overlap",
    { "private: 10.80.0.0/12": "private: 10.64.0.0/10" },
    [/10\.64\.0\.0\/12 overlaps 10\.64\.0\.0\/10 of sites\.mhd1\.private; every address belongs to one network$/],
  ],
  [
    "public networks that overlap",
    { "public: [203.0.113.0/24]": "public: [203.0.113.0/24, 203.0.113.128/25]" },
    [/sites\.mhd1\.public\.1: 203\.0\.113\.128\/25 overlaps 203\.0\.113\.0\/24 of sites\.mhd1\.public\.0/],
  ],
  [
    "a private network that is public",
    { "private: 10.80.0.0/12": "private: 11.0.0.0/12" },
    [/sites\.mhd1\.private: 11\.0\.0\.0\/12 is not private; expected a part of 10\.0\.0\.0\/8/],
  ],
  [
    "a public network that is private",
    { "203.0.113.0/24": "192.168.0.0/24" },
    [/sites\.mhd1\.public\.0: 192\.168\.0\.0\/24 is not public/],
  ],
  [
    "a switch in a granted network",
    { "address: 10.0.1.1": "address: 10.64.0.1" },
    [/r01\.switch\.address: 10\.64\.0\.1 lies in 10\.64\.0\.0\/12 of sites\.thr1\.private, whose addresses are granted to messengers$/],
  ],
  [
    "one cluster for two sites",
    { "context: mhd1": "context: thr1" },
    [/sites\.mhd1\.context: thr1 has the cluster thr1 too; each site has its own$/],
  ],
  [
    "a class that is none",
    { "class: compute-64, servers: 8": "class: compute-46, servers: 8" },
    [/r01\.class: there is no class compute-46, did you mean compute-64\?$/],
  ],
  [
    "too little power",
    { "servers: 8, uplink: 80 Gbit/s, power: 9kW": "servers: 8, uplink: 80 Gbit/s, power: 5kW" },
    [
      /^estate\.yaml:46:\d+: sites\.thr1\.racks\.r01: 8 servers of class compute-64 draw 5200 W, the rack has 5000 W; at most 7 of them fit$/,
    ],
  ],
  [
    "a pool that serves not all",
    { "asn: 64613}": "asn: 64613}, pool: true" },
    [/a rack of the pool needs a class that serves all; compute-64 serves compute$/],
  ],
  ["one ASN for two switches", { "asn: 64614": "asn: 64613" }, [/r02: the switch of r01 has the asn 64613 too; each has its own$/]],
  [
    "a server out of service that is none",
    { "thr1-r01-s07": "thr1-r01-s77" },
    [/sites\.thr1\.outOfService: "thr1-r01-s77" is no server of this site, expected a name such as thr1-r01-s01 \(to s08\)$/],
  ],
  ["no way to reach hosts", { "    bmc: {": "    city: {" }, [/the key "city" stands twice in its map, first at \d+:5; keep one$/]],
  [
    "an unknown placeholder",
    { 'credentials: "bmc-{server}"': 'credentials: "bmc-{name}"' },
    [
      /sites\.thr1\.bmc\.credentials: unknown placeholder \{name\}, expected one of \{server\} \{site\} \{rack\} \{n\} \{rack:02x\} \{n:02x\}$/,
    ],
  ],
  [
    "one MAC for a rack",
    { "02:01:{rack:02x}:{n:02x}:00:00": "02:01:{rack:02x}:00:00:00" },
    [
      /thr1-r01-s02: its MAC 02:01:01:00:00:00 is also that of thr1-r01-s01$/,
      /s03/,
      /s04/,
      /s05/,
      /s06/,
      /^estate\.yaml:\d+:\d+: \d+ more problems of the hosts of thr1$/,
    ],
  ],
])("sites: %s", (_, changes, expected) => {
  const root = sampleRoot();
  // The messengers and the lock follow the estate; here only its own problems count.
  edit(root, "estate.yaml", changes);
  const problems = read(root).filter((problem) => problem.startsWith("estate"));
  expect(problems).toEqual(expected.map((pattern) => expect.stringMatching(pattern) as string));
});

test.each<[string, string, Changes, string[]]>([
  [
    "more active than registered",
    "soroush",
    { "active: 500k": "active: 2M" },
    ["5:36: audience.active: 2000000 are active, more than the 1000000 registered"],
  ],
  [
    "more on a day than in a month",
    "bale",
    { "dailyActive: 25k": "dailyActive: 70k" },
    ["5:56: audience.dailyActive: 70000 are active on a day, more than the 60000 of a month"],
  ],
  [
    "focus with less than all",
    "soroush",
    { "stackClass: B": "needs: [network, cluster]" },
    ["6:8: needs: tier focus has all three needs, hardware left out here; remove needs, or make the tier on-request"],
  ],
  [
    "bare hosts without an image",
    "bale",
    { "[network, cluster]": "[hardware]" },
    ["2:1: missing key image: hardware without cluster takes the messenger's own image, {name, url, checksum}"],
  ],
  [
    "an image for nothing",
    "hodhod",
    { "needs: [hardware]": "needs: [hardware, cluster]" },
    ["7:1: image: only hardware without cluster takes an image of the messenger's own; remove it"],
  ],
  [
    "a surge with both figures",
    "soroush",
    { "factor: 1.4": "factor: 1.4, active: 1M" },
    ["9:10: surges.0: expected either factor or active, got both"],
  ],
  ["a surge without figures", "soroush", { ", factor: 1.4": "" }, ["9:10: surges.0: expected either factor or active, got neither"]],
  [
    "surges that overlap",
    "soroush",
    { "factor: 1.4}]": "factor: 1.4}, {name: b, from: 2027-03-25, to: 2027-03-25, active: 1M}]" },
    ["9:91: surges.1: b (2027-03-25 to 2027-03-25) overlaps new-year (2027-03-18 to 2027-03-25); give every day to one of them"],
  ],
  [
    "shares that are not the whole",
    "soroush",
    { "mhd1: 40%": "mhd1: 30%" },
    ["10:20: placement.sites: the shares are 90% together; expected 100%"],
  ],
  [
    "parts of a per cent",
    "soroush",
    { "thr1: 60%, mhd1: 40%": "thr1: 60.5%, mhd1: 39.5%" },
    ["10:27: placement.sites.thr1: expected whole per cent, got 60.5%", "10:40: placement.sites.mhd1: expected whole per cent, got 39.5%"],
  ],
  [
    "one site to survive one",
    "soroush",
    { "thr1: 60%, mhd1: 40%": "thr1: 100%, mhd1: 0%" },
    ["10:54: placement.survives: site takes exactly two sites with a share above 0%, got 1"],
  ],
  [
    "a site that is none",
    "bale",
    { "thr1: 100%": "thr2: 100%" },
    ["7:27: placement.sites.thr2: there is no site thr2, did you mean thr1?"],
  ],
  [
    "no sites where there are several",
    "bale",
    { "placement: {sites: {thr1: 100%}}": "placement: {}" },
    ["7:12: missing key placement.sites: the estate has several sites, so give the share of each, such as {thr1: 100%}"],
  ],
  [
    "a sector of an active one",
    "soroush",
    { "lifecycle: active": "lifecycle: {state: active, sector: health}" },
    ["13:36: lifecycle.sector: only a repurposed messenger has a sector, and this one is active; remove it"],
  ],
  [
    "a group of Kubernetes itself",
    "bale",
    { "bale-admins": "'system:authenticated'" },
    [
      "8:19: access.admins: system:authenticated is a group of Kubernetes itself and holds more than your people; name a group of the identity provider",
    ],
  ],
  [
    "parity without shards",
    "soroush",
    { "size_photo: 100": "ec_parity: 4" },
    ["7:22: profile.ec_parity: shards and parity belong together; give both ec_shards and ec_parity"],
  ],
  [
    "absent with a lock",
    "bale",
    { "access: {admins: [bale-admins]}": "lifecycle: absent" },
    ["8:12: lifecycle: bale is absent, and the lock still holds 1 VLAN and 3 prefixes for it; make it retired and release them first"],
  ],
])("messenger: %s", (_, id, changes, expected) => {
  expect(after(`messengers/${id}.yaml`, changes)).toEqual(expected.map((problem) => `messengers/${id}.yaml:${problem}`));
});

test.each([
  ["pool", "the id pool is reserved (all, erasing, estate, messenger, none, pool, site, zirsakht); choose another one"],
  ["thr1", "thr1 is a site; choose another id"],
  ["bale-erasing", "objects of bale-erasing would be named as those that bale has for erasing; choose another id"],
  ["bale-r01", "objects of bale-r01 would be named as those that bale has for r01; choose another id"],
])("a messenger called %s is refused", (id, message) => {
  const root = sampleRoot();
  cpSync(join(root, "messengers/bale.yaml"), join(root, `messengers/${id}.yaml`));
  edit(root, `messengers/${id}.yaml`, { "messenger: bale": `messenger: ${id}` });
  expect(read(root)).toEqual([`messengers/${id}.yaml:2:12: messenger: ${message}`]);
});

test("two messengers with one image of different content, and an image in use that changes", () => {
  const root = sampleRoot();
  edit(root, "messengers/hodhod.yaml", { "name: hodhod-7": "name: node-1" });
  edit(root, "estate.yaml", { [`checksum: "sha256:${"1".repeat(64)}"`]: `checksum: "sha256:${"2".repeat(64)}"` });
  const problems = read(root);
  expect(problems[0]).toBe(
    "estate.yaml:11:66: the image node-1 is in use at mhd1 with another checksum (mhd1-r02-s01 runs it); an image in use never changes, give the new one a new name",
  );
  expect(problems[1]).toBe(
    "messengers/hodhod.yaml:10:10: the image node-1 has another url in the estate; one name is one image, give this one its own",
  );
});

type Site = Lock["sites"][string];
const granted = { group: "compute", state: "granted", since: "2026-11-24", image: "node-1" } as const;
test.each<[string, (thr1: Site) => void, string[]]>([
  [
    "a server that is none",
    ({ servers }) => (servers["thr1-r01-s09"] = { ...granted, messenger: "soroush", address: "10.64.4.12" }),
    [
      "thr1-r01-s09 is no server of thr1, expected a name such as thr1-r01-s01 (to s08); a rack keeps its servers in estate.yaml while the lock holds them",
    ],
  ],
  [
    "two holders",
    ({ servers }) => (servers["thr1-r01-s03"] = { ...granted, messenger: "soroush", pool: true, group: "all", address: "10.64.0.13" }),
    ["thr1-r01-s03: expected one holder, messenger or pool, got both"],
  ],
  [
    "a holder without a file",
    ({ vlans }) => (vlans["1003"] = { messenger: "nobody" }),
    ["1003: nobody has no file; bring messengers/nobody.yaml back, release what it holds, and remove the file after that"],
  ],
  [
    "a quota without a file",
    ({ quotas }) => (quotas.nobody = { cpu: 1, memoryGiB: 1, nvmeTiB: 0, objectTiB: 0 }),
    ["nobody: nobody has no file; bring messengers/nobody.yaml back, release what it holds, and remove the file after that"],
  ],
  [
    "an image that is not there",
    ({ servers }) => (servers["thr1-r01-s03"] = { ...granted, messenger: "soroush", image: "node-0", address: "10.64.4.12" }),
    ["thr1-r01-s03: the image node-0 is not among this site's images"],
  ],
  ["a VLAN out of range", ({ vlans }) => (vlans["2500"] = { pool: true }), ["VLAN 2500 is not of thr1, which has 1000-1999"]],
  [
    "a VLAN held and resting",
    ({ quarantine }) => (quarantine.vlans["1000"] = { from: "bale", until: "2026-12-01" }),
    ["VLAN 1000 is both held and in quarantine"],
  ],
  [
    "a prefix of nowhere",
    (thr1) => (thr1.private["10.96.0.0/24"] = { messenger: "bale" }),
    ["10.96.0.0/24 is not of thr1, which has 10.64.0.0/12"],
  ],
  [
    "prefixes that overlap",
    ({ vips }) => (vips["198.51.100.64/27"] = { messenger: "bale" }),
    [
      "198.51.100.64/30 overlaps 198.51.100.64/27 (vips); an address has one holder",
      "198.51.100.68/31 overlaps 198.51.100.64/27 (vips); an address has one holder",
    ],
  ],
  [
    "a prefix that rests and is held",
    ({ quarantine }) => (quarantine.prefixes["10.64.4.0/25"] = { from: "bale", until: "2026-12-01" }),
    ["10.64.4.0/25 overlaps 10.64.4.0/24 (private); an address has one holder"],
  ],
  [
    "an address twice",
    ({ servers }) => (servers["thr1-r01-s03"] = { ...granted, messenger: "soroush", address: "10.64.4.11" }),
    ["thr1-r01-s03: thr1-r01-s02 has the address 10.64.4.11 too"],
  ],
  [
    "another holder's address",
    ({ servers }) => (servers["thr1-r01-s03"] = { ...granted, messenger: "soroush", address: "10.64.8.12" }),
    ["thr1-r01-s03: 10.64.8.12 lies in no private prefix of its holder"],
  ],
  [
    "egress on a free server",
    ({ egress }) => (egress["198.51.100.72/32"] = { messenger: "bale", servers: ["thr1-r10-s01"] }),
    ["198.51.100.72/32: thr1-r10-s01 is not held; expected a server of bale or of the pool"],
  ],
  [
    "a detached server that waits for nothing",
    ({ servers }) => (servers["thr1-r01-s03"] = { ...granted, messenger: "soroush", state: "detached", address: "10.64.4.12" }),
    ["thr1-r01-s03: a detached server says what it waits for, for: roll or erase"],
  ],
  [
    "a server held and resting",
    ({ quarantine }) => (quarantine.servers["thr1-r01-s02"] = { from: "bale", until: "2026-12-01" }),
    ["thr1-r01-s02 is both held and in quarantine"],
  ],
])("lock: %s", (_, change, expected) => {
  const root = sampleRoot();
  editLock(root, ({ sites }) => sites.thr1 && change(sites.thr1));
  expect(read(root).map((problem) => problem.replace(/^allocations\.lock\.json:\d+:\d+: /, ""))).toEqual(expected);
});

test("a section that is missing says what stands there", () => {
  const root = sampleRoot();
  editLock(root, ({ sites }) => sites.thr1 && Reflect.deleteProperty(sites.thr1, "quotas"));
  expect(read(root)).toEqual([
    expect.stringMatching(/^allocations\.lock\.json:74:13: sites\.thr1: missing key quotas: Promised shares of the pool by messenger\.$/),
  ]);
});

describe("a CSV of hosts", () => {
  const header = "server,bmc,credentials,mac,switch,port\n";
  const row = (server: string, n: number) =>
    `${server},redfish://10.9.0.${n}/redfish/v1/Systems/1,bmc-${server},02:00:00:00:00:${String(n).padStart(2, "0")},10.1.1.1,Ethernet${n}\n`;
  const withHosts = (csv: string) => {
    const root = sampleRoot();
    edit(root, "estate.yaml", {
      '    bmc: {address: "redfish-virtualmedia://10.11': '    hosts: mhd1-hosts.csv\n    #bmc: {address: "redfish-virtualmedia://10.11',
      '    nics:\n      - {mac: "02:02:{rack:02x}:{n:02x}:00:00", port: "Ethernet{n}/1"}\n      - {mac: "02:02:{rack:02x}:{n:02x}:00:01", port: "Ethernet{n}/2"}\n':
        "",
    });
    writeFileSync(join(root, "mhd1-hosts.csv"), csv);
    return root;
  };

  test("gives each server its host, with several NICs", () => {
    const root = withHosts(
      header +
        row("mhd1-r01-s01", 1)
          .replace(/02:0.*01,10/, "02:00:00:00:00:0A 02:00:00:00:00:0b,10")
          .replace("Ethernet1", "e1 e2"),
    );
    expect(readRequest(root, { messengers: [] }).host("mhd1-r01-s01").nics).toEqual([
      { mac: "02:00:00:00:00:0a", port: "e1" },
      { mac: "02:00:00:00:00:0b", port: "e2" },
    ]);
  });

  test("names what is missing, unknown and repeated, a few of each site", () => {
    const rows = row("mhd1-r01-s01", 1) + row("mhd1-r01-s02", 1) + row("mhd9-r01-s01", 3).replace("02:00", "01:00");
    expect(read(withHosts(header + rows)).slice(0, 3)).toEqual([
      "mhd1-hosts.csv:3:1: mhd1-r01-s02: its BMC address redfish://10.9.0.1/redfish/v1/Systems/1 is also that of mhd1-r01-s01",
      "mhd1-hosts.csv:3:1: mhd1-r01-s02: its MAC 02:00:00:00:00:01 is also that of mhd1-r01-s01",
      "mhd1-hosts.csv:1:1: there is no row for mhd1-r01-s03; every server of mhd1 needs one",
    ]);
  });

  test.each([
    ["nothing", "", ["mhd1-hosts.csv:1:1: the file is empty; expected the columns server,bmc,credentials,mac,switch,port"]],
    [
      "other columns",
      "server,bmk,credentials,mac,switch,port\n",
      [
        'mhd1-hosts.csv:1:1: unknown column "bmk", did you mean bmc?',
        "mhd1-hosts.csv:1:1: missing column bmc; expected server,bmc,credentials,mac,switch,port",
      ],
    ],
    [
      "a merge conflict",
      `${header}<<<<<<< HEAD\n${row("mhd1-r01-s01", 1)}=======\n>>>>>>> other\n`,
      [
        "mhd1-hosts.csv:2:1: a merge conflict stands here, which git leaves to you; keep the lines that are right, and remove the lines <<<<<<<, ======= and >>>>>>>",
      ],
    ],
    ["a short row", `${header}a,b\n`, [expect.stringMatching(/^mhd1-hosts\.csv:2:1: not valid CSV: /) as string]],
    [
      "an empty value",
      `${header}${row("mhd1-r01-s01", 1)}mhd1-r01-s02,b,,d,e,f\n`,
      ["mhd1-hosts.csv:3:1: credentials is empty; every server needs all of server,bmc,credentials,mac,switch,port"],
    ],
    [
      "a row twice",
      header + row("mhd1-r01-s01", 1) + row("mhd1-r01-s01", 2),
      ['mhd1-hosts.csv:3:1: "mhd1-r01-s01" stands twice, first in line 2; keep one row'],
    ],
    [
      "a NIC without a port",
      header + row("mhd1-r01-s01", 1).replace(",02:", ",02:00:00:00:00:02 02:"),
      ["mhd1-hosts.csv:2:1: 2 MAC addresses and 1 ports; expected a port for each, separated by spaces in the same order"],
    ],
  ])("with %s is refused", (_, csv, expected) => {
    expect(read(withHosts(csv))).toEqual(expected);
  });
});
