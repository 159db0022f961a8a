import type { JsonObject } from "../../../lib/manifests/apiObject";
import type { SecurityRule } from "../../../lib/diff/rule";
import { privilege } from "../../../lib/diff/security/privilege";
import { roleRules } from "../../../lib/diff/security/roleRules";
import { wildcardAccess } from "../../../lib/diff/security/wildcardAccess";
import { comparedSides, sideObject } from "../sides";

const rules = (...verbs: string[]): JsonObject => ({ rules: [{ apiGroups: [""], resources: ["secrets"], verbs }] });
const role = (verbs: readonly string[], of: object = {}, kind = "Role") => sideObject(kind, rules(...verbs), of);
const group = (name: string): JsonObject => ({ kind: "Group", name });
const binding = (
  subjects: readonly JsonObject[],
  of: object = {},
  roleRef: JsonObject = { kind: "Role", name: "a" },
  kind = "RoleBinding",
) => sideObject(kind, { roleRef, subjects }, { id: "binding", ...of });
const boundBy = (rule: SecurityRule, ...sides: Parameters<typeof comparedSides>) =>
  rule.find(comparedSides(...sides)).map(({ bound }) => bound);

const deployers = binding([group("gap-deployers"), { kind: "ServiceAccount", name: "deployer", namespace: "messenger-gap" }]);

test.each([roleRules, privilege, wildcardAccess])(
  "$name names whom a widened role is bound to, though the binding stays the same",
  (rule) => {
    expect(boundBy(rule, [role(["get"]), deployers], [role(["*"]), deployers])).toEqual([
      ["Group gap-deployers", "ServiceAccount messenger-gap/deployer"],
    ]);
  },
);

test("the later side counts, and the former where the role goes", () => {
  const now = binding([group("gap-admins")]);
  expect(boundBy(roleRules, [role(["get"]), deployers], [role(["get", "list"]), now])).toEqual([["Group gap-admins"]]);
  expect(boundBy(roleRules, [role(["get"]), now, sideObject("ConfigMap")], [sideObject("ConfigMap")])).toEqual([["Group gap-admins"]]);
});

test("every binding of the role counts, each subject once", () => {
  const more = binding([group("gap-admins"), group("gap-deployers")], { id: "more", name: "more" });
  expect(boundBy(roleRules, [role(["get"])], [role(["list"]), deployers, more])[0]).toEqual([
    "Group gap-deployers",
    "ServiceAccount messenger-gap/deployer",
    "Group gap-admins",
  ]);
});

test.each([
  ["another role", binding([group("x")], {}, { kind: "Role", name: "b" })],
  ["a ClusterRole of the same name", binding([group("x")], {}, { kind: "ClusterRole", name: "a" })],
  ["a Role of the same name in another namespace", binding([group("x")], { namespace: "messenger-homa" })],
  ["a Role of the same name at another site", binding([group("x")], { stack: "gap.mhd1" })],
])("a binding to %s does not count", (_, other) => {
  expect(boundBy(roleRules, [role(["get"]), other], [role(["get", "list"]), other])).toEqual([undefined]);
});

test("a ClusterRole is bound in any namespace, and in the whole cluster", () => {
  const cluster = (...verbs: string[]) => role(verbs, { namespace: "" }, "ClusterRole");
  const ref = { kind: "ClusterRole", name: "a" };
  const here = binding([group("x")], { namespace: "messenger-homa" }, ref);
  const everywhere = binding([group("y")], { id: "everywhere", namespace: "" }, ref, "ClusterRoleBinding");
  expect(boundBy(roleRules, [cluster("get"), here, everywhere], [cluster("list"), here, everywhere])[0]).toEqual(["Group x", "Group y"]);
});

test("where only what differs is known, so is a binding that differs", () => {
  const { changes, stacks, unchanged } = comparedSides([role(["get"]), binding([group("x")])], [role(["get", "list"]), deployers]);
  expect(roleRules.find({ changes, stacks, unchanged })[0]?.bound).toEqual([
    "Group gap-deployers",
    "ServiceAccount messenger-gap/deployer",
  ]);
});
