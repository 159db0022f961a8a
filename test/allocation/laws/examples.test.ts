/** The numbers that allocation.md tells, as it tells them. */
import { allocate } from "../../../lib/allocation/allocate";
import type { Allocation } from "../../../lib/allocation/allocation";
import type { GroupDemand } from "../../../lib/sizing/demand";
import { day, demandsOf, estateOf, type MessengerSpec, messengersOf, type RackSpec, type World } from "./world";

const nothing: GroupDemand = { usedMilliThreads: 0, usedMemoryMiB: 0, nvmeGB: 0, objectGB: 0, egressMbps: 0, ingressMbps: 0 };
const rack = (servers: number, kind: number, pool = false): RackSpec => ({
  class: kind,
  servers,
  uplink: 100_000,
  pool,
  state: "up",
  dead: [],
});

function messenger(rest: Partial<MessengerSpec>, all: Partial<GroupDemand>): MessengerSpec {
  return {
    focus: false,
    needs: ["hardware", "cluster"],
    split: false,
    survives: "rack",
    state: "active",
    shares: { 0: 1000 },
    groups: { compute: { ...nothing, ...all }, database: nothing, object: { ...nothing, ...all }, all: { ...nothing, ...all } },
    network: {},
    limits: { target: 600, degraded: 850, nic: 600 },
    rf: 3,
    code: [16, 4],
    ...rest,
  };
}

function run(racks: readonly RackSpec[], messengers: World["messengers"]): Allocation {
  const world: World = {
    sites: [{ racks, uplink: 1_000_000, vlans: 60, private: 16, public: [24] }],
    classes: [0, 1, 2, 3, 4, 5],
    reserve: { threads: 0, memory: 0 },
    headroom: { uplink: 0, pool: 0 },
    messengers,
  };
  return allocate({
    estate: estateOf(world),
    messengers: messengersOf(world),
    demands: demandsOf(world),
    lock: undefined,
    asOf: day(0),
    coefficients: "1",
  });
}

const servers = ({ lock }: Allocation, id: string): string[] =>
  Object.entries(lock.sites.thr1?.servers ?? {}).flatMap(([name, line]) => (line.messenger === id ? [name] : []));

test("33.6 threads at 60 % of servers of 8 are 7 servers", () => {
  const need = messenger(
    { split: true, groups: { compute: nothing, database: nothing, object: { ...nothing, usedMilliThreads: 33_600 }, all: nothing } },
    {},
  );
  expect(
    servers(
      run(
        [2, 2, 2, 2, 2].map((count) => rack(count, 3)),
        { bale: need },
      ),
      "bale",
    ),
  ).toHaveLength(7);
});

test("of a pool of 3 racks of 2 servers of 16 threads, 64 threads of quota can be scheduled after a loss", () => {
  const pool = [rack(2, 2, true), rack(2, 2, true), rack(2, 2, true)];
  const quota = (milliThreads: number): MessengerSpec => messenger({ needs: ["cluster"] }, { usedMilliThreads: milliThreads });
  const fits = run(pool, { bale: quota(27_200), gap: quota(27_200) });
  expect(fits.refused).toEqual([]);
  expect(fits.lock.sites.thr1?.quotas.bale?.cpu).toBe(32);
  expect(run(pool, { bale: quota(27_200), gap: quota(27_201) }).refused).toMatchObject([
    { messenger: "gap", site: "thr1", resource: "cpu", missing: 1 },
  ]);
});

test("of racks of 10, 1, 1, 1 servers, the bytes of 4 servers are usable", () => {
  const racks = [10, 1, 1, 1].map((count) => rack(count, 3));
  const objects = (objectGB: number): MessengerSpec =>
    messenger({ split: true, groups: { compute: nothing, database: nothing, object: { ...nothing, objectGB }, all: nothing } }, {});
  const each = 12 * 18_000;
  const fits = run(racks, { bale: objects(4 * each) });
  expect(fits.refused).toEqual([]);
  expect(servers(fits, "bale")).toHaveLength(4);
  expect(run(racks, { bale: objects(4 * each + 1) }).refused).toMatchObject([{ messenger: "bale", group: "object", resource: "storage" }]);
});

test("with racks of 4, 4, 1, 1 two groups that need 4 each alone need 10 together", () => {
  const racks = [4, 4, 1, 1].map((count) => rack(count, 1));
  const need = messenger(
    {
      split: true,
      limits: { target: 700, degraded: 850, nic: 600 },
      groups: { compute: { ...nothing, usedMilliThreads: 3 * 16_000 * 0.85 }, database: nothing, object: nothing, all: nothing },
    },
    {},
  );
  expect(servers(run(racks, { bale: need }), "bale")).toHaveLength(4);
  const together = run(racks, { bale: need, gap: need });
  expect(together.refused).toEqual([]);
  expect([...servers(together, "bale"), ...servers(together, "gap")]).toHaveLength(10);
});
