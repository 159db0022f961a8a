import { comparisons } from "./published";

test.each(comparisons)("$id $figure of $what is within a factor of two", ({ published, model }) => {
  expect(model / published).toBeGreaterThan(0.5);
  expect(model / published).toBeLessThan(2);
});

test.each([
  ["V1", 0.99],
  ["V20", 0.9],
])("%s is %d of what was published", (id, ratio) => {
  const row = comparisons.find((comparison) => comparison.id === id);
  expect((row?.model ?? NaN) / (row?.published ?? NaN)).toBeCloseTo(ratio, 2);
});
