import * as fc from "fast-check";
import type { Depletable } from "../../lib/allocation/lack";
import { runOutOf } from "../../lib/allocation/runOut";
import { SiteState } from "../../lib/allocation/siteState";
import type { Estate } from "../../lib/request/estate";
import type { Messenger } from "../../lib/request/messenger";
import type { Demand } from "../../lib/sizing/demand";
import { dateOf, dayNumber } from "../../lib/sizing/day";
import { demandOf, estateOf, messengerOf, rack, run, site, using } from "../support/allocation";

const asOf = "2026-11-24";
const start = dayNumber(asOf);
const on = (day: number): string => dateOf(start + day);

/** Threads that gap uses day by day: even between its points, more in a surge. */
interface Curve {
  readonly points: readonly { readonly day: number; readonly threads: number }[];
  readonly surges: readonly { readonly from: number; readonly to: number; readonly factor: number }[];
}

function threadsOn({ points, surges }: Curve, day: number): number {
  const next = points.findIndex((point) => point.day > day);
  const [before, after] = [points[(next === -1 ? points.length : next) - 1], points[next]];
  const even = !before
    ? 1
    : !after
      ? before.threads
      : before.threads + ((after.threads - before.threads) * (day - before.day)) / (after.day - before.day);
  return Math.floor(even * Math.max(1, ...surges.filter(({ from, to }) => from <= day && day <= to).map(({ factor }) => factor)));
}

interface Case {
  readonly curve: Curve;
  /** Servers of each of three racks. */
  readonly servers: number;
  /** When a fourth rack arrives. @default never */
  readonly arrival?: number | undefined;
  /** What does not work of the rack that arrives: servers of it by number, or the whole. @default it works */
  readonly out?: readonly number[] | "all" | undefined;
}

const estateFor = ({ servers, arrival, out = [] }: Omit<Case, "curve">): Estate =>
  estateOf({
    thr1: site(
      {
        r01: rack({ servers }),
        r02: rack({ servers }),
        r03: rack({ servers }),
        ...(arrival !== undefined && { r04: rack({ servers, inService: on(arrival), ...(out === "all" && { outOfService: "burnt" }) }) }),
      },
      { outOfService: Object.fromEntries(out === "all" ? [] : out.map((number) => [`thr1-r04-s0${String(number)}`, "burnt"])) },
    ),
  });

function gapOf({ points, surges }: Curve): Messenger {
  return messengerOf("gap", {
    growth: points.filter(({ day }) => day > 0).map(({ day, threads }) => ({ date: on(day), active: threads })),
    surges: surges.map(({ from, to, factor }, index) => ({ name: `s${String(index)}`, from: on(from), to: on(to), factor })),
  });
}

const demand = (threads: number): Demand => demandOf("gap", { all: using(threads) });

/** The days from the book date on which things run out. */
function runOut({ curve, ...rest }: Case, messenger = gapOf(curve)): Map<Depletable, number> {
  const estate = estateFor(rest);
  const { lock } = run({ estate: estateFor({ servers: rest.servers }), messengers: [messenger], demands: [demand(1)], partial: true });
  const found = runOutOf({
    state: SiteState.of(estate, lock, "thr1"),
    messengers: [messenger],
    demandOn: (_, day) => demand(threadsOn(curve, dayNumber(day) - start)),
  });
  return new Map(Array.from(found, ([what, day]) => [what, dayNumber(day) - start]));
}

/** The same by looking at each day alone, with the need of that day for ever and the racks that are in service by then. */
function dayByDay({ curve, servers, arrival, out }: Case, until: number): Map<Depletable, number> {
  const found = new Map<Depletable, number>();
  for (let day = 0; day <= until; day++) {
    const level: Case = {
      curve: { points: [{ day: 0, threads: threadsOn(curve, day) }], surges: [] },
      servers,
      arrival: arrival !== undefined && arrival <= day ? 0 : undefined,
      out,
    };
    for (const what of runOut(level, messengerOf("gap")).keys()) if (!found.has(what)) found.set(what, day);
  }
  return found;
}

