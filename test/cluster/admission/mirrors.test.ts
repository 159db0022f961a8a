import { mirrorsRule } from "../../../lib/cluster/admission/mirrors";
import { serverName } from "../../../lib/request/server";
import { refusals } from "../../support/admission";

const creates = (user: string, namespace: Record<string, string> = { "kubernetes.io/metadata.name": "kube-system" }) =>
  refusals(mirrorsRule, {
    operation: "CREATE",
    object: { metadata: { labels: { "k8s-app": "kube-dns" } } },
    namespace,
    user,
    groups: ["system:nodes", "system:authenticated"],
  });

test.each([serverName("thr1", "r01", 1), serverName("thr-2", "east-r10", 99)])("the server %s may not create pods anywhere", (server) => {
  const refused = ["a server may not create pods; static pods are the control plane's"];
  expect(creates(`system:node:${server}`)).toEqual(refused);
  expect(creates(`system:node:${server}`, { "zirsakht.ir/messenger": "bale" })).toEqual(refused);
});

test.each(["system:node:thr1-control-plane", "system:node:cp1", "system:kube-scheduler", "somebody-s01"])("%s is no server", (user) => {
  expect(creates(user)).toEqual([]);
});
