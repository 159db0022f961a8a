import * as fc from "fast-check";
import { newlyAllowed, permissionsOf, permissionText } from "../../../lib/diff/security/permissions";
import { clusterWide } from "./compared";

/** What a rule may hold. */
const parts = {
  groups: ["", "apps", "*"],
  resources: ["pods", "pods/log", "*/log", "*"],
  verbs: ["get", "create", "*"],
  names: ["a", "b"],
};
const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const rule = fc.record({
  apiGroups: some(parts.groups),
  resources: some(parts.resources),
  verbs: some(parts.verbs),
  resourceNames: fc.option(some(parts.names), { nil: [] }),
});
const role = fc.array(rule, { maxLength: 3 }).map((rules) => clusterWide("ClusterRole", { rules }));

interface Asked {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
  readonly name: string;
}

/** Every question that tells rules apart; `other` stands for whatever no rule names. */
const questions: readonly Asked[] = ["", "apps", "other"].flatMap((group) =>
  ["pods", "pods/log", "other", "other/log", "other/other"].flatMap((resource) =>
    ["get", "create", "other"].flatMap((verb) => ["a", "b", "other"].map((name) => ({ group, resource, verb, name }))),
  ),
);

/** As the API server's authorizer answers. */
function isAllowed(given: ReturnType<typeof clusterWide>, { group, resource, verb, name }: Asked): boolean {
  const rules = given.rules as readonly { apiGroups: string[]; resources: string[]; verbs: string[]; resourceNames: string[] }[];
  const [, sub] = resource.split("/");
  return rules.some(
    (one) =>
      one.apiGroups.some((each) => each === "*" || each === group) &&
      one.resources.some((each) => each === "*" || each === resource || (sub !== undefined && each === `*/${sub}`)) &&
      one.verbs.some((each) => each === "*" || each === verb) &&
      (one.resourceNames.length === 0 || one.resourceNames.includes(name)),
  );
}

test("something is newly allowed exactly where the authorizer answers another way", () => {
  fc.assert(
    fc.property(role, role, (before, after) => {
      const extra = newlyAllowed(permissionsOf(before), permissionsOf(after));
      const differs = questions.filter((asked) => isAllowed(after, asked) && !isAllowed(before, asked));
      expect(extra.length > 0).toBe(differs.length > 0);
      expect(permissionText(extra) === "").toBe(extra.length === 0);
    }),
    { numRuns: 1000 },
  );
});
