/** What a Kubernetes quantity is worth, exactly; how it is written is the business of lib/cluster/quantity.ts. */
import type { Json } from "../../manifests/apiObject";

const decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
/** More than any quantity needs; a longer exponent would be a number of many megabytes. */
const longestExponent = 40;

/**
 * A quantity in billionths, rounded up as the API server does: `1Gi` and `1073741824` are the same, `0.5` and `500m` too.
 * @returns nothing where the value is no quantity
 */
export function billionths(value: Json | undefined): bigint | undefined {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return undefined;
  const [, sign, whole = "", fraction = "", exponent, suffix = ""] =
    /^([+-])?(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text) ?? [];
  if (whole + fraction === "") return undefined;
  const tens = exponent === undefined ? 0 : Number(exponent);
  if (Math.abs(tens) > longestExponent) return undefined;
  const unit = suffix.endsWith("i") ? 10n ** 9n * 1024n ** BigInt(binary.indexOf(suffix)) : 1000n ** BigInt(decimal.indexOf(suffix));
  const parts = BigInt(whole + fraction) * unit * 10n ** BigInt(Math.max(tens, 0));
  const scale = 10n ** BigInt(fraction.length + Math.max(-tens, 0));
  const amount = (parts + scale - 1n) / scale;
  return sign === "-" ? -amount : amount;
}
