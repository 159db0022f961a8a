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
