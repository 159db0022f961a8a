import * as fc from "fast-check";
import { coefficientBook } from "../../lib/sizing/coefficient";
import type { CoefficientName } from "../../lib/sizing/coefficientNames";
import { rangesOf, resultsOf } from "../../lib/sizing/range";
import { sizeMessenger } from "../../lib/sizing/size";
import { calendar, messengerOf } from "./messenger";

const { today, peak } = rangesOf(messengerOf(), calendar);

test("threads of class B are moved most by the class, whose ends are those of A and C", () => {
  expect(today["total.threads"]).toEqual({
    low: expect.closeTo(189, 9) as number,
    high: expect.closeTo(3150, 9) as number,
    coefficient: "stack_eff_B",
  });
});

test("storage is moved most by retention", () => {
  expect(today["total.objectTiB"]?.coefficient).toBe("media_days");
  expect(today["total.nvmeTiB"]?.coefficient).toBe("message_days");
});

test("each result has a range around it, moved by a coefficient that its messenger leaves open", () => {
  for (const [result, value] of Object.entries(resultsOf(sizeMessenger(messengerOf(), calendar)))) {
    expect(today[result]?.low).toBeLessThanOrEqual(value);
    expect(today[result]?.high).toBeGreaterThanOrEqual(value);
    expect(today[result]?.coefficient).toBeDefined();
  }
});

test("a range is what the size becomes with that coefficient at its ends", () => {
  const results = (name: CoefficientName, end: "low" | "high") =>
    resultsOf(sizeMessenger(messengerOf({ profile: { tlsAtGateway: true, [name]: coefficientBook().coefficients[name][end] } }), calendar));
  for (const [result, { low, high, coefficient }] of Object.entries(today)) {
    if (!coefficient) throw new Error(`nothing moves ${result}`);
    const ends = [results(coefficient, "low")[result], results(coefficient, "high")[result]];
    expect([low, high]).toEqual(expect.arrayContaining(ends));
  }
});

test("no other coefficient moves a result further", () => {
  const size = resultsOf(sizeMessenger(messengerOf(), calendar));
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(today)),
      fc.constantFrom(...Object.entries(coefficientBook().coefficients)),
      (result, [name, { low, high }]) => {
        if (name === "ec_shards") return; // its low end, 4, leaves no shard for data beside 4 of parity
        const ends = [low, high].map(
          (end) => resultsOf(sizeMessenger(messengerOf({ profile: { tlsAtGateway: true, [name]: end } }), calendar))[result] ?? NaN,
        );
        const range = today[result];
        const moved = Math.max(...ends, size[result] ?? NaN) - Math.min(...ends, size[result] ?? NaN);
        expect(moved).toBeLessThanOrEqual((range?.high ?? NaN) - (range?.low ?? NaN) + 1e-9);
      },
    ),
    { numRuns: 300 },
  );
});

test("an end that makes no sense beside the other values is left out", () => {
  // ec_shards at its low end has 4 shards beside 4 of parity; its high end is its value.
  expect(Object.values(today).every(({ low, high }) => Number.isFinite(low) && Number.isFinite(high))).toBe(true);
  expect(today["roles.application.threads"]?.coefficient).toBe("stack_eff_B");
  const moved = Object.values(today).map(({ coefficient }) => coefficient);
  expect(moved).not.toContain("ec_shards");
});

test("what is measured or asked for has no range", () => {
  const load = { peakConcurrent: 1.3e6, source: "its gateways" };
  expect(rangesOf(messengerOf({ load }), calendar).today["load.peakConcurrent"]).toEqual({ low: 1.3e6, high: 1.3e6 });
  const certain = rangesOf(messengerOf({ profile: { tlsAtGateway: true, stack_eff_B: 600 } }), calendar).today["total.threads"];
  expect(certain?.coefficient).not.toBe("stack_eff_B");
});

test("a surge without a figure of its own moves the peak by surge_users", () => {
  const surges = [{ name: "s", from: "2026-12-01", to: "2026-12-02" }];
  const moved = rangesOf(messengerOf({ surges }), calendar);
  expect(moved.peak["load.peakConcurrent"]).toMatchObject({ low: 1.26e6, coefficient: "surge_users" });
  expect(moved.today["load.peakConcurrent"]).toEqual(today["load.peakConcurrent"]);
  expect(peak["load.peakConcurrent"]).toEqual(today["load.peakConcurrent"]);
});
