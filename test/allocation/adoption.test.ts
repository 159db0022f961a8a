import { type AdoptedRow, adoptRows, recordShorts } from "../../lib/allocation/adoption";
import { emptyLock } from "../../lib/allocation/allocate";
import { demandOf, fourRacks, messengerOf, run, thr1, using } from "../support/allocation";

const estate = fourRacks();
const asOf = "2026-11-24";
const lock = emptyLock({ estate, asOf, coefficients: "1" });
const row = (change: Partial<AdoptedRow>): AdoptedRow => ({
  site: "thr1",
  kind: "server",
  resource: "",
  messenger: "soroush",
  group: "",
  address: "",
  servers: [],
  ...change,
});
const server = (resource: string, address: string, change: Partial<AdoptedRow> = {}) => row({ resource, address, group: "all", ...change });

test("a server of a rack that is only ordered cannot run already", () => {
  const ordered = structuredClone(estate);
  const { r01 } = ordered.sites.thr1?.racks ?? {};
  if (r01) r01.inService = "2027-02-01";
  const { problems } = adoptRows({ estate: ordered, lock, asOf }, [server("thr1-r01-s01", "10.64.9.5")]);
  expect(problems).toEqual([
    {
      row: 0,
      message:
        "thr1-r01-s01 cannot run yet: its rack is in service from 2027-02-01 on, and the book date is 2026-11-24; correct one of them",
    },
  ]);
});

test("takes every kind in as it stands", () => {
  const rows = [
    server("thr1-r01-s01", "10.64.9.5"),
    server("thr1-r02-s01", "10.64.0.5", { messenger: "pool", group: "" }),
    row({ kind: "vlan", resource: "1005" }),
    row({ kind: "private", resource: "10.64.9.0/24" }),
    row({ kind: "private", resource: "10.64.0.0/24", messenger: "pool" }),
    row({ kind: "vips", resource: "198.51.100.0/28" }),
    row({ kind: "egress", resource: "198.51.100.16/32", servers: ["thr1-r01-s01"] }),
  ];
  const adopted = adoptRows({ estate, lock, asOf }, rows);
  expect(adopted.problems).toEqual([]);
  expect(thr1(adopted.lock)).toMatchObject({
    servers: {
      "thr1-r01-s01": { messenger: "soroush", group: "all", state: "granted", since: asOf, address: "10.64.9.5", adopted: true },
      "thr1-r02-s01": { pool: true, group: "all", state: "granted", since: asOf, address: "10.64.0.5", adopted: true },
    },
    images: {},
    vlans: { "1005": { messenger: "soroush" } },
    private: { "10.64.9.0/24": { messenger: "soroush" }, "10.64.0.0/24": { pool: true } },
    vips: { "198.51.100.0/28": { messenger: "soroush" } },
    egress: { "198.51.100.16/32": { messenger: "soroush", servers: ["thr1-r01-s01"] } },
  });
  expect(adoptRows({ estate, lock: adopted.lock, asOf }, rows)).toEqual(adopted);
  expect(lock.sites).toEqual({});
});

test("a granted server becomes an adopted one: its image goes, its date stays", () => {
  const granted = run({
    estate,
    messengers: [messengerOf("soroush")],
    demands: [demandOf("soroush", { all: using(6) })],
    asOf: "2026-11-01",
  }).lock;
  const adopted = adoptRows({ estate, lock: granted, asOf }, [server("thr1-r01-s01", "10.64.0.2")]);
  expect(adopted.problems).toEqual([]);
  expect(thr1(adopted.lock).servers["thr1-r01-s01"]).toEqual({
    messenger: "soroush",
    group: "all",
    state: "granted",
    since: "2026-11-01",
    address: "10.64.0.2",
    adopted: true,
  });
});

test("says of each row what is wrong with it", () => {
  const held = adoptRows({ estate, lock, asOf }, [server("thr1-r01-s01", "10.64.9.5"), row({ kind: "vlan", resource: "1005" })]).lock;
  const drained = structuredClone(held);
  thr1(drained).servers["thr1-r01-s02"] = {
    messenger: "soroush",
    group: "all",
    state: "draining",
    since: asOf,
    address: "10.64.9.6",
    image: "node-1",
  };
  const rows = [
    row({ kind: "vlan", resource: "1005", messenger: "gap" }),
    server("thr1-r01-s01", "10.64.9.5", { messenger: "gap" }),
    server("thr1-r01-s01", "10.64.9.9"),
    server("thr1-r01-s02", "10.64.9.6"),
    server("thr1-r02-s01", "10.64.9.7", { group: "gateway" }),
    row({ kind: "vips", resource: "198.51.100.0/28", messenger: "pool" }),
  ];
  expect(adoptRows({ estate, lock: drained, asOf }, rows).problems).toEqual([
    { row: 0, message: "1005 is held by soroush already; release it there first" },
    { row: 1, message: "thr1-r01-s01 is held by soroush already; release it there first" },
    { row: 2, message: "thr1-r01-s01 is held for all with the address 10.64.9.5; the row says all and 10.64.9.9" },
    { row: 3, message: "thr1-r01-s02 is draining; only a granted server can be adopted again" },
    { row: 4, message: 'expected one of compute, database, object, all as the group of thr1-r02-s01, got "gateway"' },
    { row: 5, message: "the pool has no vips of its own; name the messenger that has 198.51.100.0/28" },
  ]);
});

test("what it lacks is recorded as short, bandwidth beside a group that is short too; then nobody is refused", () => {
  const rows = [server("thr1-r01-s01", "10.64.9.5"), row({ kind: "private", resource: "10.64.9.0/26" })];
  const messengers = [messengerOf("soroush")];
  const demands = [demandOf("soroush", { all: using(24, { egressMbps: 1000 }) })];
  const taken = adoptRows({ estate, lock, asOf }, rows).lock;
  const adopted = recordShorts({ estate, messengers, demands, lock: taken, asOf });
  expect(thr1(adopted).short).toEqual({
    soroush: { groups: { all: 4 }, egressMbps: 1000, vlans: 1, private: 4, vips: 16, egress: 4, since: asOf },
  });
  const { lock: after, refused } = run({ estate, messengers, demands, lock: adopted });
  expect(refused).toEqual([]);
  expect(thr1(after).bandwidth).toEqual({ soroush: { egressMbps: 0, ingressMbps: 0, groups: {} } });
});
