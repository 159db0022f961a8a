import { attachmentsRule } from "../../../lib/cluster/admission/attachments";
import { refusals } from "../../support/admission";

const namespace = { "zirsakht.ir/messenger": "bale" };
const judge = (annotations: object | undefined, operation: "CREATE" | "UPDATE" = "CREATE") =>
  refusals(attachmentsRule, {
    operation,
    object: { metadata: annotations ? { annotations } : {} },
    oldObject: { metadata: {} },
    namespace,
  });

test.each([[undefined], [{}], [{ other: "messenger-gap/private" }]])("a pod with the annotations %j is admitted", (annotations) => {
  expect(judge(annotations)).toEqual([]);
});

test.each(["private", "private@net1", "private,private@net2", "private, private"])("the own network as %j is admitted", (networks) => {
  expect(judge({ "k8s.v1.cni.cncf.io/networks": networks })).toEqual([]);
});

test.each([
  "messenger-gap/private",
  "private,messenger-gap/private",
  '[{"name":"private","namespace":"messenger-gap"}]',
  "private\nmessenger-gap/private",
])("another's network, as %j, is refused, when the pod is created and later", (networks) => {
  const message = ["the annotation k8s.v1.cni.cncf.io/networks may hold plain names of the namespace's own networks, such as private"];
  expect(judge({ "k8s.v1.cni.cncf.io/networks": networks })).toEqual(message);
  expect(judge({ "k8s.v1.cni.cncf.io/networks": networks }, "UPDATE")).toEqual(message);
});

test("another first network is refused", () => {
  expect(judge({ "v1.multus-cni.io/default-network": "kube-system/other" })).toEqual([
    "the annotation v1.multus-cni.io/default-network may not be set: a pod's first network is the cluster's",
  ]);
});

test.each([{ "ipam.cilium.io/ip-pool": "other" }, { "policy.cilium.io/no-track-port": "80" }, { "cilium.io/x": "" }])(
  "the CNI's own annotation %j is refused",
  (annotations) => {
    expect(judge(annotations, "UPDATE")).toEqual([
      "annotations of cilium.io may not be set: a pod's address, bandwidth and policies are the site's",
    ]);
  },
);

test.each([{ "io.kubernetes.pod.namespace": "messenger-gap" }, { "io.cilium.k8s.policy.serviceaccount": "x" }])(
  "the label %j, by which the network knows pods, is refused",
  (labels) => {
    expect(refusals(attachmentsRule, { operation: "CREATE", object: { metadata: { labels } }, namespace })).toEqual([
      "labels io.kubernetes.pod.* and io.cilium.* may not be set: by them the network knows whose a pod is",
    ]);
    expect(refusals(attachmentsRule, { operation: "CREATE", object: { metadata: { labels: { app: "x" } } }, namespace })).toEqual([]);
  },
);
