import { byCodeUnit, isObject, objects, texts, valueAt, type ApiObject, type Json } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { billionths } from "../semantics/quantity";
import { ordered, plain } from "./ordered";
import { bothWays, singlePairsOf, type Say } from "./pair";
import { arrow, missingIn, whole } from "./words";

function hardOf(quota: ApiObject): ReadonlyMap<string, string> {
  const hard: Json | undefined = valueAt(quota.spec, "hard");
  return new Map(
    Object.entries(isObject(hard) ? hard : {})
      .map(([key, value]): [string, string] => [key, plain(value)])
      .sort(([a], [b]) => byCodeUnit(a, b)),
  );
}

/** What a quota counts at all; each word narrows it. */
function scopesOf(quota: ApiObject): string[] {
  return [...texts(valueAt(quota.spec, "scopes")), ...objects(valueAt(quota.spec, "scopeSelector", "matchExpressions")).map(ordered)];
}

const isZero = (quantity: string | undefined): boolean => quantity !== undefined && billionths(quantity) === 0n;

const say: Say = (tight, loose, direction) => {
  if (!tight) return [];
  const widens = direction === "widens";
  const where = ` in ${tight.metadata.namespace ?? "its namespace"}`;
  const limits = [...hardOf(tight)].map(([key, value]) => `${key} ${value}`);
  if (!loose)
    return [
      `${whole(loose, widens ? "narrows" : "widens")}${widens ? "nothing of it is limited any more" : "it limits"}${where}: ${limits.join(", ")}`,
    ];
  const other = hardOf(loose);
  const lost = [...hardOf(tight)].filter(([key]) => !other.has(key)).map(([key, value]) => `${key} ${arrow(value, "no limit", direction)}`);
  const allowed = [...hardOf(tight)].filter(([key, value]) => isZero(value) && other.has(key) && !isZero(other.get(key)));
  const scopes = missingIn(scopesOf(tight), scopesOf(loose));
  return [
    ...(lost.length > 0 ? [`${lost.join(", ")}${where}`] : []),
    ...(allowed.length > 0
      ? [
          `${widens ? "allows now what it forbade" : "forbids now"}: ${allowed.map(([key, value]) => `${key} ${arrow(value, other.get(key) ?? "", direction)}`).join(", ")}${where}`,
        ]
      : []),
    ...(scopes.length > 0 ? [`${widens ? "counts only" : "no longer counts only"} what is in scope: ${scopes.join(", ")}${where}`] : []),
  ];
};

/** Quotas that go, whole or by a key. A larger number is capacity, not security; more than zero where zero forbade is both. */
export const quotaLifted: SecurityRule = {
  name: "quota-lifted",
  why: "What no quota limits, one messenger can take whole: pods, storage, addresses that are promised to others.",
  find: (comparison) => singlePairsOf(comparison, "ResourceQuota").flatMap(bothWays(say)),
};
