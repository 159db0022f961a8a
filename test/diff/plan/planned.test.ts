/** What plans of the real provider would do: the changes of the report, exactly. */
import { findAll } from "../../../lib/diff/rule";
import { guardLifted } from "../../../lib/diff/risk/guardLifted";
import { idRenamed } from "../../../lib/diff/risk/idRenamed";
import { namespaceLost } from "../../../lib/diff/risk/namespaceLost";
import type { PlanResource } from "../../../lib/diff/plan/planFile";
import { readPlans, type PlanReading } from "../../../lib/diff/plan/plans";
import { brief, noGuards, recorded, recordedText } from "./recorded";

const changes = (name: string): object[] => recorded(name).comparison.changes.map(brief);
const notes = (name: string): readonly string[] => recorded(name).notes;
const of = (stack: string, what: string): string[] => [noGuards, `${stack}: ${what}`];

test("nothing to do is nothing", () => {
  const { comparison, drift, notes: said } = recorded("nothing/gap.thr1");
  const { changes: found, stacks, unchanged } = comparison;
  expect({ found, stacks, unchanged, drift, said }).toEqual({
    found: [],
    stacks: { added: [], removed: [] },
    unchanged: 1,
    drift: [],
    said: [],
  });
});

test("a grown quota", () => {
  expect(changes("grown-quota/gap.thr1")).toEqual([
    {
      action: "update",
      address: "kubernetes_resource_quota_v1.quota",
      attributes: [
        { path: "spec.hard.persistentvolumeclaims", before: "68", after: "72" },
        { path: "spec.hard.pods", before: "34", after: "36" },
        { path: 'spec.hard["requests.cpu"]', before: "1", after: "2" },
        { path: 'spec.hard["requests.ephemeral-storage"]', before: "102Gi", after: "108Gi" },
        { path: 'spec.hard["requests.memory"]', before: "1Gi", after: "5Gi" },
        { path: 'spec.hard["requests.zirsakht.ir/egress-mbps"]', before: "2", after: "12" },
        { path: 'spec.hard["requests.zirsakht.ir/ingress-mbps"]', before: "1", after: "6" },
      ],
    },
  ]);
  expect(notes("grown-quota/gap.thr1")).toEqual([noGuards]);
});

