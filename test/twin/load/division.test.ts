import * as fc from "fast-check";
import { evenly, inProportion } from "../../../lib/twin/load/division";

const sum = (parts: readonly number[]): number => parts.reduce((all, part) => all + part, 0);

describe("evenly", () => {
  it("gives the rest to the first", () => expect(evenly(11, 4)).toEqual([3, 3, 3, 2]));

  it("divides without a rest, in parts that differ by at most one", () =>
    fc.assert(
      fc.property(fc.nat(1e9), fc.integer({ min: 1, max: 500 }), (total, count) => {
        const parts = evenly(total, count);
        expect(sum(parts)).toBe(total);
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
      }),
    ));
});

describe("inProportion", () => {
  it("follows the weights", () => expect(inProportion(100, [1, 0, 3])).toEqual([25, 0, 75]));
  it("gives all to the first where nothing weighs anything", () => expect(inProportion(7, [0, 0])).toEqual([7, 0]));
  it("gives nothing to what weighs nothing, at the end too", () => expect(inProportion(7, [0.1, 0.2, 0])).toEqual([2, 5, 0]));

  it("adds up to the whole, each part within one of its share", () =>
    fc.assert(
      fc.property(fc.nat(1e9), fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 6 }), (total, weights) => {
        const parts = inProportion(total, weights);
        expect(sum(parts)).toBe(total);
        const whole = sum(weights);
        if (whole === 0) return;
        parts.forEach((part, index) => {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(Math.abs(part - (total * (weights[index] ?? 0)) / whole)).toBeLessThanOrEqual(1 + 1e-3);
        });
      }),
    ));
});
