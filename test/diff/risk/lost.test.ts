/** A namespace, a quota or a pool that is destroyed or replaced, and the same that comes, changes, or goes with its stack. */
import { namespaceLost } from "../../../lib/diff/risk/namespaceLost";
import { poolLost } from "../../../lib/diff/risk/poolLost";
import { quotaLost } from "../../../lib/diff/risk/quotaLost";
import type { RiskRule } from "../../../lib/diff/rule";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { comparedSides, risksOf, sideObject } from "../sides";

const quota = { spec: { hard: { "requests.cpu": "8", "requests.memory": "16Gi" } } };
const pool = { spec: { addresses: ["198.51.100.0/28", "198.51.100.64/28"] } };

const kinds: readonly (readonly [RiskRule, string, JsonObject, JsonObject, string])[] = [
  [namespaceLost, "Namespace", {}, { spec: { finalizers: ["x"] } }, "all that runs and is stored in it goes too"],
  [quotaLost, "ResourceQuota", quota, { spec: { hard: { "requests.cpu": "4" } } }, "its limits go: requests.cpu 8, requests.memory 16Gi"],
  [poolLost, "IPAddressPool", pool, { spec: { addresses: [] } }, "services lose 198.51.100.0/28, 198.51.100.64/28"],
];

describe.each(kinds.map((row) => [row[0].name, ...row] as const))("%s", (_, rule, kind, rest, other, what) => {
  const one = sideObject(kind, rest);
  const neighbour = sideObject("ConfigMap");

  test("destroyed", () => {
    expect(risksOf(rule, comparedSides([one, neighbour], [neighbour]))).toEqual([`${kind} messenger-gap/a is destroyed: ${what}`]);
  });

  test("replaced, with the field that forces it", () => {
    const renamed = sideObject(kind, rest, { name: "b" });
    const [found = ""] = risksOf(rule, comparedSides([one], [renamed]));
    expect(found).toBe(`${kind} messenger-gap/b is replaced for its metadata.name change: ${what}`);
  });

  test("what comes, what changes in place, what stays, and another kind that goes are none", () => {
    expect(risksOf(rule, comparedSides([neighbour], [one, neighbour]))).toEqual([]);
    expect(risksOf(rule, comparedSides([one], [sideObject(kind, other)]))).toEqual([]);
    expect(risksOf(rule, comparedSides([one], [one]))).toEqual([]);
    expect(risksOf(rule, comparedSides([one, neighbour], [one]))).toEqual([]);
  });

  test("what goes with its whole stack is the stack's loss", () => {
    expect(risksOf(rule, comparedSides([one], []))).toEqual([]);
  });
});

test("a quota and a pool that hold nothing say so", () => {
  const neighbour = sideObject("ConfigMap");
  expect(risksOf(quotaLost, comparedSides([sideObject("ResourceQuota"), neighbour], [neighbour]))).toEqual([
    "ResourceQuota messenger-gap/a is destroyed: its limits go: none were set",
  ]);
  expect(risksOf(poolLost, comparedSides([sideObject("IPAddressPool"), neighbour], [neighbour]))).toEqual([
    "IPAddressPool messenger-gap/a is destroyed: services lose their addresses",
  ]);
});