test("a new messenger is a new stack, its objects as a synth gives them", () => {
  const { comparison } = recorded("new-messenger/hodhod.thr1");
  expect(comparison.stacks).toEqual({ added: ["hodhod.thr1"], removed: [] });
  expect(comparison.changes.map(({ action, address, site }) => [action, address, site])).toEqual([
    ["create", "kubernetes_manifest.addresses", "thr1"],
    ["create", "kubernetes_namespace_v1.namespace", "thr1"],
    ["create", "kubernetes_network_policy_v1.isolation_default-deny", "thr1"],
    ["create", "kubernetes_resource_quota_v1.quota", "thr1"],
    ["create", "kubernetes_role_binding_v1.access_binding-deployer", "thr1"],
  ]);
  const [pool, namespace, policy, , binding] = comparison.changes.map(({ after }) => after);
  expect(pool?.object).toEqual({
    apiVersion: "metallb.io/v1beta1",
    kind: "IPAddressPool",
    metadata: { labels: { "zirsakht.ir/messenger": "hodhod" }, name: "messenger-hodhod", namespace: "metallb-system" },
    spec: { addresses: ["198.51.100.12/30"], avoidBuggyIPs: true, serviceAllocation: { namespaces: ["messenger-hodhod"] } },
  });
  expect(namespace?.guarded).toBe(true);
  expect(policy?.object.spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  expect(binding?.object.subjects).toEqual([
    { kind: "ServiceAccount", name: "deployer", namespace: "messenger-hodhod" },
    { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "hodhod-deployers" },
  ]);
});

test("a messenger that retires loses its access, and its namespace the guard", () => {
  const { comparison } = recorded("retired/gap.thr1");
  expect(comparison.changes.map(brief)).toEqual([
    { action: "destroy", address: "kubernetes_manifest.addresses" },
    {
      action: "update",
      address: "kubernetes_namespace_v1.namespace",
      attributes: [
        { path: 'metadata.annotations["argocd.argoproj.io/sync-options"]', before: "Prune=false,Delete=false" },
        { path: 'metadata.annotations["kustomize.toolkit.fluxcd.io/prune"]', before: "disabled" },
        { path: 'metadata.labels["zirsakht.ir/guarded"]', before: "true" },
        { path: "lifecycle.prevent_destroy", before: true, after: false },
      ],
    },
    {
      action: "update",
      address: "kubernetes_resource_quota_v1.quota",
      attributes: [
        { path: 'spec.hard["requests.zirsakht.ir/egress-mbps"]', before: "2", after: "0" },
        { path: 'spec.hard["requests.zirsakht.ir/ingress-mbps"]', before: "1", after: "0" },
        { path: 'spec.hard["services.loadbalancers"]', before: "3", after: "0" },
      ],
    },
    { action: "destroy", address: "kubernetes_role_binding_v1.access_binding-viewer" },
  ]);
  expect(findAll([guardLifted], comparison).map(({ address }) => address)).toEqual(["kubernetes_namespace_v1.namespace"]);
});

test("a stack that is emptied is destroyed, and is still a stack; the guard was lifted before", () => {
  const { comparison } = recorded("absent/gap.thr1");
  expect(comparison.changes.map(brief)).toEqual([
    { action: "destroy", address: "kubernetes_namespace_v1.namespace" },
    { action: "destroy", address: "kubernetes_network_policy_v1.isolation_default-deny" },
    { action: "destroy", address: "kubernetes_resource_quota_v1.quota" },
  ]);
  expect(comparison.stacks).toEqual({ added: [], removed: [] });
  expect(findAll([guardLifted, namespaceLost], comparison).map(({ rule, object }) => [rule, object])).toEqual([
    ["namespace-lost", "Namespace messenger-gap"],
  ]);
});

test("a widened role", () => {
  expect(changes("widened-role/gap.thr1")).toEqual([
    {
      action: "update",
      address: "kubernetes_role_v1.access_role-deployer",
      attributes: [{ path: "rules[+]", after: { apiGroups: [""], resources: ["secrets"], verbs: ["*"] } }],
    },
  ]);
});

test("a removed network policy", () => {
  const address = "kubernetes_network_policy_v1.isolation_default-deny";
  expect(changes("removed-policy/gap.thr1")).toEqual([{ action: "destroy", address }]);
});

test("a lower pod security; what a refresh alone makes of empty labels is no drift", () => {
  expect(changes("lowered-pod-security/gap.thr1")).toEqual([
    {
      action: "update",
      address: "kubernetes_namespace_v1.namespace",
      attributes: [{ path: 'metadata.labels["pod-security.kubernetes.io/enforce"]', before: "restricted", after: "baseline" }],
    },
  ]);
  expect(recorded("lowered-pod-security/gap.thr1").drift).toEqual([]);
});

test("another image of a host, from its manifest", () => {
  const [host] = recorded("changed-image/soroush.thr1").comparison.changes;
  expect(host && brief(host)).toEqual({
    action: "update",
    address: "kubernetes_manifest.hosts_thr1-r05-s01",
    attributes: [
      { path: "spec.image.checksum", before: "a".repeat(64), after: "c".repeat(64) },
      { path: "spec.image.url", before: "https://images.example/node-1.qcow2", after: "https://images.example/node-2.qcow2" },
    ],
  });
  expect(host?.before).toMatchObject({ guarded: true, object: { kind: "BareMetalHost", spec: { online: true } } });
});

test("a renamed id destroys and creates; a moved one does neither", () => {
  const [from, to] = ["kubernetes_role_binding_v1.access_binding-viewer", "kubernetes_role_binding_v1.access_binding-of-viewers"];
  const { comparison } = recorded("renamed-id/gap.thr1");
  expect(comparison.changes.map(brief)).toEqual([
    { action: "create", address: to },
    { action: "destroy", address: from },
  ]);
  expect(findAll([idRenamed], comparison)).toHaveLength(1);
  expect(comparison.stacks).toEqual({ added: [], removed: [] });

  const moved = recorded("moved-id/gap.thr1");
  expect(moved.comparison).toMatchObject({ changes: [], unchanged: 1 });
  expect(moved.notes).toEqual([`gap.thr1: ${from} is ${to} from now on: its state moves, and the object stays as it is`]);
  const sides = moved.comparison.sides;
  expect([...(sides?.before.get("gap.thr1")?.keys() ?? [])]).toEqual([from]);
  expect([...(sides?.after.get("gap.thr1")?.keys() ?? [])]).toEqual([to]);
});

test("what forces a replacement stands in the API's words, of a type's attributes and of a manifest's", () => {
  expect(changes("replaced-binding/gap.thr1")).toEqual([
    {
      action: "replace",
      address: "kubernetes_role_binding_v1.access_binding-viewer",
      attributes: [{ path: "roleRef.name", before: "viewer", after: "admin" }],
      replacedBy: ["roleRef.name"],
    },
  ]);
  expect(changes("replaced-manifest/soroush.thr1")).toEqual([
    {
      action: "replace",
      address: "kubernetes_manifest.addresses",
      attributes: [{ path: "metadata.name", before: "messenger-soroush", after: "soroush-two" }],
      replacedBy: ["metadata.name"],
    },
  ]);
});

test("a plan that prevent_destroy ended says what it would have done, and that it is no whole plan", () => {
  expect(changes("guarded-destroy/gap.thr1")).toMatchObject([
    { action: "replace", address: "kubernetes_namespace_v1.namespace", replacedBy: ["metadata.name"] },
    { action: "destroy", address: "kubernetes_resource_quota_v1.quota" },
  ]);
  expect(notes("guarded-destroy/gap.thr1")).toEqual(
    of(
      "gap.thr1",
      "Terraform met errors while it planned: what follows is a part of the plan, and cannot be applied; mend them and plan again",
    ),
  );
  expect(recorded("guarded-destroy/gap.thr1").comparison.sides?.before.size).toBe(0);
});

test("a targeted plan is a part", () => {
  expect(notes("targeted/gap.thr1")).toEqual(
    of("gap.thr1", "the plan is a part only, by -target or deferral: after it there is more to apply"),
  );
});

test("what leaves the state is no change of the object, and is said", () => {
  expect(recorded("removed-block/gap.thr1").comparison).toMatchObject({ changes: [], unchanged: 1 });
  expect(notes("removed-block/gap.thr1")).toEqual([
    "gap.thr1: kubernetes_limit_range_v1.limits leaves the state, and its object stays in the cluster, managed by nobody",
  ]);
});

test("a deposed object is another one than that at its address", () => {
  expect(changes("deposed/parted.thr1")).toEqual([{ action: "destroy", address: "kubernetes_config_map_v1.words (deposed c844d8bc)" }]);
  expect(notes("deposed/parted.thr1")).toEqual(
    of("parted.thr1", "kubernetes_config_map_v1.words has a leftover of an interrupted replacement (deposed c844d8bc), which is destroyed"),
  );
});

test("other providers' resources, and types without a row, stand under Terraform's names", () => {
  const known = (address: string): boolean => /terraform_data|deployment/.test(address);
  const { comparison } = recorded("other-changed/other.thr1");
  const found = comparison.changes.filter(({ address }) => known(address));
  expect(found.map(brief)).toEqual([
    {
      action: "update",
      address: "kubernetes_deployment_v1.web",
      attributes: [
        { path: "attributes.spec[0].replicas", before: "1", after: "3" },
        {
          path: "attributes.spec[0].template[0].spec[0].container[0].image",
          before: "images.example/web:1",
          after: "images.example/web:2",
        },
      ],
    },
    {
      action: "replace",
      address: "terraform_data.job",
      attributes: [
        { path: "attributes.id", before: "41a30c7e-2e5d-f58a-027b-3ddb38a5a353", after: "(known after apply)" },
        { path: "attributes.triggers_replace[0]", before: "a", after: "b" },
      ],
      replacedBy: ["triggers_replace"],
    },
    {
      action: "update",
      address: "terraform_data.release",
      attributes: [
        { path: "attributes.input", before: "1.0", after: "2.0" },
        { path: "attributes.output", before: "1.0", after: "(known after apply)" },
      ],
    },
  ]);
  expect(recorded("other-changed/other.thr1").drift).toEqual([]);
  expect(found.map(({ after }) => [after?.object.apiVersion, after?.object.kind, after?.object.metadata])).toEqual([
    ["hashicorp/kubernetes", "kubernetes_deployment_v1", { name: "web", namespace: "default" }],
    ["builtin/terraform", "terraform_data", { name: "job" }],
    ["builtin/terraform", "terraform_data", { name: "release" }],
  ]);
});

test("imports, tainted resources and types that no rule looks into are said", () => {
  expect(notes("other-changed/other.thr1")).toEqual([
    noGuards,
    "other.thr1: kubernetes_config_map_v1.root_ca takes an object that exists into the state: default/kube-root-ca.crt",
    "other.thr1: kubernetes_config_map_v1.tainted is replaced because it is tainted: an earlier apply did not finish it",
    "other.thr1: 3 resources of types that are no Kubernetes object here, shown as Terraform names them; no rule looks into them: kubernetes_deployment_v1.web, terraform_data.job, terraform_data.release",
  ]);
});

test("what only the apply will know is said so", () => {
  const words = recorded("other-changed/other.thr1").comparison.changes.find(({ address }) => address.endsWith(".words"));
  expect(words?.attributes).toEqual([{ path: "data", before: { some_key: "a: b\n" }, after: "(known after apply)" }]);
});

test("of secrets it is said that they change, and nothing else", () => {
  const login = recorded("other-changed/other.thr1").comparison.changes.find(({ address }) => address.endsWith(".login"));
  expect(login?.attributes).toEqual([{ path: "data.password", before: "(sensitive)", after: "(sensitive)" }]);
  expect([login?.before?.object.data, login?.after?.object.data]).toEqual([
    { password: "(sensitive)", user: "(sensitive)" },
    { password: "(sensitive)", user: "(sensitive)" },
  ]);
  expect(changes("sensitive/soroush.thr1")).toEqual([
    {
      action: "update",
      address: "kubernetes_manifest.addresses",
      attributes: [{ path: "metadata.labels.secret", after: "(sensitive)" }],
    },
    {
      action: "update",
      address: "kubernetes_namespace_v1.namespace",
      attributes: [{ path: "metadata.labels.secret", after: "(sensitive)" }],
    },
  ]);
  const everything = JSON.stringify([recorded("other-changed/other.thr1"), recorded("sensitive/soroush.thr1")]);
  const encoded = ["first", "second", "hunter2"].map((secret) => Buffer.from(secret).toString("base64"));
  for (const secret of ['"first"', '"second"', "hunter2", ...encoded]) expect(everything).not.toContain(secret);
});

test("several plans: sites first, then by name, those without changes counted", () => {
  const files = {
    gap: "removed-policy/gap.thr1",
    site: "changed-image/soroush.thr1",
    bale: "widened-role/gap.thr1",
    homa: "nothing/gap.thr1",
  };
  const plans = Object.entries(files).map(([stack, name]) => ({ file: `${stack}.thr1.json`, text: recordedText(name) }));
  const { changes: found, unchanged } = readPlans(plans).comparison;
  expect(found.map(({ stack }) => stack)).toEqual(["site.thr1", "bale.thr1", "gap.thr1"]);
  expect(unchanged).toBe(1);
});

/** A recorded plan with something else in it, as another Terraform would write it. */
function altered(name: string, alter: (plan: { resource_changes: [PlanResource] } & Record<string, unknown>) => void): PlanReading {
  const plan = JSON.parse(recordedText(name)) as { resource_changes: [PlanResource] };
  alter(plan);
  return readPlans([{ file: "gap.thr1.json", text: JSON.stringify(plan) }]);
}

test("what is put off is named, with why", () => {
  const { notes: said } = altered("removed-policy/gap.thr1", (plan) => {
    const [resource] = plan.resource_changes;
    Object.assign(plan, { complete: false, deferred_changes: [{ reason: "provider_config_unknown", resource_change: resource }] });
  });
  expect(said.slice(1)).toEqual([
    "gap.thr1: the plan is a part only, by -target or deferral: after it there is more to apply",
    "gap.thr1: put off to a later plan: kubernetes_network_policy_v1.isolation_default-deny (provider_config_unknown)",
  ]);
});

test("changes that cannot be applied are said to be such", () => {
  const { notes: said } = altered("removed-policy/gap.thr1", (plan) => Object.assign(plan, { applyable: false }));
  expect(said.slice(1)).toEqual(["gap.thr1: Terraform says that this plan cannot be applied"]);
});

test("the order of the two halves makes no other action of a replacement", () => {
  const { comparison } = altered("replaced-binding/gap.thr1", ({ resource_changes: [{ change }] }) =>
    Object.assign(change, { actions: ["create", "delete"] }),
  );
  expect(comparison.changes.map(({ action }) => action)).toEqual(["replace"]);
});

test("an update that no object shows is no change, and is said", () => {
  const { comparison, notes: said } = altered("lowered-pod-security/gap.thr1", ({ resource_changes: [{ change }] }) =>
    Object.assign(change, { after: { ...(change.before as object), timeouts: { delete: "1h" } } }),
  );
  expect(comparison).toMatchObject({ changes: [], unchanged: 1 });
  expect(said).toEqual(["gap.thr1: kubernetes_namespace_v1.namespace is updated in what its object does not show, such as a timeout"]);
});

test.each(["read", "delete"])("a data source is no object: %s", (action) => {
  const { comparison } = altered("removed-policy/gap.thr1", ({ resource_changes: [resource] }) =>
    Object.assign(resource, { mode: "data", change: { ...resource.change, actions: [action] } }),
  );
  expect(comparison.changes).toEqual([]);
});

test("the order of the plan does not matter", () => {
  const { comparison } = altered("retired/gap.thr1", ({ resource_changes }) => resource_changes.reverse());
  expect(comparison.changes.map(brief)).toEqual(changes("retired/gap.thr1"));
});

test("another secret in the place of one is a change in which neither is seen", () => {
  const { comparison } = altered("lowered-pod-security/gap.thr1", ({ resource_changes: [{ change }] }) =>
    Object.assign(change, { before_sensitive: { metadata: [{ labels: true }] } }),
  );
  const [namespace] = comparison.changes;
  const path = 'metadata.labels["pod-security.kubernetes.io/enforce"]';
  expect(namespace?.attributes).toEqual([{ path, before: "(sensitive)", after: "(sensitive)" }]);
  const labels = Object.values((namespace?.after?.object.metadata.labels ?? {}) as object);
  expect([...new Set(labels)]).toEqual(["(sensitive)"]);
});

test("a key of a Secret's data that only the apply will know is no text of it", () => {
  const name = "hodhod.r01.all";
  const side = { metadata: [{ name, namespace: "zirsakht-hardware", labels: { "environment.metal3.io": "baremetal" } }], type: "Opaque" };
  const { comparison } = altered("removed-policy/gap.thr1", ({ resource_changes: [resource] }) =>
    Object.assign(resource, {
      type: "kubernetes_secret_v1",
      change: {
        ...resource.change,
        actions: ["update"],
        before: { ...side, data: { metaData: "a: b\n" } },
        after: { ...side, data: {} },
        after_unknown: { data: { metaData: true } },
        before_sensitive: { data: true },
        after_sensitive: { data: true },
      },
    }),
  );
  const [secret] = comparison.changes;
  expect(JSON.stringify(secret)).not.toContain(Buffer.from("(known after apply)").toString("base64"));
  expect(secret?.attributes.map(({ path }) => path)).toEqual(["data.metaData"]);
});
