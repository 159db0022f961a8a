import * as fc from "fast-check";
import type { Messenger } from "../../lib/request/messenger";
import { demandOf, roundUp, shareOf, type GroupDemand, type GroupDemands } from "../../lib/sizing/demand";
import { sizeMessenger } from "../../lib/sizing/size";
import { calendar, messengerOf } from "./messenger";

const profile = { tlsAtGateway: true, size_photo: 100, size_video: 2000 };
const demand = (changes: Partial<Messenger> = {}) => {
  const messenger = messengerOf({ profile, ...changes });
  return demandOf(sizeMessenger(messenger, calendar), messenger);
};
const split = (thr1: number, mhd1: number, survives: "rack" | "site" = "rack"): Partial<Messenger> => ({
  placement: { sites: { thr1, mhd1 }, survives, layout: "split" },
});

test("what binary fractions add is removed before rounding up", () => {
  expect(33.6 / 0.6 / 8).toBeGreaterThan(7);
  expect(roundUp(33.6 / 0.6 / 8)).toBe(7);
  expect(roundUp(7.0001)).toBe(8);
  expect(roundUp(0)).toBe(0);
});

test("own servers, split, are sized by group in integers", () => {
  expect(demand().sites).toEqual({
    thr1: {
      groups: {
        // 17.62 threads of gateways, and 0.6 of the 663.1 of the application and the 3 of relays.
        compute: { usedMilliThreads: 417_307, usedMemoryMiB: 1_843_719, nvmeGB: 0, objectGB: 0, egressMbps: 78, ingressMbps: 69 },
        database: { usedMilliThreads: 4167, usedMemoryMiB: 34_134, nvmeGB: 54_750, objectGB: 0, egressMbps: 0, ingressMbps: 0 },
        object: { usedMilliThreads: 32_127, usedMemoryMiB: 131_590, nvmeGB: 0, objectGB: 334_650, egressMbps: 3905, ingressMbps: 1860 },
      },
      afterSiteLoss: {},
    },
  });
});

test("a converged layout, and everything in the pool, is one group", () => {
  const placement = { sites: { thr1: 1000 }, survives: "rack", layout: "converged" } as const;
  const converged = demand({ placement }).sites.thr1?.groups;
  const pooled = demand({ needs: ["network", "cluster"], placement: { ...placement, layout: "split" } }).sites.thr1?.groups;
  expect(Object.keys(converged ?? {})).toEqual(["all"]);
  expect(pooled).toEqual(converged);
});

test("limits are per mille, and an override of the profile moves them", () => {
  expect(demand()).toMatchObject({ limits: { target: 600, degraded: 850, nic: 600 }, rf: 3, shards: 16, parity: 4 });
  const own = { ...profile, u_target: 0.5, u_degraded: 0.7, nic_util: 0.55, rf: 5, ec_shards: 8, ec_parity: 2 };
  expect(demand({ profile: own })).toMatchObject({ limits: { target: 500, degraded: 700, nic: 550 }, rf: 5, shards: 8, parity: 2 });
});

test("used threads do not depend on the target, but for what is planned: a higher target provides less", () => {
  const used = (u_target: number) => demand({ profile: { ...profile, u_target } }).sites.thr1?.groups.database?.usedMilliThreads ?? 0;
  expect(used(0.3) * 2).toBeCloseTo(used(0.6), -1);
});

test("sites carry their share of load and data", () => {
  const { thr1, mhd1 } = demand(split(600, 400)).sites;
  expect(thr1?.groups.object).toMatchObject({ objectGB: 200_790, egressMbps: 2343 });
  expect(mhd1?.groups.object).toMatchObject({ objectGB: 133_860, egressMbps: 1562 });
  expect(thr1?.afterSiteLoss).toEqual({});
});

test("where a site may be lost each carries the whole load without the other, and a full copy of the data", () => {
  const whole = demand().sites.thr1?.groups;
  const { thr1, mhd1 } = demand(split(600, 400, "site")).sites;
  expect(thr1?.afterSiteLoss).toEqual(whole);
  expect(mhd1?.afterSiteLoss).toEqual(whole);
  expect(thr1?.groups.object).toMatchObject({ objectGB: 334_650, egressMbps: 2343 });
  expect(mhd1?.groups.database).toMatchObject({ nvmeGB: 54_750 });
});

