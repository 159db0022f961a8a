import { isObject, objects, valueAt } from "../manifests/apiObject";
import type { ApiObject, Json } from "../manifests/apiObject";
import type { Rule } from "./rule";

const decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const billion = 10n ** 9n;

/** A whole number with the largest suffix that keeps it whole. */
function shorten(amount: bigint, suffixes: readonly string[], step: bigint): string {
  let rest = amount;
  let index = 0;
  for (; rest % step === 0n && index < suffixes.length - 1; index++) rest /= step;
  return `${rest}${suffixes[index] ?? ""}`;
}

/**
 * A quantity as the API server writes it: `1` for `1000m`, `500m` for `0.5`, `2k` for `2000`, `1Gi` for `1024Mi`.
 * @returns nothing where the text is no quantity, is negative, or is finer than a billionth
 */
export function canonical(text: string): string | undefined {
  const [, whole = "", fraction = "", suffix = ""] = /^(\d+)(?:\.(\d+))?([numkMGTPE]|[KMGTPE]i)?$/.exec(text) ?? [];
  if (whole === "") return undefined;
  const isBinary = suffix.endsWith("i");
  const unit = isBinary ? billion * 1024n ** BigInt(binary.indexOf(suffix)) : 1000n ** BigInt(decimal.indexOf(suffix));
  const parts = BigInt(whole + fraction) * unit;
  const scale = 10n ** BigInt(fraction.length);
  if (parts % scale !== 0n) return undefined;
  const billionths = parts / scale;
  if (billionths === 0n) return "0";
  // Below 1024, and where a binary fraction is not whole, the server turns to decimal suffixes.
  if (isBinary && billionths % billion === 0n && billionths >= 1024n * billion) return shorten(billionths / billion, binary, 1024n);
  return shorten(billionths, decimal, 1000n);
}

const limitFields = ["default", "defaultRequest", "max", "min", "maxLimitRequestRatio"];

/** Where each kind holds quantities by resource name. */
const places: Readonly<Record<string, (object: ApiObject) => readonly (readonly [field: string, quantities: Json | undefined])[]>> = {
  ResourceQuota: ({ spec }) => [["spec.hard", valueAt(spec, "hard")]],
  LimitRange: ({ spec }) =>
    objects(valueAt(spec, "limits")).flatMap((limit, index) =>
      limitFields.map((field) => [`spec.limits[${index}].${field}`, limit[field]] as const),
    ),
  NodeFeatureRule: ({ spec }) =>
    objects(valueAt(spec, "rules")).map((rule, index) => [`spec.rules[${index}].extendedResources`, rule.extendedResources] as const),
};

/** Quantities are written as the API server keeps them. */
export const canonicalQuantities: Rule = {
  name: "canonical-quantities",
  protects: "Plans that say nothing where nothing changes: the server rewrites other forms, and every later plan shows the difference.",
  check: (tree) =>
    Object.entries(places).flatMap(([kind, read]) =>
      tree.ofKind(kind).flatMap((at) =>
        read(at.object).flatMap(([field, quantities]) =>
          Object.entries(isObject(quantities) ? quantities : {}).flatMap(([resource, value]) => {
            const right = typeof value === "string" ? canonical(value) : undefined;
            if (right === value) return [];
            const remedy = right === undefined ? "write a whole number with a suffix, such as 500m or 1Gi, as text" : `write ${right}`;
            return {
              at,
              field: `${field}["${resource}"]`,
              what: `is ${JSON.stringify(value)}, which the API server writes otherwise`,
              remedy,
            };
          }),
        ),
      ),
    ),
};
