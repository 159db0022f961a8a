/** Attributes as the provider's state holds them, as cdktf would have written them. */
import { bodyOf } from "../../../lib/diff/plan/body";

const metadata = {
  annotations: {},
  generate_name: "",
  generation: 1,
  labels: null,
  name: "dns",
  namespace: "messenger-gap",
  resource_version: "479",
  uid: "9a72ed8c-f14c-45d1-866f-f05e0eeb9c5f",
};

test("a block that stands once is no list; one that may stand more than once is; an empty block stays", () => {
  const spec = {
    egress: [
      {
        ports: [{ end_port: 0, port: "53", protocol: "UDP" }],
        to: [{ ip_block: [], pod_selector: [{ match_labels: { "k8s-app": "dns" } }] }],
      },
    ],
    ingress: [{ from: [], ports: [] }],
    pod_selector: [{ match_expressions: [], match_labels: null }],
    policy_types: ["Egress"],
  };
  expect(bodyOf("kubernetes_network_policy_v1", { id: "messenger-gap/dns", metadata: [metadata], spec: [spec], timeouts: null })).toEqual({
    metadata: { name: "dns", namespace: "messenger-gap" },
    spec: {
      egress: [{ ports: [{ port: "53", protocol: "UDP" }], to: [{ pod_selector: { match_labels: { "k8s-app": "dns" } } }] }],
      ingress: [{}],
      pod_selector: {},
      policy_types: ["Egress"],
    },
  });
});

test("an empty block may be null", () => {
  expect(bodyOf("kubernetes_network_policy_v1", { spec: [{ ingress: [null], pod_selector: [null] }] })).toEqual({
    spec: { ingress: [{}], pod_selector: {} },
  });
});

test("a ServiceAccount's group is none, known or not; a Group's stays", () => {
  const subject = (kind: string, group: string) => ({ api_group: group, kind, name: "deployer" });
  const attributes = { subject: [subject("ServiceAccount", "(known after apply)"), subject("Group", "rbac.authorization.k8s.io")] };
  expect(bodyOf("kubernetes_role_binding_v1", attributes)).toEqual({
    subject: [
      { kind: "ServiceAccount", name: "deployer" },
      { api_group: "rbac.authorization.k8s.io", kind: "Group", name: "deployer" },
    ],
  });
});

test("of a manifest only what is asked for counts", () => {
  const manifest = { apiVersion: "v1", kind: "Thing", metadata: { name: "a", uid: "kept" }, list: [{}] };
  expect(bodyOf("kubernetes_manifest", { manifest, object: { kind: "Other" }, wait: [] })).toEqual({ manifest });
});
