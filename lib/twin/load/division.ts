/** Whole amounts divided without a rest: the parts always add up to the whole. */

/** `total` in `count` parts that differ by at most one, the larger ones first. */
export function evenly(total: number, count: number): number[] {
  const least = Math.floor(total / count);
  const larger = total - least * count;
  return Array.from({ length: count }, (_, index) => (index < larger ? least + 1 : least));
}

/** `total` in parts that stand to each other as the weights do, each within one of its exact share. Without any weight the first part has all. */
export function inProportion(total: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let passed = 0;
  let given = 0;
  return weights.map((weight, index) => {
    passed += weight;
    const last = weights.slice(index + 1).every((later) => later === 0);
    // The last with a weight takes what is left: the sum of fractions may lie a little below the whole.
    const until = last ? total : Math.min(total, Math.floor(total * (passed / whole)));
    const part = until - given;
    given = until;
    return part;
  });
}
