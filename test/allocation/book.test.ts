import { bookOf, worstRackLoss } from "../../lib/allocation/book";
import { demandOf, estateOf, messengerOf, rack, run, site, thr1, using } from "../support/allocation";

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
  demandOf("bale", { all: using(8, { egressMbps: 100 }) }),
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
      bandwidth: { egressMbps: { promised: 2100, limit: 9000 }, ingressMbps: { promised: 300, limit: 9000 } },
      publicAddresses: { promised: 16 + 4 + 4 + 2 + 16, limit: 256 },
      vlans: { promised: 3, limit: 10 },
      pool: {
        limit: { cpu: 28, memoryGiB: 115, egressMbps: 36_000 },
        promised: { cpu: 10, memoryGiB: 0, nvmeTiB: 0, objectTiB: 0, egressMbps: 100 },
      },
    },
  ]);
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
