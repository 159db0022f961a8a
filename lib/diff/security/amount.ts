/** Quantities, to say which one is larger. */
import { canonical } from "../../policy/canonicalQuantities";

const suffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** A quantity in billionths; nothing where it is none. */
export function amountOf(quantity: string): bigint | undefined {
  const [, whole = "", suffix = ""] = /^(\d+)(\D*)$/.exec(canonical(quantity) ?? "") ?? [];
  if (whole === "") return undefined;
  if (suffix.endsWith("i")) return BigInt(whole) * 10n ** 9n * 1024n ** BigInt(binary.indexOf(suffix));
  return BigInt(whole) * 1000n ** BigInt(suffixes.indexOf(suffix));
}
