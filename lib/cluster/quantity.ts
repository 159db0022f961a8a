/**
 * Kubernetes quantities in canonical form: a whole number with the largest suffix that keeps it whole.
 * The API server rewrites anything else (`1000m` to `1`, `1024Mi` to `1Gi`), and every later plan would show the difference.
 */

const decimal = ["m", "", "k", "M", "G", "T", "P", "E"];
const binary = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** A suffix of a quantity: thousandths to 10^18, or 2^10 to 2^60. */
export type Suffix = "m" | "" | "k" | "M" | "G" | "T" | "P" | "E" | "Ki" | "Mi" | "Gi" | "Ti" | "Pi" | "Ei";

/**
 * `amount` of `suffix` in canonical form: 64000 of `m` is `64`, 2000 of nothing `2k`, 1536 of `Mi` `1536Mi`, 1024 of `Mi` `1Gi`.
 *
 * @param amount a whole number of at least 0, exact in floating point
 * @throws RangeError for any other number
 */
export function quantity(amount: number, suffix: Suffix): string {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new RangeError(`a quantity is a whole number of at least 0, not ${amount}${suffix}`);
  if (amount === 0) return "0";
  const [suffixes, step] = decimal.includes(suffix) ? [decimal, 1000] : [binary, 1024];
  let rest = amount;
  let index = suffixes.indexOf(suffix);
  for (; rest % step === 0 && index < suffixes.length - 1; index++) rest /= step;
  return `${rest}${suffixes[index] ?? ""}`;
}
