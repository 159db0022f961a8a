import { admissionRules } from "../../lib/cluster/admission/rules";
import { buildApp } from "../../lib/stacks/app";
import { grantedLock, grantedRequest } from "../support/granted";
import { Synthesized, written, type Attributes } from "../support/synth";

const site = (lock = grantedLock()) =>
  new Synthesized(
    JSON.parse(
      written((outdir) => buildApp(grantedRequest({ lock }), { outdir, stacks: ["site.thr1"] })).get("site.thr1") ?? "{}",
    ) as Attributes,
  );
const stack = site();

test("what all share is protected: namespace, priorities, peers and policies", () => {
  const shared = stack.addresses.filter((address) => /\.(hardware-namespace|priority|peer|policy)/.test(address));
  expect(shared).toHaveLength(1 + 2 + 10 + admissionRules.length * 2);
  for (const address of shared) expect([address, stack.at(address).lifecycle]).toEqual([address, { prevent_destroy: true }]);
});

test("each rack has a peer, each tier a priority, each rule a policy and a binding", () => {
  expect(stack.manifestsOf("BGPPeer").map(({ metadata }) => metadata.name)).toEqual(
    ["r01", "r02", "r03", "r04", "r05", "r06", "r07", "r08", "r09", "r10"].map((rack) => `rack-${rack}`),
  );
  expect(Object.keys(stack.resources.kubernetes_priority_class_v1 ?? {})).toEqual(["priority_focus", "priority_on-request"]);
  const policies = stack.manifestsOf("ValidatingAdmissionPolicy").map(({ metadata }) => metadata.name);
  expect(stack.manifestsOf("ValidatingAdmissionPolicyBinding").map(({ spec }) => spec.policyName)).toEqual(policies);
});

test("the pool's hosts are hosts as all others, after the namespace, and their nodes are the pool's", () => {
  expect(stack.at("kubernetes_manifest.hosts_thr1-r08-s01")).toMatchObject({
    lifecycle: { prevent_destroy: true },
    depends_on: [
      "kubernetes_namespace_v1.hardware-namespace",
      "kubernetes_secret_v1.hosts_metadata_r08-all",
      "kubernetes_secret_v1.hosts_network_thr1-r08-s01",
    ],
  });
  expect(stack.at("kubernetes_secret_v1.hosts_metadata_r08-all").data).toEqual({
    metaData: expect.stringContaining("zirsakht.ir/messenger=pool,") as string,
  });
});

test("without a pool there are no hosts and no bandwidth to promise", () => {
  const empty = grantedLock(({ thr1 }) => {
    for (const [name, { pool }] of Object.entries(thr1.servers)) if (pool) Reflect.deleteProperty(thr1.servers, name);
  });
  expect(site(empty).addresses.filter((address) => /\.(hosts|bandwidth)/.test(address))).toEqual([]);
});
