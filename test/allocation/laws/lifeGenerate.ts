/** Arbitrary lives: small estates, often nearly full, and a dozen of things that happen to them. */
import * as fc from "fast-check";
import { messenger, rack } from "./generate";
import type { Act, Life, Readied } from "./life";
import type { MessengerSpec, RackSpec, SiteSpec, World } from "./world";

const plain = (servers: number, kind: number, pool: boolean): RackSpec => ({
  class: kind,
  servers,
  uplink: 100_000,
  pool,
  state: "up",
  dead: [],
});

/** Three to five racks of one class, mostly roomy, a pool of three racks beside them, and at times anything. */
const site: fc.Arbitrary<SiteSpec> = fc
  .record({
    own: fc.tuple(fc.array(fc.integer({ min: 2, max: 9 }), { minLength: 3, maxLength: 5 }), fc.constantFrom(0, 0, 2, 5)),
    pool: fc.tuple(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 }), fc.constantFrom(0, 2)),
    others: fc.array(rack, { maxLength: 2 }),
    uplink: fc.constantFrom(1_000_000, 1_000_000, 20_000),
    tight: fc.constantFrom(100_000, 100_000, 4000),
  })
  .map(({ own: [sizes, kind], pool: [shared, poolKind], others, uplink, tight }) => ({
    racks: [
      ...sizes.map((servers) => ({ ...plain(servers, kind, false), uplink: tight })),
      ...shared.map((servers) => plain(servers, poolKind, true)),
      ...others,
    ],
    uplink,
    vlans: 12,
    private: 18,
    public: [26, 27],
  }));

const world: fc.Arbitrary<World> = fc
  .record({
    sites: fc.array(site, { minLength: 1, maxLength: 2 }),
    classes: fc.constant([0, 1, 2, 3, 4, 5]),
    reserve: fc.constantFrom({ threads: 2000, memory: 16_384 }, { threads: 0, memory: 0 }),
    headroom: fc.constantFrom({ uplink: 100, pool: 100 }, { uplink: 0, pool: 0 }),
    specs: fc.array(messenger, { minLength: 1, maxLength: 4 }),
  })
  .map(({ specs, ...rest }) => {
    const fit = (spec: MessengerSpec): MessengerSpec =>
      Object.keys(spec.shares).every((place) => Number(place) < rest.sites.length)
        ? spec
        : { ...spec, shares: { 0: 1000 }, survives: "rack" };
    const names = ["soroush", "gap", "bale", "eitaa"];
    return { ...rest, messengers: Object.fromEntries(specs.map((spec, index) => [names[index] ?? "", fit(spec)])) };
  });

const nat = fc.nat(200);
const ready = fc.constantFrom<Readied[]>("all", "all", "all", "all", "unknown", "one is missing");
const few = fc.integer({ min: 1, max: 3 });
const happens = (event: fc.Arbitrary<Extract<Act, { kind: "happens" }>["event"]>): fc.Arbitrary<Act> =>
  event.map((each): Act => ({ kind: "happens", event: each }));

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: happens(fc.record({ kind: fc.constant("grow" as const), who: nat, per: fc.constantFrom(300, 500, 800, 1300, 2000) })),
  },
  { weight: 2, arbitrary: happens(fc.record({ kind: fc.constant("die" as const), which: nat })) },
  { weight: 1, arbitrary: happens(fc.record({ kind: fc.constantFrom("dark" as const, "mend" as const, "pool" as const), rack: nat })) },
  { weight: 1, arbitrary: happens(fc.record({ kind: fc.constantFrom("retire" as const, "leave" as const), who: nat })) },
  { weight: 1, arbitrary: happens(fc.record({ kind: fc.constant("join" as const), spec: messenger })) },
  {
    weight: 1,
    arbitrary: happens(fc.record({ kind: fc.constant("uplink" as const), rack: nat, uplink: fc.integer({ min: 2000, max: 90_000 }) })),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("tier" as const, "repurpose" as const, "absent" as const, "return" as const), who: nat }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "image" as const }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("allocate" as const), days: fc.constantFrom(0, 1, 15, 31), who: fc.constant([]) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("allocate" as const),
      days: fc.constant(0),
      who: fc.array(nat, { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("release" as const), who: nat }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("roll" as const),
      who: nat,
      ready,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("let go" as const), which: nat, count: few }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("adopt" as const), which: nat, count: few }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("erase" as const), which: nat, count: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("erased" as const), which: nat, count: fc.integer({ min: 1, max: 12 }) }) },
);

/** Everything that is on its way goes on by a step. */
const onward: readonly Act[] = [
  { kind: "erase", which: 0, count: 200 },
  { kind: "erase", which: 0, count: 200 },
  { kind: "erased", which: 0, count: 200 },
];

/** Courses that a life takes on purpose, as chance alone rarely follows one to its end. */
const course: fc.Arbitrary<readonly Act[]> = fc.oneof(
  nat.map((who): Act[] => [
    { kind: "happens", event: { kind: "retire", who } },
    { kind: "release", who },
    ...onward.slice(0, 2),
    { kind: "release", who },
    ...onward.slice(2),
    { kind: "release", who },
    { kind: "absent", who },
    { kind: "release", who },
    { kind: "allocate", days: 31, who: [] },
  ]),
  nat.map((who): Act[] => [{ kind: "tier", who }, { kind: "allocate", days: 0, who: [] }, { kind: "release", who }, ...onward]),
  nat.map((who): Act[] => [
    { kind: "happens", event: { kind: "leave", who } },
    { kind: "allocate", days: 0, who: [] },
    { kind: "release", who },
    ...onward,
    { kind: "release", who },
  ]),
  fc
    .tuple(nat, fc.array(ready, { minLength: 4, maxLength: 9 }))
    .map(([who, looks]): Act[] => [{ kind: "image" }, ...looks.map((look): Act => ({ kind: "roll", who, ready: look }))]),
  fc
    .tuple(nat, nat)
    .map(([which, who]): Act[] => [
      { kind: "adopt", which, count: 3 },
      ...Array.from({ length: 4 }, (): Act => ({ kind: "roll", who, ready: "all" })),
      { kind: "let go", which, count: 3 },
      ...onward,
    ]),
  nat.map((which): Act[] => [
    { kind: "happens", event: { kind: "die", which } },
    { kind: "let go", which, count: 1 },
    ...onward,
    { kind: "allocate", days: 15, who: [] },
  ]),
  nat.map((rack): Act[] => [{ kind: "happens", event: { kind: "pool", rack } }, { kind: "let go", which: rack, count: 4 }, ...onward]),
);

/** Two courses at once: each in its own order, mixed as `turns` say. */
function mixed(one: readonly Act[], other: readonly Act[], turns: readonly boolean[]): Act[] {
  const [left, right] = [[...one], [...other]];
  const acts = turns.flatMap((turn) => (turn ? left : right).splice(0, 1));
  return [...acts, ...left, ...right];
}

const acts = (longest: number): fc.Arbitrary<Act[]> =>
  fc
    .array(
      fc.oneof(
        act.map((one) => [one]),
        course,
      ),
      { minLength: 1, maxLength: longest, size: "max" },
    )
    .map((parts) => parts.flat());

/** An estate and what becomes of it. */
export const life: fc.Arbitrary<Life> = fc
  .record({ world, one: acts(4), other: acts(6), turns: fc.array(fc.boolean(), { maxLength: 30, size: "max" }) })
  .map(({ one, other, turns, ...rest }) => ({ ...rest, acts: mixed(one, other, turns) }));
