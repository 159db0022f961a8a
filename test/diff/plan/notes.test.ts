/** What is no plain change: plans that are not whole, resources that no table knows, and what a plan does beside changes. */
import { altered, brief, changes, noGuards, recorded } from "./recorded";

const notes = (name: string): readonly string[] => recorded(name).notes;
const of = (stack: string, what: string): string[] => [noGuards, `${stack}: ${what}`];

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