test("a site that is being left carries nothing, and the other survives its loss unchanged", () => {
  const { thr1, mhd1 } = demand(split(1000, 0, "site")).sites;
  expect(mhd1).toEqual({ groups: {}, afterSiteLoss: {} });
  expect(thr1?.afterSiteLoss).toEqual(thr1?.groups);
  expect(shareOf(messengerOf(split(1000, 0, "site")), "mhd1")).toEqual({ load: 0, afterSiteLoss: 0, data: 0 });
});

test.each(["retired", "absent"] as const)("a messenger that is %s has sites without groups", (state) => {
  expect(demand({ ...split(600, 400, "site"), lifecycle: { state } }).sites).toEqual({
    thr1: { groups: {}, afterSiteLoss: {} },
    mhd1: { groups: {}, afterSiteLoss: {} },
  });
});

describe("for all messengers", () => {
  const share = fc.integer({ min: 1, max: 9 }).map((tenths) => split(tenths * 100, 1000 - tenths * 100));
  const messenger = fc
    .record({
      active: fc.integer({ min: 1, max: 5e7 }),
      stackClass: fc.constantFrom("A" as const, "B" as const, "C" as const),
      media_days: fc.integer({ min: 1, max: 365 }),
      measured: fc.option(fc.integer({ min: 1, max: 1e7 }), { nil: undefined }),
      channels: fc.option(
        fc.array(fc.record({ subscribers: fc.integer({ min: 0, max: 1e7 }), postsPerDay: fc.integer({ min: 0, max: 200 }) })),
        {
          nil: undefined,
        },
      ),
      place: share,
    })
    .map(({ active, stackClass, media_days, measured, channels, place }) =>
      messengerOf({
        ...place,
        stackClass,
        audience: { registered: active, active, source: "test" },
        profile: { tlsAtGateway: true, media_days, ...(channels ? { channels } : {}) },
        ...(measured === undefined ? {} : { load: { peakConcurrent: measured, source: "test" } }),
      }),
    );
  const demandAt = (one: Messenger, factor = 1) => demandOf(sizeMessenger({ ...one, surges: [{ ...always, factor }] }, calendar), one);
  const always = { name: "s", from: "2026-01-01", to: "2028-01-01" };
  const figures = (groups: GroupDemands | undefined) => Object.entries(groups ?? {}) as [keyof GroupDemands, GroupDemand][];

  test("every figure is a whole number, and more users never need less", () => {
    fc.assert(
      fc.property(messenger, fc.double({ min: 1, max: 5, noNaN: true }), (one, factor) => {
        const [before, after] = [demandAt(one), demandAt(one, factor)];
        for (const site of Object.keys(before.sites))
          for (const [group, figure] of figures(before.sites[site]?.groups))
            for (const key of Object.keys(figure) as (keyof GroupDemand)[]) {
              expect(Number.isSafeInteger(figure[key])).toBe(true);
              expect(after.sites[site]?.groups[group]?.[key]).toBeGreaterThanOrEqual(figure[key]);
            }
      }),
      { numRuns: 100 },
    );
  });

  test("the shares of sites add up to the whole, give or take their rounding", () => {
    fc.assert(
      fc.property(messenger, (one) => {
        const divided = demandAt(one).sites;
        const whole = demandAt({ ...one, placement: { ...one.placement, sites: { thr1: 1000 } } }).sites.thr1?.groups;
        for (const [group, figure] of figures(whole))
          for (const key of Object.keys(figure) as (keyof GroupDemand)[]) {
            const sum = (divided.thr1?.groups[group]?.[key] ?? 0) + (divided.mhd1?.groups[group]?.[key] ?? 0);
            expect(sum - figure[key]).toBeGreaterThanOrEqual(0);
            expect(sum - figure[key]).toBeLessThanOrEqual(1);
          }
      }),
      { numRuns: 100 },
    );
  });

  test("the same values give the same demand", () => {
    fc.assert(
      fc.property(messenger, (one) => expect(JSON.stringify(demandAt(structuredClone(one)))).toBe(JSON.stringify(demandAt(one)))),
      { numRuns: 20 },
    );
  });
});
