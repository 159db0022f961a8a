import { roleRules as messengerRoles } from "../../../lib/cluster/roles";
import { permissionsIn, powers } from "../../../lib/diff/security/powers";
import { covers } from "../../../lib/diff/security/permissions";
import { privilege } from "../../../lib/diff/security/privilege";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, clusterWide, object } from "./compared";

const role = (...rules: JsonObject[]) => object("Role", { rules });
const rbac = "rbac.authorization.k8s.io";
const allow = (verb: string, resource: string, group = "", fields: JsonObject = {}): JsonObject => ({
  apiGroups: [group],
  resources: [resource],
  verbs: [verb],
  ...fields,
});
const plain = allow("get", "configmaps");

test.each([
  ["escalate", "roles", rbac, "escalate roles.rbac.authorization.k8s.io: gives a Role any right, also those that one has not"],
  ["bind", "clusterroles", rbac, "bind clusterroles.rbac.authorization.k8s.io: binds any Role to oneself"],
  ["impersonate", "users", "", "impersonate users: acts as anybody"],
  ["create", "serviceaccounts/token", "", "create serviceaccounts/token: makes tokens of any ServiceAccount"],
  ["get", "nodes/proxy", "", "get nodes/proxy: runs commands in every pod of a node, past admission and audit"],
  ["get", "secrets", "", "get secrets: reads every credential there"],
  ["create", "pods/exec", "", "create pods/exec: runs commands in pods, with all that they hold"],
  [
    "update",
    "certificatesigningrequests/approval",
    "certificates.k8s.io",
    "update certificatesigningrequests.certificates.k8s.io/approval: approves certificates of any identity",
  ],
  [
    "delete",
    "validatingadmissionpolicies",
    "admissionregistration.k8s.io",
    "delete validatingadmissionpolicies.admissionregistration.k8s.io: switches off what keeps messengers apart and hosts from being wiped, or reads what is admitted",
  ],
  ["patch", "baremetalhosts", "metal3.io", "patch baremetalhosts.metal3.io: wipes, powers off or takes over servers"],
])("%s on %s of the group %j widens, and narrows as it goes", (verb, resource, group, said) => {
  const raised = role(plain, allow(verb, resource, group));
  expect(between(privilege, role(plain), raised)).toEqual([`widens: those bound to it may now in messenger-gap: ${said}`]);
  expect(between(privilege, raised, role(plain))).toEqual([`narrows: those bound to it may no longer in messenger-gap: ${said}`]);
});

test("what raises nobody is not told, nor what was held before under a wildcard", () => {
  expect(between(privilege, role(plain), role(plain, allow("list", "services")))).toEqual([]);
  expect(between(privilege, role(allow("*", "*")), role(allow("*", "*"), allow("get", "secrets")))).toEqual([]);
});

test("a wildcard tells only of powers that were not held before", () => {
  const [said = ""] = between(privilege, role(allow("get", "secrets"), allow("list", "secrets")), role(allow("*", "secrets")));
  expect(said).toBe(
    "widens: those bound to it may now in messenger-gap: watch secrets: reads every credential there | create secrets: makes lasting tokens of its ServiceAccounts",
  );
});

test("a wildcard holds every power of its group; a name only that one", () => {
  const [all = ""] = between(privilege, undefined, role(allow("*", "*", "*")));
  for (const { by } of powers) expect(all).toContain(`: ${by}`);
  expect(between(privilege, role(plain), role(plain, allow("get", "secrets", "", { resourceNames: ["tls"] })))).toEqual([
    "widens: those bound to it may now in messenger-gap: get secrets named tls: reads every credential there",
  ]);
});

test("a binding to a role that every cluster has is told, and to one of our own not", () => {
  const binding = (name: string, kind = "ClusterRole") =>
    clusterWide("ClusterRoleBinding", { roleRef: { kind, name }, subjects: [{ kind: "Group", name: "gap-admins" }] });
  expect(between(privilege, binding("viewer"), binding("cluster-admin"))).toEqual([
    "widens: Group gap-admins now holds ClusterRole cluster-admin IN THE WHOLE CLUSTER: who holds it does anything",
  ]);
  expect(between(privilege, binding("cluster-admin"), undefined)).toEqual([
    "narrows: is gone: Group gap-admins no longer holds ClusterRole cluster-admin IN THE WHOLE CLUSTER: who holds it does anything",
  ]);
  expect(between(privilege, undefined, binding("admin", "Role"))).toEqual([]);
});

test("of a whole new stack only what a messenger's Roles never have is told", () => {
  const added = { added: ["gap.thr1"] };
  const usual = Object.values(messengerRoles)
    .flat()
    .map(({ apiGroup, resources, verbs }): JsonObject => ({ apiGroups: [apiGroup], resources: [...resources], verbs: [...verbs] }));
  expect(between(privilege, undefined, role(...usual), added)).toEqual([]);
  expect(between(privilege, undefined, role(...usual, allow("escalate", "roles", rbac)), added)).toEqual([
    "widens: is new: those bound to it may now in messenger-gap: escalate roles.rbac.authorization.k8s.io: gives a Role any right, also those that one has not",
  ]);
});

test("every usual power is one that a messenger's Roles have", () => {
  const held = Object.values(messengerRoles)
    .flat()
    .flatMap(({ apiGroup: group, resources, verbs }) => resources.flatMap((resource) => verbs.map((verb) => ({ group, resource, verb }))));
  for (const power of powers)
    expect([power.by, permissionsIn(power).some((one) => held.some((other) => covers(other, one)))]).toEqual([
      power.by,
      power.usual ?? false,
    ]);
});