const last = 60;
const curve: fc.Arbitrary<Curve> = fc.record({
  points: fc
    .uniqueArray(fc.record({ day: fc.integer({ min: 1, max: last }), threads: fc.integer({ min: 1, max: 120 }) }), {
      selector: ({ day }) => day,
      maxLength: 4,
    })
    .map((points) => [{ day: 0, threads: 1 }, ...points.sort((a, b) => a.day - b.day)]),
  surges: fc.array(
    fc
      .record({ from: fc.integer({ min: 1, max: last }), length: fc.nat({ max: 10 }), factor: fc.integer({ min: 2, max: 4 }) })
      .map(({ from, length, factor }) => ({ from, to: from + length, factor })),
    { maxLength: 2 },
  ),
});
const anyCase: fc.Arbitrary<Case> = fc.record({
  curve,
  servers: fc.integer({ min: 1, max: 4 }),
  arrival: fc.option(fc.integer({ min: 1, max: last }), { nil: undefined }),
});

test("the first day is the one that a look at every day finds", () => {
  fc.assert(
    fc.property(anyCase, (each) => {
      expect(runOut(each)).toEqual(dayByDay(each, last + 12));
    }),
    { numRuns: 80 },
  );
});

test("servers that run out the day before a rack arrives are told", () => {
  const growing: Curve = {
    points: [
      { day: 0, threads: 1 },
      { day: 40, threads: 120 },
    ],
    surges: [],
  };
  const [day] = runOut({ curve: growing, servers: 2 }).values();
  if (day === undefined) throw new Error("nothing runs out");
  // A rack that comes on that day is in time, one that comes a day later is not.
  expect(runOut({ curve: growing, servers: 2, arrival: day + 1 }).get("class plain")).toBe(day);
  expect(runOut({ curve: growing, servers: 2, arrival: day }).get("class plain")).toBeGreaterThan(day);
});

test("of a rack that arrives, what is out of service is not there", () => {
  const growing: Curve = {
    points: [
      { day: 0, threads: 1 },
      { day: 40, threads: 120 },
    ],
    surges: [],
  };
  const [all, half, none] = [[], [1, 2], "all" as const].map((out) => {
    const each: Case = { curve: growing, servers: 4, arrival: 2, out };
    expect(runOut(each)).toEqual(dayByDay(each, 40));
    return runOut(each).get("class plain") ?? Infinity;
  });
  expect(half).toBeLessThan(all ?? 0);
  expect(none).toBeLessThan(half ?? 0);
});

test("a surge too short for any other turn is seen", () => {
  const short: Curve = { points: [{ day: 0, threads: 20 }], surges: [{ from: 30, to: 30, factor: 4 }] };
  expect(runOut({ curve: short, servers: 2 })).toEqual(new Map([["class plain", 30]]));
});

test("more growth never runs out later, and more servers never sooner", () => {
  fc.assert(
    fc.property(anyCase, fc.integer({ min: 1, max: 40 }), (each, more) => {
      const raised = { ...each.curve, points: each.curve.points.map(({ day, threads }) => ({ day, threads: threads + more })) };
      const [now, grown, larger] = [each, { ...each, curve: raised }, { ...each, servers: each.servers + 1 }].map(
        (one) => runOut(one).get("class plain") ?? Infinity,
      );
      expect(grown).toBeLessThanOrEqual(now ?? 0);
      expect(larger).toBeGreaterThanOrEqual(now ?? 0);
    }),
    { numRuns: 150 },
  );
});

test("what lasts as long as the curves reach is not named", () => {
  expect(runOut({ curve: { points: [{ day: 0, threads: 1 }], surges: [] }, servers: 4 })).toEqual(new Map());
});
