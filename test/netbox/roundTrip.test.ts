/** What is exported to NetBox and imported again is the same estate, and the same is held by the same. */
import * as fc from "fast-check";
import { parse, stringify } from "yaml";
import { exportTables } from "../../lib/netbox/exportTables";
import type { EstateText } from "../../lib/netbox/exportInput";
import { importEstate } from "../../lib/netbox/importEstate";
import { parseList } from "../../lib/netbox/listFile";
import { estateSchema } from "../../lib/request/estate";
import { findingsOfEstate } from "../../lib/request/check/all";
import { hostsByRule } from "../../lib/request/host";
import type { Lock } from "../../lib/request/lock";
import { serverOf, serversOfRack, type Host } from "../../lib/request/server";
import { sampleLock } from "../support/lock";

/** A text as people write it, with what breaks careless CSV and YAML. */
const word = fc.oneof(
  fc.constantFrom(
    "memory errors, 2026-11-02",
    'the "old" hall',
    "a: b # c",
    "{x",
    "- 1",
    "ته ران",
    "=1+1",
    "null",
    "8",
    "a;b|c\td".replace("\t", " "),
  ),
  fc.stringMatching(/^[A-Za-z0-9,;:"'#{}[\]&*!|>%@`\u0627-\u06cc-]{1,12}$/),
);
const key = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
const optional = <T>(name: string, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map((made) => (made === undefined ? {} : { [name]: made }));
const all = (...parts: fc.Arbitrary<object>[]) => fc.tuple(...parts).map((made) => Object.assign({}, ...made) as object);

const serverClass = all(
  fc.record({
    threads: fc.integer({ min: 3, max: 4096 }),
    memory: fc.constantFrom("512GiB", "17 GiB", "1.5TiB"),
    nic: fc.constantFrom("2 x 25 Gbit/s", "1 x 1 Gbit/s", "4 x 2.5 Gbit/s"),
    power: fc.constantFrom("650W", "0.7kW"),
    rootDevice: fc.constantFrom({ minSize: "400GB" }, { rotational: false }, { model: "a: {b}, 'c'", deviceName: "/dev/disk/by-path/x" }),
    serves: fc.constantFrom(["all"], ["compute", "all"], ["object", "all", "database"]),
  }),
  optional("nvme", fc.constant("2 x 1.92TB")),
  optional("disks", fc.constant("12 x 18TB")),
);

const rack = (classes: readonly string[]) =>
  all(
    fc.record({
      class: fc.constantFrom(...classes),
      servers: fc.integer({ min: 1, max: 4 }),
      uplink: fc.constantFrom("80 Gbit/s", "800 Mbit/s"),
      power: fc.constantFrom("14kW", "3_000W"),
    }),
    optional("pool", fc.constant(true)),
    optional("inService", fc.constantFrom("2026-01-31", "2027-02-01")),
    optional("outOfService", word),
  );

const rules = {
  bmc: { address: "redfish://10.2.{rack}.{n}/redfish/v1/Systems/1", credentials: "bmc-{server}" },
  nics: [
    { mac: "02:{rack:02x}:{n:02x}:00:00:00", port: "Ethernet{n}/1" },
    { mac: "02:{rack:02x}:{n:02x}:00:00:01", port: "Ethernet{n}/2" },
  ],
};

const estates: fc.Arbitrary<EstateText> = fc
  .record({ classes: fc.uniqueArray(key, { minLength: 1, maxLength: 3 }), sites: fc.uniqueArray(key, { minLength: 1, maxLength: 3 }) })
  .chain(({ classes, sites }) =>
    fc.record({
      company: fc.constant({ en: "Company", fa: "شرکت" }),
      horizon: fc.constant("90d"),
      headroom: fc.constant({ uplink: "10%", pool: "10%" }),
      quarantine: fc.constant({ servers: "14d", prefixes: "30d", vlans: "30d" }),
      reserve: fc.constant({ threads: 2, memory: "16GiB" }),
      image: fc.constant("node-1"),
      eraser: fc.constant("eraser-1"),
      images: fc.constant(
        Object.fromEntries(
          ["node-1", "eraser-1"].map((name) => [name, { url: `https://images.example/${name}`, checksum: `sha256:${"1".repeat(64)}` }]),
        ),
      ),
      classes: fc
        .tuple(...classes.map(() => serverClass))
        .map((made) => Object.fromEntries(made.map((one, index) => [classes[index] ?? "", one]))),
      sites: fc.tuple(...sites.map((name, index) => site(name, index, classes))).map((made) => Object.fromEntries(made)),
    }),
  )
  .map((made) => made as unknown as EstateText);

function site(name: string, index: number, classes: readonly string[]) {
  const net = index + 1;
  return fc
    .tuple(
      all(
        fc.record({
          name: fc.record({ en: word.map((text) => `${text} ${String(index)}`), fa: word }),
          context: word.map((text) => `${text}${String(index)}`),
          uplink: fc.constantFrom("400 Gbit/s", "1.5 Tbit/s"),
          asn: fc.integer({ min: 1, max: 4294967295 }),
          private: fc.constant(`10.${String(net * 16)}.0.0/12`),
          public: fc.constantFrom([`198.51.${String(net)}.0/24`], [`203.0.${String(net)}.128/25`, `203.0.${String(net)}.0/26`]),
          vlans: fc.constantFrom("1-4094", "1000-1999"),
          dns: fc.constantFrom(["10.0.0.53"], ["10.0.0.54", "9.9.9.9"]),
          state: fc.constantFrom(
            { local: {} },
            { kubernetes: { context: "a, b: {c}" } },
            { s3: { bucket: "b", region: "r", prefix: "x'y" } },
          ),
          applies: fc.constantFrom("terraform", "gitops"),
        }),
        optional("city", word),
      ),
      fc.array(rack(classes), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      fc.array(word, { maxLength: 2 }),
    )
    .map(([keys, racks, byRule, outages]): [string, object] => {
      const named = racks.map((one, at) => {
        const number = String(net * 3 + at);
        return [`r${number}`, { ...one, switch: { address: `172.16.0.${number}`, asn: 64000 + Number(number) } }] as const;
      });
      const outOfService = Object.fromEntries(outages.map((why, at) => [`${name}-${named[at % named.length]?.[0] ?? ""}-s01`, why]));
      return [
        name,
        {
          ...keys,
          ...(byRule ? rules : { hosts: `${name}-hosts.csv` }),
          racks: Object.fromEntries(named),
          ...(outages.length > 0 ? { outOfService } : {}),
        },
      ];
    });
}

/** A host that no rule makes: another switch than the rack's, ports of any name. */
function listedHost(server: string, rack: number, number: number): Host {
  return {
    server,
    bmc: {
      address: number % 2 === 0 ? `ipmi://10.9.${String(rack)}.${String(number)}` : `redfish://bmc-${server}.example/x`,
      credentials: `c-${server}`,
    },
    nics: [
      {
        mac: `0a:00:00:${String(rack).padStart(2, "0")}:00:${String(number).padStart(2, "0")}`,
        port: `xe-0/${String(rack)}/${String(number)}`,
      },
    ],
    switch: number % 3 === 0 ? "172.17.0.1" : `172.16.0.${String(rack)}`,
  };
}

/** A lock in which the first server of every rack, a VLAN and three prefixes of every site are held. */
function lockOf(text: EstateText): Lock {
  const lock = sampleLock();
  const [empty] = Object.values(lock.sites);
  if (!empty) throw new Error("the sample has no site");
  const estate = estateSchema.parse(text);
  const soroush = { messenger: "soroush" };
  lock.sites = Object.fromEntries(
    Object.entries(text.sites).map(([name, { private: inner, racks }], index) => {
      const start = inner.split(".").slice(0, 2).join(".");
      const first = Object.keys(racks).map((one) => serversOfRack(estate, name, one)[0]?.name ?? "");
      return [
        name,
        {
          ...empty,
          servers: Object.fromEntries(
            first.map((server, at) => [
              server,
              {
                ...(at === 1 ? { pool: true as const } : soroush),
                group: "all" as const,
                state: "granted" as const,
                since: "2026-11-24",
                address: `${start}.0.${String(at + 1)}`,
              },
            ]),
          ),
          vlans: { "1001": soroush },
          private: { [`${start}.0.0/24`]: soroush },
          vips: { [`192.0.2.${String(index * 8)}/30`]: soroush },
          egress: { [`192.0.2.${String(index * 8 + 4)}/31`]: { ...soroush, servers: first } },
          quarantine: {
            servers: {},
            prefixes: { [`${start}.1.0/24`]: { from: "gap", until: "2026-12-24" } },
            vlans: { "1002": { from: "gap", until: "2026-12-24" } },
          },
        },
      ];
    }),
  );
  return lock;
}

/** What an estate without its lists says: what NetBox never knows. */
function companyOf(text: EstateText): string {
  return stringify(Object.fromEntries(Object.entries(text).filter(([name]) => name !== "classes" && name !== "sites")));
}

test("an export that is imported again gives the same estate, hosts and holdings", () => {
  let judged = 0;
  fc.assert(
    fc.property(estates, (text) => {
      const estate = estateSchema.parse(text);
      fc.pre([...findingsOfEstate(estate)].length === 0);
      judged++;
      const lock = lockOf(text);
      const host = (name: string): Host => {
        const server = serverOf(estate, name);
        const of = server && estate.sites[server.site];
        if (!of) throw new Error(name);
        return hostsByRule(of)?.(server) ?? listedHost(name, Number(server.rack.slice(1)), server.number);
      };
      const exported = exportTables({ estate, text, lock, messengers: [{ messenger: "soroush", name: { en: "Soroush" } }], host });
      expect(exported.problems).toEqual([]);
      const lists = [...exported.files].map(([file, content]) => parseList(file, content));
      expect(lists.flatMap(({ problems }) => problems)).toEqual([]);
      const base = { file: "estate.yaml", text: companyOf(text), hosts: () => new Map<string, Host>(), lock: undefined };
      const imported = importEstate(
        lists.flatMap(({ rows }) => rows),
        base,
      );
      expect(imported.problems).toEqual([]);
      expect(parse(imported.files.get("estate.yaml") ?? "")).toEqual(text);
      for (const [name, { hosts, racks }] of Object.entries(estate.sites)) {
        if (hosts === undefined) continue;
        const servers = Object.keys(racks).flatMap((one) => serversOfRack(estate, name, one).map((server) => server.name));
        const rows = servers
          .map(host)
          .map(({ server, bmc, nics: [nic], switch: device }) =>
            [server, bmc.address, bmc.credentials, nic?.mac, device, nic?.port].join(","),
          );
        expect(imported.files.get(hosts)?.split("\n").slice(1, -1).sort()).toEqual(rows.sort());
      }
      const held = Object.entries(lock.sites).flatMap(([name, { servers, vlans, private: inner, vips, egress }]) => [
        ...Object.entries(servers).map(([server, line]) => `${name},server,${server},${line.messenger ?? "pool"},all,${line.address},`),
        ...Object.keys(vlans).map((vlan) => `${name},vlan,${vlan},soroush,,,`),
        ...Object.keys(inner).map((prefix) => `${name},private,${prefix},soroush,,,`),
        ...Object.keys(vips).map((prefix) => `${name},vips,${prefix},soroush,,,`),
        ...Object.entries(egress).map(([prefix, line]) => `${name},egress,${prefix},soroush,,,${line.servers.join(" ")}`),
      ]);
      expect(imported.files.get("adopt.csv")?.split("\n").slice(1, -1).sort()).toEqual(held.sort());
      // Once more on top of what came out: nothing changes, and the lock knows of all of it.
      const again = importEstate(
        lists.flatMap(({ rows }) => rows),
        { ...base, text: imported.files.get("estate.yaml") ?? "", lock },
      );
      expect([again.problems, again.changed, again.kept, again.disputed, again.files.has("adopt.csv")]).toEqual([[], [], [], [], false]);
    }),
    { numRuns: 40 },
  );
  expect(judged).toBeGreaterThan(10);
});
