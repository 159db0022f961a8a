import { bookOf, worstRackLoss } from "../../lib/allocation/book";
import type { ServerClass, Site } from "../../lib/request/estate";
import { demandOf, estateOf, messengerOf, plainClass, rack, run, site, thr1, using } from "../support/allocation";

const estate = estateOf(
  {
    thr1: site(
      {
        r01: rack(),
        r02: rack(),
        r03: rack(),
        r04: rack({ pool: true }),
        r05: rack({ pool: true }),
        r06: rack({ inService: "2027-02-01" }),
        r07: rack({ outOfService: "no power" }),
      },
      { outOfService: { "thr1-r03-s04": "memory errors" }, uplink: 10_000 },
    ),
  },
  { headroom: { uplink: 100, pool: 100 } },
);
const messengers = [messengerOf("soroush"), messengerOf("bale", { needs: ["network", "cluster"] })];
const demands = [
  demandOf("soroush", { all: using(12, { egressMbps: 2000, ingressMbps: 300 }) }),
  demandOf("bale", { all: using(8, { egressMbps: 100, ingressMbps: 50 }) }),
];
const { lock, refused } = run({ estate, messengers, demands });
thr1(lock).quarantine.servers["thr1-r02-s04"] = { from: "gap", until: "2026-12-01" };
thr1(lock).quarantine.prefixes = {
  "198.51.100.240/28": { from: "gap", until: "2026-12-01" },
  "10.64.200.0/24": { from: "gap", until: "2026-12-01" },
};

test("the books add up", () => {
  expect(refused).toEqual([]);
  expect(bookOf(estate, lock)).toEqual([
    {
      site: "thr1",
      servers: { plain: { installed: 24, held: 11, free: 7, outOfService: 5, resting: 1, ordered: 4 } },
      bandwidth: { egressMbps: { promised: 2100, limit: 9000 }, ingressMbps: { promised: 350, limit: 9000 } },
      privateAddresses: { promised: 128 + 64 + 128 + 256, limit: 65_536 },
      publicAddresses: { promised: 16 + 4 + 4 + 2 + 16, limit: 256 },
      vlans: { promised: 3, limit: 10 },
      pool: {
        cpu: { promised: 10, limit: 28 },
        memoryGiB: { promised: 0, limit: 115 },
        nvmeTiB: { promised: 0, limit: 65 },
        objectTiB: { promised: 0, limit: 654 },
        egressMbps: { promised: 100, limit: 36_000 },
        ingressMbps: { promised: 50, limit: 36_000 },
      },
    },
  ]);
});

const diskless: ServerClass = { ...plainClass, disks: undefined };
const storing = (id: string, nvmeGB: number, objectGB: number) => demandOf(id, { all: using(0, { nvmeGB, objectGB }) });
const users = ["bale", "gap"].map((id) => messengerOf(id, { needs: ["cluster"] }));
const poolRack = rack({ servers: 2, pool: true });
const poolOf = (plain: ServerClass, change: Partial<Site> = {}) =>
  estateOf(
    { thr1: site({ r01: poolRack, r02: poolRack, r03: poolRack, r04: rack({ servers: 1, pool: true }) }, change) },
    { classes: { plain } },
  );

test.each([
  ["nvmeTiB", "on disks", plainClass],
  ["objectTiB", "on disks", plainClass],
  ["nvmeTiB", "on NVMe too", diskless],
  ["objectTiB", "on NVMe too", diskless],
] as const)("what is free of %s is what allocate still gives, objects %s", (key, _, plain) => {
  const shared = poolOf(plain);
  const bale = storing("bale", 12_000, 15_000);
  const before = run({ estate: shared, messengers: users, demands: [bale] });
  const { promised, limit } = bookOf(shared, before.lock)[0]?.pool[key] ?? { promised: 0, limit: 0 };
  const gap = key === "nvmeTiB" ? storing("gap", 900_000, 0) : storing("gap", 0, 900_000);
  const after = run({ estate: shared, messengers: users, demands: [bale, gap], lock: before.lock, partial: true });
  expect(promised).toBe(key === "nvmeTiB" ? 11 : 14);
  expect(limit - promised).toBeGreaterThan(0);
  expect(thr1(after.lock).quotas.gap?.[key]).toBe(limit - promised);
});

test("storage that has no place is over its limit, and of the other kind no more is free", () => {
  const { lock: stored } = run({ estate: poolOf(plainClass), messengers: users, demands: [storing("bale", 12_000, 300_000)] });
  const [dark] = bookOf(poolOf(plainClass, { outOfService: { "thr1-r04-s01": "burnt" } }), stored);
  // Objects of four shards in sixteen need four racks.
  expect(dark?.pool.objectTiB).toEqual({ promised: 273, limit: 0 });
  expect(dark?.pool.nvmeTiB).toEqual({ promised: 11, limit: 11 });
});

test("the worst loss of a rack is the one that leaves the highest utilisation, rounded up", () => {
  // 12 threads on 3 servers of 8 in three racks: after any 12 of 16.
  expect(worstRackLoss(estate, lock, messengers, demands)).toEqual({
    messenger: "soroush",
    site: "thr1",
    group: "all",
    rack: "r01",
    utilisation: 750,
    limit: 800,
  });
  const more = [demandOf("soroush", { all: using(12.001) })];
  expect(worstRackLoss(estate, lock, messengers, more)?.utilisation).toBe(751);
  expect(worstRackLoss(estate, lock, [], demands)).toBeUndefined();
});
