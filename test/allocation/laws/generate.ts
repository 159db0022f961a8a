/** Arbitrary worlds and what happens to them: small numbers with weight on what is tight, uneven, full, dead or absurd. */
import * as fc from "fast-check";
import type { GroupDemand } from "../../../lib/sizing/demand";
import { type MessengerSpec, poolClasses, type RackSpec, type SiteSpec, type World } from "./world";
import type { Event, Step, Story } from "./story";

/** Mostly a few servers' worth, at times a site's. */
const amount = (few: number, many: number): fc.Arbitrary<number> =>
  fc.oneof({ weight: 5, arbitrary: fc.nat(few) }, { weight: 1, arbitrary: fc.nat(many) });

/** A rack of any class, now and then of the pool, ordered, dark or with dead servers. */
export const rack: fc.Arbitrary<RackSpec> = fc
  .record({
    class: fc.constantFrom(0, 0, 0, 0, 1, 2, 2, 2, 3, 4, 5),
    servers: fc.oneof(fc.constantFrom(1, 4, 10), fc.integer({ min: 1, max: 12 })),
    uplink: fc.oneof({ weight: 3, arbitrary: fc.constant(100_000) }, { weight: 2, arbitrary: fc.integer({ min: 500, max: 20_000 }) }),
    pool: fc.constantFrom(false, false, false, true),
    state: fc.constantFrom<RackSpec["state"]>("up", "up", "up", "up", "up", "up", "ordered", "dark"),
    dead: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }) },
    ),
  })
  .map((spec) => ({ ...spec, pool: spec.pool && poolClasses.includes(spec.class) }));

/** Racks of one class that the laws know by heart: where counting racks, or counting servers, goes wrong. */
const uneven: fc.Arbitrary<RackSpec[]> = fc
  .tuple(
    fc.constantFrom([4, 4, 1, 1], [10, 1, 1, 1], [6, 5, 2], [3, 3, 3, 3], [8, 8, 8, 1], [2, 2, 2, 2, 2, 2]),
    fc.nat(5),
    fc.constantFrom(100_000, 8000, 3000),
  )
  .map(([sizes, kind, uplink]) => sizes.map((servers) => ({ class: kind, servers, uplink, pool: false, state: "up", dead: [] })));

const site: fc.Arbitrary<SiteSpec> = fc.record({
  racks: fc
    .tuple(
      fc.oneof({ weight: 1, arbitrary: fc.constant<RackSpec[]>([]) }, { weight: 3, arbitrary: uneven }),
      fc.oneof(fc.array(rack, { minLength: 1, maxLength: 5 }), fc.array(rack, { minLength: 6, maxLength: 14, size: "max" })),
    )
    .map((parts) => parts.flat()),
  uplink: fc.oneof({ weight: 2, arbitrary: fc.constant(1_000_000) }, { weight: 1, arbitrary: fc.integer({ min: 1000, max: 60_000 }) }),
  vlans: fc.oneof({ weight: 4, arbitrary: fc.constant(60) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }) }),
  private: fc.oneof({ weight: 4, arbitrary: fc.constant(16) }, { weight: 1, arbitrary: fc.integer({ min: 22, max: 25 }) }),
  public: fc.oneof(
    { weight: 4, arbitrary: fc.constant([24, 25]) },
    { weight: 1, arbitrary: fc.array(fc.integer({ min: 26, max: 30 }), { minLength: 1, maxLength: 3 }) },
  ),
});

const groupDemand = (nvme: boolean, object: boolean): fc.Arbitrary<GroupDemand> =>
  fc.record({
    usedMilliThreads: amount(30_000, 300_000),
    usedMemoryMiB: amount(60_000, 900_000),
    nvmeGB: nvme ? amount(4000, 40_000) : fc.constant(0),
    objectGB: object ? amount(25_000, 400_000) : fc.constant(0),
    egressMbps: amount(2000, 30_000),
    ingressMbps: amount(1000, 15_000),
  });

/** A demand as generated, or so many times as much. */
function times(demand: GroupDemand, factor: number): GroupDemand {
  const { usedMilliThreads, usedMemoryMiB, nvmeGB, objectGB, egressMbps, ingressMbps } = demand;
  return {
    usedMilliThreads: usedMilliThreads * factor,
    usedMemoryMiB: usedMemoryMiB * factor,
    nvmeGB: nvmeGB * factor,
    objectGB: objectGB * factor,
    egressMbps: egressMbps * factor,
    ingressMbps: ingressMbps * factor,
  };
}

const shares: fc.Arbitrary<MessengerSpec["shares"]> = fc.oneof(
  fc.constantFrom<MessengerSpec["shares"]>({ 0: 1000 }, { 1: 1000 }, { 0: 600, 1: 400 }, { 0: 1000, 1: 0 }),
  fc.constantFrom<MessengerSpec["shares"]>({ 0: 1000 }, { 0: 500, 1: 300, 2: 200 }, { 1: 500, 2: 500 }),
);

