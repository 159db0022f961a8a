/** What plans of the real provider would do: the changes of the report, exactly. */
import { findAll } from "../../../lib/diff/rule";
import { guardLifted } from "../../../lib/diff/risk/guardLifted";
import { idRenamed } from "../../../lib/diff/risk/idRenamed";
import { namespaceLost } from "../../../lib/diff/risk/namespaceLost";
import { readPlans } from "../../../lib/diff/plan/plans";
import { altered, brief, changes, noGuards, recorded, recordedText } from "./recorded";

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
  expect(recorded("grown-quota/gap.thr1").notes).toEqual([noGuards]);
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

test("the order of the plan does not matter", () => {
  const { comparison } = altered("retired/gap.thr1", ({ resource_changes }) => resource_changes.reverse());
  expect(comparison.changes.map(brief)).toEqual(changes("retired/gap.thr1"));
});
