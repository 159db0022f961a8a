import { Access } from "../../lib/cluster/access";
import { roleNames, roleRules } from "../../lib/cluster/roles";
import { synthIn } from "../support/synth";

const access = (groups: { admins?: string[]; deployers?: string[]; viewers?: string[] }) =>
  synthIn(
    (stack) =>
      new Access(stack, "access", {
        namespace: "messenger-bale",
        access: { admins: [], deployers: [], viewers: [], ...groups },
        dependsOn: [],
      }),
  );
const rbac = "rbac.authorization.k8s.io";
const account = { kind: "ServiceAccount", name: "deployer", namespace: "messenger-bale" };

test("each Role is bound to its groups, and the deployer's to the messenger's own ServiceAccount", () => {
  const bound = access({ admins: ["a", "b"], deployers: ["c"], viewers: ["d"] });
  const group = (name: string) => ({ kind: "Group", name, namespace: "", api_group: rbac });
  const subjects = { admin: [group("a"), group("b")], deployer: [account, group("c")], viewer: [group("d")] };
  for (const [name, subject] of Object.entries(subjects))
    expect(bound.at(`kubernetes_role_binding_v1.access_binding-${name}`)).toMatchObject({
      metadata: { name, namespace: "messenger-bale" },
      role_ref: { api_group: rbac, kind: "Role", name },
      subject,
    });
});

test("a Role without groups has no binding; the ServiceAccount always deploys", () => {
  const bound = access({});
  expect(bound.addresses.filter((address) => address.includes("binding"))).toEqual(["kubernetes_role_binding_v1.access_binding-deployer"]);
  expect(bound.at("kubernetes_role_binding_v1.access_binding-deployer").subject).toEqual([account]);
});

test("no token is mounted by itself", () => {
  expect(access({}).at("kubernetes_service_account_v1.access_account")).toMatchObject({ automount_service_account_token: false });
});

test("the Roles are written as they are declared", () => {
  const rule = access({}).at("kubernetes_role_v1.access_role-viewer").rule as unknown[];
  expect(rule).toHaveLength(roleRules.viewer.length);
  expect(rule[0]).toEqual({ api_groups: [""], resources: roleRules.viewer[0]?.resources, verbs: ["get", "list", "watch"] });
});

const grants = roleNames.flatMap((role) =>
  roleRules[role].flatMap(({ apiGroup, resources, verbs }) =>
    resources.flatMap((resource) => verbs.map((verb) => ({ role, apiGroup, resource, verb }))),
  ),
);
const writes = grants.filter(({ verb }) => !["get", "list", "watch"].includes(verb));

test("no Role has a wildcard, or may escalate, bind or impersonate", () => {
  const harmless = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
  expect(grants.filter(({ verb }) => !harmless.includes(verb))).toEqual([]);
  expect(grants.filter(({ apiGroup, resource }) => `${apiGroup}${resource}`.includes("*"))).toEqual([]);
});

test("no Role writes what keeps messengers apart", () => {
  const kept =
    /^(network-attachment-definitions|networkpolicies|resourcequotas|limitranges|roles|rolebindings|namespaces|endpoints|endpointslices|ingresses|pods\/binding|bindings|serviceaccounts\/token|.*\/status)$/;
  expect(writes.filter(({ resource }) => kept.test(resource))).toEqual([]);
  expect(writes.length).toBeGreaterThan(0);
});

test("a viewer writes nothing and reads no secret; each Role may do what the one before may", () => {
  expect(writes.filter(({ role }) => role === "viewer")).toEqual([]);
  expect(grants.filter(({ role, resource }) => role === "viewer" && resource === "secrets")).toEqual([]);
  const of = (name: string) =>
    grants.filter(({ role }) => role === name).map(({ apiGroup, resource, verb }) => `${verb} ${resource}.${apiGroup}`);
  expect(of("deployer")).toEqual(expect.arrayContaining(of("viewer")));
  expect(of("admin")).toEqual(expect.arrayContaining(of("deployer")));
});
