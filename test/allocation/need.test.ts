import { needsOf, type SiteNeed } from "../../lib/allocation/need";
import type { Messenger } from "../../lib/request/messenger";
import { demandOf, fourRacks, messengerOf, using } from "../support/allocation";

const demand = demandOf("soroush", {
  all: using(6.8, { usedMemoryMiB: 10_240, nvmeGB: 2000, objectGB: 3000, egressMbps: 700, ingressMbps: 300 }),
});

function need(change: Partial<Messenger>): Record<string, unknown> | undefined {
  const [found] = needsOf(fourRacks(), messengerOf("soroush", change), demand);
  return found && summary(found);
}

function summary({ groups, pool, bandwidth, vips, egress, network, privateAddresses, egressServers }: SiteNeed): Record<string, unknown> {
  return {
    groups: [...groups.keys()],
    quota: pool?.quota,
    bandwidth: bandwidth && { out: bandwidth.egressMbps, in: bandwidth.ingressMbps, groups: [...bandwidth.groups.keys()] },
    network,
    private: privateAddresses(3),
    vips,
    egress,
    egressServers,
  };
}

const quota = { cpu: 9, memoryGiB: 13, nvmeTiB: 2, objectTiB: 3 };

test.each([
  [
    ["hardware", "network", "cluster"],
    {
      groups: ["all"],
      quota: undefined,
      bandwidth: { out: 700, in: 300, groups: ["all"] },
      network: true,
      private: 76,
      vips: 16,
      egress: 4,
      egressServers: true,
    },
  ],
  [
    ["hardware", "cluster"],
    { groups: ["all"], quota: undefined, bandwidth: undefined, network: true, private: 76, vips: 0, egress: 0, egressServers: true },
  ],
  [
    ["hardware", "network"],
    {
      groups: ["all"],
      quota: undefined,
      bandwidth: { out: 700, in: 300, groups: ["all"] },
      network: true,
      private: 76,
      vips: 4,
      egress: 2,
      egressServers: false,
    },
  ],
  [
    ["hardware"],
    { groups: ["all"], quota: undefined, bandwidth: undefined, network: true, private: 76, vips: 0, egress: 0, egressServers: false },
  ],
  [
    ["network", "cluster"],
    {
      groups: [],
      quota,
      bandwidth: { out: 700, in: 300, groups: [] },
      network: true,
      private: 76,
      vips: 4,
      egress: 2,
      egressServers: true,
    },
  ],
  [
    ["network"],
    {
      groups: [],
      quota: undefined,
      bandwidth: { out: 700, in: 300, groups: [] },
      network: true,
      private: 76,
      vips: 4,
      egress: 2,
      egressServers: false,
    },
  ],
  [["cluster"], { groups: [], quota, bandwidth: undefined, network: false, private: 0, vips: 0, egress: 0, egressServers: true }],
] as const)("who needs %j gets this", (needs, expected) => {
  expect(need({ needs })).toEqual(expected);
});

test("totals of its file replace the address defaults", () => {
  expect(need({ network: { vips: 32, private: 500, egress: 0 } })).toMatchObject({ private: 500, vips: 32, egress: 0 });
});

test.each(["retired", "absent"] as const)("who is %s needs nothing", (state) => {
  expect(need({ lifecycle: { state } })).toBeUndefined();
});

test("who is repurposed needs what the active need", () => {
  expect(need({ lifecycle: { state: "repurposed", sector: "health" } })).toEqual(need({}));
});

test("a site that is being left, and one that the estate does not have, ask for nothing", () => {
  expect(need({ placement: { sites: { thr1: 0 }, survives: "rack", layout: "converged" } })).toBeUndefined();
  expect(need({ placement: { sites: { mhd1: 1000 }, survives: "rack", layout: "converged" } })).toBeUndefined();
});

test("without a way out the ports of own servers carry nothing", () => {
  const [found] = needsOf(fourRacks(), messengerOf("soroush", { needs: ["hardware", "cluster"] }), demand);
  expect(found?.groups.get("all")?.share).toMatchObject({ usedMilliThreads: 6800, egressMbps: 0, ingressMbps: 0 });
});

test("quotas and bandwidth are the larger of share and after the loss of a site", () => {
  const groups = { all: using(2, { egressMbps: 100, ingressMbps: 90 }) };
  const after = { all: using(5, { egressMbps: 250, ingressMbps: 80 }) };
  const [found] = needsOf(fourRacks(), messengerOf("bale", { needs: ["network", "cluster"] }), demandOf("bale", groups, after));
  expect(found?.pool?.quota.cpu).toBe(7);
  expect(found?.bandwidth).toMatchObject({ egressMbps: 250, ingressMbps: 90 });
});
