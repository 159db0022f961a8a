import * as fc from "fast-check";
import { people, type Overlap } from "../../lib/sizing/people";

const registered = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([messenger, count]) => ({ messenger, audience: { registered: count } }));

test("without overlaps: at least the largest, at most all together", () => {
  expect(people(registered({ soroush: 10e6, gap: 1.5e6, bale: 3e6 }))).toEqual({ least: 10e6, most: 14.5e6 });
  expect(people([])).toEqual({ least: 0, most: 0 });
});

test("a known overlap of two gives their number exactly", () => {
  expect(people(registered({ soroush: 10, gap: 4 }), [{ messengers: ["gap", "soroush"], people: 3 }])).toEqual({ least: 11, most: 11 });
});

test("an overlap with a messenger that is not asked for is left aside", () => {
  expect(people(registered({ soroush: 10, gap: 4 }), [{ messengers: ["gap", "bale"], people: 3 }])).toEqual({ least: 10, most: 14 });
});

test("the bounds hold for every population, whatever overlaps are known", () => {
  const ids = ["a", "b", "c", "d"];
  fc.assert(
    fc.property(
      fc.array(fc.subarray(ids, { minLength: 1 }), { maxLength: 20 }),
      fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      (population, known) => {
        const count = (...of: string[]) => population.filter((person) => of.every((id) => person.includes(id))).length;
        const pairs = ids.flatMap((one, index) => ids.slice(index + 1).map((other): [string, string] => [one, other]));
        const overlaps: Overlap[] = pairs.filter((_, index) => known[index]).map((pair) => ({ messengers: pair, people: count(...pair) }));
        const { least, most } = people(registered(Object.fromEntries(ids.map((id) => [id, count(id)]))), overlaps);
        expect(least).toBeLessThanOrEqual(population.length);
        expect(most).toBeGreaterThanOrEqual(population.length);
      },
    ),
    { numRuns: 300 },
  );
});
