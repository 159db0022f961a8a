import { boundsOf, failuresOf, holds, leastServers } from "../../lib/allocation/laws";
import type { GroupNeed } from "../../lib/allocation/need";
import { usableOf } from "../../lib/allocation/usable";
import { fourRacks, using } from "../support/allocation";

const usable = usableOf(fourRacks(), "plain");
const need = (change: Partial<GroupNeed> = {}): GroupNeed => ({
  share: using(0),
  afterSiteLoss: using(0),
  nvmeGB: 0,
  objectGB: 0,
  limits: { target: 600, degraded: 800, nic: 500 },
  rf: 3,
  shards: 16,
  parity: 4,
  ...change,
});
const on = (...servers: number[]) => servers.map((count) => ({ servers: count, usable }));

test("what may be planned with is what a class has, less the reserve", () => {
  expect(usable).toEqual({ milliThreads: 8000, memoryMiB: 32 * 1024, nvmeGB: 10_000, diskGB: 100_000, nicMbps: 10_000 });
  expect(usableOf(fourRacks(), "unknown")).toMatchObject({ milliThreads: 0, memoryMiB: 0 });
});

test("33.6 threads at 60 % of servers of 8 are 7 servers, and a hair more are 8", () => {
  const group = need({ share: using(33.6), limits: { target: 600, degraded: 1000, nic: 500 } });
  expect(leastServers(group, usable)).toBe(7);
  expect(holds(group, on(2, 2, 2, 1))).toBe(true);
  expect(holds(group, on(2, 2, 2))).toBe(false);
  expect(leastServers({ ...group, share: using(33.601) }, usable)).toBe(8);
});

test("every failure says what is there, what it takes, and when", () => {
  const group = need({ share: using(24, { usedMemoryMiB: 100 * 1024, egressMbps: 21_000 }), nvmeGB: 31_000 });
  expect(failuresOf(group, on(3, 1))).toEqual([
    { resource: "threads", when: "at peak", has: 32_000, needs: 40_000 },
    { resource: "threads", when: "after the loss of a rack", has: 8000, needs: 30_000 },
    { resource: "memory", when: "at peak", has: 4 * 32 * 1024, needs: 170_667 },
    { resource: "memory", when: "after the loss of a rack", has: 32 * 1024, needs: 128_000 },
    { resource: "nic", when: "at peak", has: 40_000, needs: 42_000 },
    { resource: "nic", when: "after the loss of a rack", has: 10_000, needs: 26_250 },
    { resource: "racks", when: "", has: 2, needs: 3 },
    { resource: "databases", when: "", has: 20_333, needs: 31_000 },
  ]);
});

test("the loss of a site and of a rack are not added", () => {
  const group = need({ share: using(16), afterSiteLoss: using(25.6) });
  expect(holds(group, on(2, 2))).toBe(false);
  expect(failuresOf(group, on(2, 2)).map(({ when }) => when)).toEqual(["after the loss of a rack"]);
  expect(holds(group, on(2, 1, 1))).toBe(false);
  expect(holds(group, on(2, 2, 2))).toBe(true);
  expect(holds({ ...group, afterSiteLoss: using(38.5) }, on(2, 2, 2))).toBe(false);
});

test("a group stands in two racks even where it needs nothing", () => {
  expect(failuresOf(need(), on(2))).toEqual([{ resource: "racks", when: "", has: 1, needs: 2 }]);
  expect(failuresOf(need(), [])).toEqual([{ resource: "racks", when: "", has: 0, needs: 2 }]);
});

test("bounds are counts of servers, and Infinity where no number is enough", () => {
  expect(boundsOf(need({ share: using(24), objectGB: 700_000 }), usable)).toEqual({ least: 7, spare: 4, racks: 4 });
  expect(leastServers(need({ nvmeGB: 1 }), { ...usable, nvmeGB: 0 })).toBe(Infinity);
  expect(leastServers(need({ share: using(1) }), { ...usable, milliThreads: 0 })).toBe(Infinity);
  expect(boundsOf(need({ nvmeGB: 10_000, objectGB: 15_000 }), { ...usable, diskGB: 0 }).least).toBe(3);
});
