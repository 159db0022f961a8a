import { noWildcardAccess } from "../../lib/policy/noWildcardAccess";
import { breaches, placed } from "./tree";

test("roles that name what they allow pass", () => {
  expect(
    breaches(
      noWildcardAccess,
      placed("Role", { rules: [{ apiGroups: ["", "apps"], resources: ["pods", "deployments/scale"], verbs: ["get"] }] }),
      placed("ClusterRole", { rules: [{ nonResourceURLs: ["/healthz"], verbs: ["get"] }] }),
      placed("RoleBinding", { roleRef: { kind: "Role", name: "admin" } }),
      placed("ClusterRoleBinding", { roleRef: { kind: "ClusterRole", name: "view" } }),
    ),
  ).toEqual([]);
});

test.each([
  ["apiGroups", "*", 'holds the wildcard "*"; name each one that is needed'],
  ["resources", "*/scale", 'holds the wildcard "*/scale"; name each one that is needed'],
  ["nonResourceURLs", "/metrics/*", 'holds the wildcard "/metrics/*"; name each one that is needed'],
  ["verbs", "*", 'holds the wildcard "*"; name each one that is needed'],
  ["verbs", "escalate", "holds escalate, with which one takes any right; leave it out"],
  ["verbs", "bind", "holds bind, with which one takes any right; leave it out"],
  ["verbs", "impersonate", "holds impersonate, with which one takes any right; leave it out"],
])("%s with %s is found in a Role and a ClusterRole", (list, item, said) => {
  const rules = [{ verbs: ["get"] }, { [list]: ["a", item] }];
  for (const kind of ["Role", "ClusterRole"])
    expect(breaches(noWildcardAccess, placed(kind, { rules }))).toEqual([`a: rules[1].${list}: ${said}`]);
});

test.each(["RoleBinding", "ClusterRoleBinding"])("a %s of a role that allows everything is found", (kind) => {
  expect(breaches(noWildcardAccess, placed(kind, { roleRef: { kind: "ClusterRole", name: "cluster-admin" } }))).toEqual([
    "a: roleRef.name: gives the ClusterRole cluster-admin, which allows more than is named; bind a Role that names what is needed",
  ]);
});
