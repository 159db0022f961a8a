import { coefficientBook, valuesOf } from "../../lib/sizing/coefficient";
import { coefficientNames } from "../../lib/sizing/coefficientNames";

const { coefficients, version } = coefficientBook();

test("the file holds exactly the named coefficients, in their order", () => {
  expect(Object.keys(coefficients)).toEqual([...coefficientNames]);
});

test("the version is the one that locks name", () => {
  expect(version).toBe("1");
});

test.each(Object.entries(coefficients))("%s lies in its range and says where it comes from", (_, { value, low, high, unit, source }) => {
  expect(low).toBeLessThanOrEqual(value);
  expect(high).toBeGreaterThanOrEqual(value);
  expect(unit).not.toBe("");
  expect(source).not.toBe("");
});

test("class B is called unvalidated and lies at the geometric mean of A and C", () => {
  const { stack_eff_A, stack_eff_B, stack_eff_C } = coefficients;
  expect(stack_eff_B.source).toMatch(/unvalidated/);
  expect(stack_eff_B.value / Math.sqrt(stack_eff_A.value * stack_eff_C.value)).toBeCloseTo(1, 1);
});

test("a profile overrides by name, also with 0, and leaves the others", () => {
  const values = valuesOf({ size_photo: 100, share_video: 0, media_days: undefined });
  expect(values).toEqual({ ...valuesOf(), size_photo: 100, share_video: 0 });
  expect(values.media_days).toBe(coefficients.media_days.value);
});
