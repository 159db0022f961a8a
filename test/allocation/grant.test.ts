import { grantOf, grantsOf, holderOf } from "../../lib/allocation/grant";
import { serverOf } from "../../lib/request/server";
import { emptyLockSite } from "../../lib/allocation/lockText";
import type { Lock } from "../../lib/request/lock";
import { fourRacks } from "../support/allocation";

const server = { group: "all", state: "granted", since: "2026-11-24", image: "node-1" } as const;
const lock: Lock = {
  version: 1,
  asOf: "2026-11-24",
  horizon: "90d",
  coefficients: "1",
  sites: {
    thr1: {
      ...emptyLockSite(),
      servers: {
        "thr1-r02-s01": { ...server, messenger: "soroush", address: "10.64.0.3" },
        "thr1-r01-s02": { ...server, messenger: "soroush", address: "10.64.0.2", state: "draining" },
        "thr1-r03-s01": { ...server, pool: true, address: "10.64.1.2" },
        "thr1-r09-s01": { ...server, messenger: "soroush", address: "10.64.0.4" },
      },
      vlans: { "1009": { messenger: "soroush" }, "1000": { pool: true }, "1001": { messenger: "soroush" } },
      private: { "10.64.10.0/25": { messenger: "soroush" }, "10.64.0.0/25": { messenger: "soroush" }, "10.64.1.0/26": { pool: true } },
      vips: { "198.51.100.0/28": { messenger: "soroush" } },
      egress: { "198.51.100.16/31": { messenger: "bale", servers: ["thr1-r03-s01"] } },
      bandwidth: { bale: { egressMbps: 10, ingressMbps: 5, groups: {} } },
      quotas: { bale: { cpu: 1, memoryGiB: 2, nvmeTiB: 0, objectTiB: 0 } },
    },
  },
};

test("every holder has a grant at each of its sites, in order", () => {
  expect(grantsOf(fourRacks(), lock).map(({ site, holder }) => `${holder}.${site}`)).toEqual(["bale.thr1", "pool.thr1", "soroush.thr1"]);
});

test("a grant has every held state, its lines in order, and servers with rack and class", () => {
  const grant = grantOf(fourRacks(), lock, "soroush", "thr1");
  expect(grant.servers.map(({ name, rack, class: kind, state }) => [name, rack, kind, state])).toEqual([
    ["thr1-r01-s02", "r01", "plain", "draining"],
    ["thr1-r02-s01", "r02", "plain", "granted"],
    ["thr1-r09-s01", "", "", "granted"],
  ]);
  expect(grant.vlans).toEqual([1001, 1009]);
  expect(grant.private).toEqual(["10.64.0.0/25", "10.64.10.0/25"]);
  expect(grant.vips).toEqual(["198.51.100.0/28"]);
  expect(grant).not.toHaveProperty("quota");
});

test("who shares the pool has a quota and bandwidth", () => {
  expect(grantOf(fourRacks(), lock, "bale", "thr1")).toEqual({
    holder: "bale",
    site: "thr1",
    servers: [],
    vlans: [],
    private: [],
    vips: [],
    egress: [{ prefix: "198.51.100.16/31", servers: ["thr1-r03-s01"] }],
    bandwidth: { egressMbps: 10, ingressMbps: 5, groups: {} },
    quota: { cpu: 1, memoryGiB: 2, nvmeTiB: 0, objectTiB: 0 },
  });
});

test("who holds nothing has an empty grant", () => {
  expect(grantOf(fourRacks(), lock, "gap", "thr1")).toMatchObject({ holder: "gap", servers: [], vlans: [] });
  expect(grantOf(fourRacks(), lock, "gap", "mhd1")).toMatchObject({ holder: "gap", site: "mhd1", servers: [] });
});

test.each([
  ["thr1-r01-s04", "r01"],
  ["thr1-r01-s05", undefined],
  ["thr1-r01-s00", undefined],
  ["mhd1-r01-s01", undefined],
  ["thr1-r09-s01", undefined],
  ["r01", undefined],
])("the rack of %s is %s", (name, rack) => {
  expect(serverOf(fourRacks(), name)?.rack).toBe(rack);
});

test("a line's holder is its messenger or the pool", () => {
  expect(holderOf({ messenger: "gap" })).toBe("gap");
  expect(holderOf({ pool: true })).toBe("pool");
});
