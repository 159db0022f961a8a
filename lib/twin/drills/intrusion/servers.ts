/** A server's own identity, which a messenger has that breaks out of a pod: it stays the server that it is. */
import type { JsonObject } from "../../../manifests/apiObject";
import { groupLabel, messengerLabel, regionLabel, zoneLabel } from "../../../cluster/labels";
import { egressResource } from "../../../network/bandwidth";
import { across, byPolicy, byRole, change, create, inside, read, remove, type Call, type Refused, type Table } from "./attempt";
import { certificateRequest, signers } from "./certificateRequest";
import type { Target } from "./target";
import { object, pod, podSpec, standing, tokenRequest, tried } from "./wellFormed";

type Refusal = Refused["by"];
const server = (what: string, by: Refusal, request: Refused["request"], control?: Refused["control"]): Refused => ({
  what: `a server ${what}`,
  who: "node",
  want: "refused",
  by,
  request,
  ...(control && { control }),
});

const its = (target: Target, ...more: readonly string[]): string => across("v1", "nodes", target.server, ...more);
const harmless = (target: Target): Call => change(its(target), { metadata: { labels: { "kubernetes.io/arch": "amd64" } } });
const labels = (what: string, words: string, own: (target: Target) => JsonObject): Refused =>
  server(what, byPolicy("nodes", words), (target) => change(its(target), { metadata: { labels: own(target) } }), harmless);
const kept = "a node may not change or remove its labels";
const status = (what: string, words: string, body: JsonObject): Refused =>
  server(
    what,
    byPolicy("nodes", words),
    (target) => change(its(target, "status"), body),
    (target) => change(its(target, "status"), { status: { nodeInfo: { osImage: "another" } } }),
  );

const unbound = { containers: [{ name: "main", image: "images.example/x:1" }] };
/** A mirror of a static pod, as kubelet makes it. */
const mirror = (namespace: string, target: Target, more: JsonObject, spec: JsonObject = unbound): Call =>
  create(
    inside(namespace, "v1", "pods"),
    object("v1", "Pod", {
      metadata: {
        name: `${tried}-${target.server}`,
        annotations: { "kubernetes.io/config.mirror": "x" },
        ownerReferences: [{ apiVersion: "v1", kind: "Node", name: target.server, uid: target.serverUid, controller: true }],
        ...more,
      },
      spec: { ...spec, nodeName: target.server },
    }),
  );

export const servers: Table = {
  promise: "a server stays its holder's, whoever has got hold of it",
  attempts: [
    labels("makes itself another's", kept, ({ other }) => ({ [messengerLabel]: other?.messenger ?? "nobody" })),
    labels("makes itself nobody's", kept, () => ({ [messengerLabel]: null })),
    labels("moves to another rack", kept, () => ({ [zoneLabel]: "another" })),
    labels("moves to another site", kept, () => ({ [regionLabel]: "another" })),
    labels("takes another group", kept, () => ({ [groupLabel]: "another" })),
    labels("takes the name of another, by which traffic leaves", kept, ({ foreignServer }) => ({
      "kubernetes.io/hostname": foreignServer,
    })),
    labels("adds a label of ours", "a node may not add labels", () => ({ "zirsakht.ir/other": "true" })),
    status("makes itself another's by its status", kept, { metadata: { labels: { [messengerLabel]: "another" } } }),
    status("invents a resource of ours", "a node may not raise its capacity", { status: { capacity: { "zirsakht.ir/other": "1" } } }),
    status("has more bandwidth than it was given", "a node may not raise its capacity", {
      status: { capacity: { [egressResource]: "9M" } },
    }),
    status("allows more bandwidth than it has", "a node may not allow more of", { status: { allocatable: { [egressResource]: "9M" } } }),
    server("removes itself, to come back as another", byRole, (target) => remove(its(target))),
    server(
      "drops its taints",
      ["is not allowed to modify taints"],
      (target) => change(its(target), { spec: { taints: [{ key: "other", effect: "NoSchedule" }] } }),
      harmless,
    ),
    server("changes another's labels", ["is not allowed to modify node"], ({ foreignServer }) =>
      change(across("v1", "nodes", foreignServer), { metadata: { labels: { other: "true" } } }),
    ),
    server("says how another is", ["is not allowed to modify node"], ({ foreignServer }) =>
      change(across("v1", "nodes", foreignServer, "status"), { status: { nodeInfo: { osImage: "another" } } }),
    ),
    server("keeps another's lease", ["can only access node lease with the same name"], ({ foreignServer }) =>
      change(inside("kube-node-lease", "coordination.k8s.io/v1", "leases", foreignServer), { spec: { holderIdentity: "another" } }),
    ),
    server("answers as the cluster's DNS", byPolicy("mirrors", "a server may not create pods"), (target) =>
      mirror("kube-system", target, { labels: { "k8s-app": "kube-dns" } }),
    ),
    server(
      "answers for another messenger",
      ["ValidatingAdmissionPolicy 'zirsakht-"],
      (target) =>
        target.other && mirror(target.other.namespace, target, { labels: { app: standing } }, podSpec({ ...target, ...target.other })),
    ),
    server(
      "reads the secrets of another messenger",
      [...byRole, "secrets"],
      ({ other }) => other && read(inside(other.namespace, "v1", "secrets")),
    ),
    server("reads the keys to the servers", [...byRole, "no relationship found"], ({ bmcSecret }) =>
      read(inside("zirsakht-hardware", "v1", "secrets", bmcSecret)),
    ),
    server("lists the secrets of the whole site", byRole, () => read(across("v1", "secrets"))),
    server("asks for a token of the system", [...byRole, "no relationship found"], () =>
      create(inside("kube-system", "v1", "serviceaccounts", "namespace-controller", "token"), tokenRequest),
    ),
    server("makes an ordinary pod", ["can only create mirror pods"], (target) => create(inside("default", "v1", "pods"), pod(target))),
    server(
      "deletes a pod of another server",
      ["can only delete pods with spec.nodeName set to itself"],
      ({ other }) => other && remove(inside(other.namespace, "v1", "pods", standing)),
    ),
    server("asks for another's certificate", ["can only create a node CSR with CN="], ({ foreignServer }) =>
      certificateRequest(signers.kubelets, `system:node:${foreignServer}`, "system:nodes"),
    ),
    server("asks for an administrator's certificate", ["system:masters"], () =>
      certificateRequest(signers.clients, "root", "system:masters"),
    ),
    server("lists the hosts", byRole, () => read(inside("zirsakht-hardware", "metal3.io/v1alpha1", "baremetalhosts"))),
    server("changes the site's policies", byRole, () =>
      remove(across("admissionregistration.k8s.io/v1", "validatingadmissionpolicies", "zirsakht-nodes")),
    ),
  ],
};