/** A messenger of any kind, mostly of a few servers' worth. */
export const messenger: fc.Arbitrary<MessengerSpec> = fc
  .record({
    focus: fc.constantFrom(false, false, true),
    needs: fc.constantFrom<MessengerSpec["needs"]>(
      ["hardware", "network", "cluster"],
      ["hardware", "network", "cluster"],
      ["network", "cluster"],
      ["network", "cluster"],
      ["hardware", "cluster"],
      ["hardware", "network"],
      ["network"],
      ["cluster"],
      ["hardware"],
    ),
    split: fc.boolean(),
    survives: fc.constantFrom<MessengerSpec["survives"]>("rack", "rack", "site"),
    state: fc.constantFrom<MessengerSpec["state"]>(
      "active",
      "active",
      "active",
      "active",
      "active",
      "active",
      "repurposed",
      "retired",
      "absent",
    ),
    shares,
    groups: fc.record({
      compute: groupDemand(false, false),
      database: groupDemand(true, false),
      object: groupDemand(false, true),
      all: groupDemand(true, true),
    }),
    factor: fc.oneof({ weight: 25, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constantFrom(0, 100, 1_000_000) }),
    network: fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fc.record({ vips: fc.nat(40), private: fc.nat(600), egress: fc.nat(9) }, { requiredKeys: [] }) },
    ),
    limits: fc.oneof(
      { weight: 3, arbitrary: fc.constant({ target: 600, degraded: 850, nic: 600 }) },
      {
        weight: 1,
        arbitrary: fc.record({
          target: fc.integer({ min: 500, max: 700 }),
          degraded: fc.integer({ min: 700, max: 900 }),
          nic: fc.integer({ min: 500, max: 700 }),
        }),
      },
    ),
    rf: fc.constantFrom(3, 3, 3, 2, 1),
    code: fc.constantFrom<MessengerSpec["code"]>([16, 4], [16, 4], [4, 2], [5, 2], [8, 4], [16, 8]),
  })
  .map(({ factor, ...spec }) => ({
    ...spec,
    groups: {
      compute: times(spec.groups.compute, factor),
      database: times(spec.groups.database, factor),
      object: times(spec.groups.object, factor),
      all: times(spec.groups.all, factor),
    },
    survives: Object.values(spec.shares).filter((share) => share > 0).length === 2 ? spec.survives : "rack",
  }));

const ids = Array.from(
  { length: 25 },
  (_, index) => `${["soroush", "gap", "bale", "eitaa", "rubika"][index % 5]}${index < 5 ? "" : `-${String(index)}`}`,
);

/** An estate and one to twenty-five messengers. */
export const world: fc.Arbitrary<World> = fc
  .record({
    sites: fc.array(site, { minLength: 1, maxLength: 3 }),
    classes: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
    reserve: fc.constantFrom(
      { threads: 2000, memory: 16_384 },
      { threads: 0, memory: 0 },
      { threads: 1000, memory: 4096 },
      { threads: 4000, memory: 4096 },
    ),
    headroom: fc.constantFrom({ uplink: 100, pool: 100 }, { uplink: 0, pool: 0 }, { uplink: 333, pool: 250 }),
    specs: fc.oneof(
      { weight: 3, arbitrary: fc.array(messenger, { minLength: 1, maxLength: 5 }) },
      { weight: 1, arbitrary: fc.array(messenger, { minLength: 7, maxLength: 25 }) },
    ),
  })
  .map(({ specs, ...rest }) => {
    const fit = (spec: MessengerSpec): MessengerSpec =>
      Object.keys(spec.shares).every((site) => Number(site) < rest.sites.length)
        ? spec
        : { ...spec, shares: { 0: 1000 }, survives: "rack" };
    return { ...rest, messengers: Object.fromEntries(specs.map((spec, index) => [ids[index] ?? "", fit(spec)])) };
  });

const nat = fc.nat(200);
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constant("grow" as const), who: nat, per: fc.constantFrom(1010, 1200, 1700, 3000, 3000, 500) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("die" as const), which: nat }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("dark" as const), rack: nat }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("mend" as const), rack: nat }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("retire" as const), who: nat }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("join" as const), spec: messenger }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("uplink" as const), rack: nat, uplink: fc.integer({ min: 500, max: 20_000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("pool" as const), rack: nat }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("rack" as const), site: fc.nat(2), rack }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("leave" as const), who: nat }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("state" as const),
      which: nat,
      state: fc.constantFrom("draining", "erasing", "rolling", "detached"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("quarantine" as const), which: nat, days: fc.constantFrom(-20, 3, 20, 200) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cool" as const), which: nat, days: fc.constantFrom(-20, 3, 20, 200) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("adopt" as const), which: nat, who: nat }) },
);

const step: fc.Arbitrary<Step> = fc.record({
  events: fc.array(event, { maxLength: 4 }),
  days: fc.constantFrom(0, 0, 1, 15, 70),
  mode: fc.constantFrom<Step["mode"]>("all", "partial", "partial", "partial", "each", "names", "names"),
  names: fc.array(nat, { minLength: 1, maxLength: 3 }),
});

/** A world, allocated, changed and allocated again. */
export const story: fc.Arbitrary<Story> = fc.record({
  world,
  first: step.map((first) => ({ ...first, events: [] })),
  steps: fc.array(step, { maxLength: 2 }),
});
