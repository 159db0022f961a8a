/** What is tried out, addresses and storage, is lacking on the days on which `allocate` refuses it. */
import * as fc from "fast-check";
import type { Refusal } from "../../lib/allocation/allocation";
import { type Depletable, leftOf, missingOf } from "../../lib/allocation/lack";
import { needsOf } from "../../lib/allocation/need";
import { SiteState } from "../../lib/allocation/siteState";
import type { Estate } from "../../lib/request/estate";
import type { Messenger } from "../../lib/request/messenger";
import type { Demand } from "../../lib/sizing/demand";
import { demandOf, estateOf, messengerOf, plainClass, rack, run, site, thr1, using } from "../support/allocation";

const last = 12;
const ramp = (from: number, each: number) => fc.record({ from: fc.oneof(fc.constant(0), fc.nat(from)), each: fc.nat(each) });
type Ramp = Readonly<Record<"from" | "each", number>>;
const on = (day: number, { from, each }: Ramp): number => from + each * day;

interface Case {
  readonly estate: Estate;
  readonly messengers: readonly Messenger[];
  readonly demandsOn: (day: number) => Demand[];
  /** What the lock was made by. */
  readonly before: readonly Demand[];
}

/** Day by day whether something is lacking, held to what `allocate` refuses; how many days there are of each. */
function judged({ estate, messengers, demandsOn, before }: Case, line: Depletable, resource: Refusal["resource"]): [number, number] {
  const { lock } = run({ estate, messengers, demands: before, partial: true });
  // What is recorded as short is not refused again.
  const all = { ...lock, sites: { thr1: { ...thr1(lock), short: {} } } };
  const state = SiteState.of(estate, all, "thr1");
  const lacks = Array.from({ length: last }, (_, day) => {
    const demands = demandsOn(day);
    const needs = messengers.flatMap((messenger, index) => needsOf(estate, messenger, demands[index]));
    return (missingOf(state, needs, new Map([...leftOf(state, needs), ["class plain", Infinity]]), () => true).get(line) ?? 0) > 0;
  });
  const refuses = lacks.map((_, day) =>
    run({ estate, messengers, demands: demandsOn(day), partial: true, lock: all }).refused.some((each) => each.resource === resource),
  );
  expect(lacks).toEqual(refuses);
  return [lacks.filter((each) => each).length, lacks.filter((each) => !each).length];
}

test("storage of the pool: by the rules of all, and beside each other on NVMe where there are no disks", () => {
  const rule = fc.record({ rf: fc.integer({ min: 1, max: 3 }), parity: fc.constantFrom(1, 2, 4) });
  const user = fc.record({ nvme: ramp(10_000, 5000), object: ramp(10_000, 5000), rule, laid: rule });
  const found = { lacking: 0, enough: 0 };
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 5 }),
      fc.boolean(),
      fc.array(user, { minLength: 1, maxLength: 4 }),
      (sizes, hasDisks, users) => {
        const racks = sizes.map((servers, index) => [`r0${String(index + 1)}`, rack({ servers, pool: true })] as const);
        const plain = { ...plainClass, disks: hasDisks ? { count: 1, each: 8000 } : undefined };
        const estate = estateOf({ thr1: site(Object.fromEntries(racks)) }, { classes: { plain }, headroom: { uplink: 0, pool: 100 } });
        const messengers = users.map((_, index) => messengerOf(`m${String(index)}`, { needs: ["cluster"] }));
        const demandsOn = (day: number, by: "rule" | "laid" = "rule"): Demand[] =>
          users.map(({ nvme, object, ...rules }, index) => {
            const data = { nvmeGB: on(day, nvme), objectGB: on(day, object) };
            return { ...demandOf(`m${String(index)}`, { all: using(0, data) }), ...rules[by], shards: 4 };
          });
        for (const key of ["nvmeTiB", "objectTiB"] as const) {
          const [lacking, enough] = judged({ estate, messengers, demandsOn, before: demandsOn(0, "laid") }, key, key);
          found.lacking += lacking;
          found.enough += enough;
        }
      },
    ),
    { numRuns: 200 },
  );
  expect(Math.min(found.lacking, found.enough)).toBeGreaterThan(100);
});

test("private addresses: prefix by prefix, one for each server that is new", () => {
  const user = fc.record({ threads: ramp(20, 6), network: fc.constantFrom({}, { private: 2 }, { private: 40 }) });
  const found = { lacking: 0, enough: 0 };
  fc.assert(
    fc.property(fc.integer({ min: 25, max: 28 }), fc.array(user, { minLength: 1, maxLength: 3 }), (length, users) => {
      // A server a rack: as many as on the equal racks that the need is counted on.
      const racks = Array.from({ length: 70 }, (_, index) => [`r${String(index + 10)}`, rack({ servers: 1 })] as const);
      const addresses = { private: { base: 8, perServer: 2 }, vips: { own: 0, pool: 0 }, egress: { own: 0, pool: 0 } };
      const estate = estateOf({ thr1: site(Object.fromEntries(racks), { private: `10.64.0.0/${String(length)}` }) }, { addresses });
      const messengers = users.map(({ network }, index) => messengerOf(`m${String(index)}`, { network }));
      const demandsOn = (day: number): Demand[] =>
        users.map(({ threads }, index) => demandOf(`m${String(index)}`, { all: using(1 + on(day, threads)) }));
      const [lacking, enough] = judged({ estate, messengers, demandsOn, before: demandsOn(0) }, "privateAddresses", "private");
      found.lacking += lacking;
      found.enough += enough;
    }),
    { numRuns: 100 },
  );
  expect(Math.min(found.lacking, found.enough)).toBeGreaterThan(100);
});
