import { namespaceOf } from "../../../../lib/cluster/namespace";
import { leaks, type Wiring } from "../../../../lib/twin/drills/intrusion/isolation";
import { toObjects } from "../../../../lib/manifests/objects";
import type { ApiObject, JsonObject, TerraformConfig } from "../../../../lib/manifests/apiObject";
import { buildApp } from "../../../../lib/stacks/app";
import { sampleEstate, sampleMessenger } from "../../../support/estate";
import { grantedRequest } from "../../../support/granted";
import { written } from "../../../support/synth";
import { sampleTarget } from "./sampleTarget";

const estate = sampleEstate();
const request = grantedRequest({ messengers: [sampleMessenger("bale"), sampleMessenger("soroush")] });
const stacks = written((outdir) => buildApp(request, { outdir, stacks: ["soroush.thr1", "bale.thr1"] }));
const policies = [...stacks]
  .flatMap(([stack, text]) => toObjects(stack, JSON.parse(text) as TerraformConfig))
  .map(({ object }) => object)
  .filter(({ kind }) => kind === "NetworkPolicy");
const namespaces = new Map(
  ["default", "kube-system", "metallb-system", namespaceOf("soroush"), namespaceOf("bale")].map((name) => [
    name,
    { "kubernetes.io/metadata.name": name },
  ]),
);
const wiring = (changed: readonly ApiObject[] = policies): Wiring => ({ policies: changed, namespaces });
const soroush = sampleTarget("soroush");
const wrongOf = (changed: readonly ApiObject[]) => leaks(soroush, estate, wiring(changed)).wrong;
const isOf = (name: string) => (policy: ApiObject) => policy.metadata.namespace === "messenger-soroush" && policy.metadata.name === name;
const without = (name: string) => policies.filter((policy) => !isOf(name)(policy));
const withSpec = (name: string, change: JsonObject) =>
  policies.map((policy) => (isOf(name)(policy) ? { ...policy, spec: { ...(policy.spec as JsonObject), ...change } } : policy));

test("the policies of the stacks are open and closed as they must be", () => {
  for (const target of [soroush, sampleTarget("bale")]) {
    const { looked, wrong } = leaks(target, estate, wiring());
    expect(wrong).toEqual([]);
    expect(looked).toBeGreaterThan(12);
  }
});

test.each([
  ["dns", ["cannot: its pods ask the cluster's DNS"]],
  ["within-namespace", ["cannot: one of its pods reaches another"]],
  ["from-load-balancers", ["cannot: the world reaches its pods"]],
  ["egress", ["cannot: a pod with the label leaves the cluster"]],
])("without the policy %s it is said what cannot be", (name, wrong) => {
  expect(wrongOf(without(name))).toEqual(wrong);
});

test("the policy that denies is not the only one that does: others select the same pods", () => {
  expect(wrongOf(without("default-deny"))).toEqual([]);
});

test("without any policy everything is open", () => {
  const wrong = wrongOf(policies.filter(({ metadata }) => metadata.namespace === "messenger-bale"));
  expect(wrong).toEqual(
    expect.arrayContaining([
      "a pod of the system reaches its pods",
      "a pod without the label leaves the cluster",
      "a pod reaches 10.0.0.1, of the company's own networks",
      "a pod reaches 169.254.169.254, of the company's own networks",
    ]),
  );
});

test.each<[string, string, JsonObject, string[]]>([
  ["lets everybody in", "within-namespace", { ingress: [{ from: [{ namespaceSelector: {} }] }] }, ["a pod of the system reaches its pods"]],
  ["lets every pod leave", "egress", { podSelector: {} }, ["a pod without the label leaves the cluster"]],
  [
    "lets pods leave to everywhere",
    "egress",
    { egress: [{}] },
    ["its pods reach those of the default namespace", "a pod reaches 10.0.0.1, of the company's own networks"],
  ],
  ["asks any pod for names", "dns", { egress: [{ to: [{ namespaceSelector: {} }] }] }, ["its pods reach the DNS servers otherwise"]],
])("a policy that %s is named by what it opens", (_what, name, change, wrong) => {
  expect(wrongOf(withSpec(name, change))).toEqual(expect.arrayContaining(wrong));
});
