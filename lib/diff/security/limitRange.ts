import { byCodeUnit, isObject, objects, texts, valueAt, type ApiObject, type Json } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { billionths } from "../semantics/quantity";
import { plain } from "./ordered";
import { bothWays, singlePairsOf, type Say } from "./pair";
import { arrow, whole } from "./words";

/** The fields that keep somebody from taking more. */
const fields = ["default", "max", "maxLimitRequestRatio"];

const isAbove = (one: string, other: string): boolean => (billionths(one) ?? 0n) > (billionths(other) ?? 0n);

/** The limits by type, field and resource: where one is named twice, the lower counts. */
function limitsOf(range: ApiObject): ReadonlyMap<string, string> {
  const limits = new Map<string, string>();
  for (const limit of objects(valueAt(range.spec, "limits")))
    for (const field of fields) {
      const amounts: Json | undefined = limit[field];
      for (const [resource, value] of Object.entries(isObject(amounts) ? amounts : {})) {
        const key = `${texts([limit.type ?? null]).join("")} ${field} ${resource}`;
        const [amount, other] = [plain(value), limits.get(key)];
        if (other === undefined || isAbove(other, amount)) limits.set(key, amount);
      }
    }
  return new Map([...limits].sort(([a], [b]) => byCodeUnit(a, b)));
}

const say: Say = (tight, loose, direction) => {
  if (!tight) return [];
  const others = loose ? limitsOf(loose) : new Map<string, string>();
  const raised = [...limitsOf(tight)].flatMap(([key, value]) => {
    const other = others.get(key);
    return other === undefined || isAbove(other, value) ? [`${key} ${arrow(value, other ?? "no limit", direction)}`] : [];
  });
  if (raised.length === 0) return [];
  return [
    `${whole(loose, direction === "widens" ? "narrows" : "widens")}${raised.join(", ")} in ${tight.metadata.namespace ?? "its namespace"}`,
  ];
};

/** What a single container, pod or claim may take. */
export const limitRange: SecurityRule = {
  name: "limit-range",
  why: "A container without a limit takes what its node has, and starves those beside it.",
  find: (comparison) => singlePairsOf(comparison, "LimitRange").flatMap(bothWays(say)),
};
