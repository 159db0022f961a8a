/** What was changed by hand, as the real provider found it: never among the changes' causes, always apart. */
import type { Drift } from "../../../lib/diff/plan/drift";
import { readPlans } from "../../../lib/diff/plan/plans";
import { brief, noGuards, recorded, recordedText } from "./recorded";

const reverted = (drift: readonly Drift[]): object[] => drift.filter((each) => each.reverted).map(brief);
const left = (drift: readonly Drift[]): object[] => drift.filter((each) => !each.reverted).map(brief);
const enforce = 'metadata.labels["pod-security.kubernetes.io/enforce"]';
const namespaces = "spec.serviceAllocation.namespaces";

test("a change stands beside the drift that the plan takes back, and beside what it leaves", () => {
  const { comparison, drift, notes } = recorded("drift-and-change/gap.thr1");
  expect(comparison.changes.map(brief)).toEqual([
    { action: "update", address: "kubernetes_manifest.addresses", attributes: [{ path: `${namespaces}[-]`, before: "default" }] },
    {
      action: "update",
      address: "kubernetes_namespace_v1.namespace",
      attributes: [
        { path: enforce, before: "privileged", after: "restricted" },
        { path: "metadata.labels.team", before: "night" },
      ],
    },
    { action: "create", address: "kubernetes_network_policy_v1.isolation_default-deny" },
    {
      action: "update",
      address: "kubernetes_role_v1.access_role-deployer",
      attributes: [{ path: "rules[+]", after: { apiGroups: [""], resources: ["secrets"], verbs: ["*"] } }],
    },
  ]);
  expect(reverted(drift)).toEqual([
    { action: "update", address: "kubernetes_manifest.addresses", attributes: [{ path: `${namespaces}[+]`, after: "default" }] },
    {
      action: "update",
      address: "kubernetes_namespace_v1.namespace",
      attributes: [
        { path: enforce, before: "restricted", after: "privileged" },
        { path: "metadata.labels.team", after: "night" },
      ],
    },
    { action: "destroy", address: "kubernetes_network_policy_v1.isolation_default-deny" },
  ]);
  expect(left(drift)).toEqual([
    { action: "update", address: "kubernetes_manifest.addresses", attributes: [{ path: "metadata.labels.seen", after: "by-hand" }] },
  ]);
  expect(notes).toEqual([
    noGuards,
    "gap.thr1: where a field of a kubernetes_manifest was changed by another field manager, such as kubectl, the apply ends with a conflict unless field_manager.force_conflicts is set: kubernetes_manifest.addresses",
  ]);
});

test("a host that was changed by hand: what is there counts as before, not what its manifest asks for", () => {
  const { comparison, drift } = recorded("drift-soroush/soroush.thr1");
  const path = "spec.bmc.address";
  const [asked, byHand] = [5.1, 5.9].map((host) => `redfish-virtualmedia://10.2.${host}/redfish/v1/Systems/1`);
  const address = "kubernetes_manifest.hosts_thr1-r05-s01";
  expect(comparison.changes.map(brief)).toEqual([{ action: "update", address, attributes: [{ path, before: byHand, after: asked }] }]);
  expect(comparison.changes[0]?.before?.object).toMatchObject({ spec: { bmc: { address: byHand } } });
  expect(reverted(drift)).toEqual([{ action: "update", address, attributes: [{ path, before: asked, after: byHand }] }]);
  expect(left(drift)).toEqual([
    {
      action: "update",
      address: "kubernetes_manifest.hosts_thr1-r06-s01",
      attributes: [{ path: "spec.description", after: "fan replaced" }],
    },
  ]);
});

test("what an operator writes into an object is left as it is, also where the plan changes another field of it", () => {
  const { drift } = recorded("changed-image/soroush.thr1");
  expect(reverted(drift)).toEqual([]);
  expect(left(drift)).toEqual([
    {
      action: "update",
      address: "kubernetes_manifest.hosts_thr1-r05-s01",
      attributes: [
        { path: "metadata.finalizers[+]", after: "baremetalhost.metal3.io" },
        { path: "spec.architecture", after: "x86_64" },
      ],
    },
  ]);
});

test("what a manifest has from a secret is hidden in what it becomes, where the plan does not mark it", () => {
  const plan = JSON.parse(recordedText("drift-and-change/gap.thr1")) as { resource_drift: { address: string; change: object }[] };
  const marks = { manifest: { metadata: { labels: { seen: true } } }, object: { metadata: { labels: {} } } };
  for (const { address, change } of plan.resource_drift)
    if (address.endsWith(".addresses")) Object.assign(change, { after_sensitive: marks });
  const { drift } = readPlans([{ file: "gap.thr1.json", text: JSON.stringify(plan) }]);
  expect(left(drift)).toMatchObject([{ attributes: [{ path: "metadata.labels.seen", after: "(sensitive)" }] }]);
  expect(JSON.stringify(drift)).not.toContain("by-hand");
});

test("where an object is destroyed or made anew, all its drift goes", () => {
  const plan = JSON.parse(recordedText("changed-image/soroush.thr1")) as { resource_changes: [{ change: object }] };
  Object.assign(plan.resource_changes[0].change, { actions: ["delete", "create"] });
  const { drift } = readPlans([{ file: "soroush.thr1.json", text: JSON.stringify(plan) }]);
  expect(drift.map((each) => each.reverted)).toEqual([true]);
});
