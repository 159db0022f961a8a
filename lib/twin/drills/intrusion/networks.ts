/** Which networks a messenger's pods are in: the cluster's, and its own. */
import { byPolicy, change, inside, type Refused, type Table } from "./attempt";
import { podRefused } from "./pods";
import { standing } from "./wellFormed";

const asked = "k8s.v1.cni.cncf.io/networks";
const byPlainNames = byPolicy("attachments", "may hold plain names of the namespace's own networks");

const joins = (what: string, value: (namespace: string) => string): Refused =>
  podRefused(`makes a pod in ${what}`, byPlainNames, ({ other }) => other && { annotations: { [asked]: value(other.namespace) } });

const marked = (what: string, words: string, annotations: Readonly<Record<string, string>>): Refused =>
  podRefused(`makes a pod ${what}`, byPolicy("attachments", words), () => ({ annotations }));

export const networks: Table = {
  promise: "a messenger's pods join no network but the cluster's and its own, as themselves",
  attempts: [
    joins("another messenger's network", (namespace) => `${namespace}/private`),
    joins("its own network and another's", (namespace) => `private,${namespace}/private`),
    joins("another messenger's network, in JSON", (namespace) => JSON.stringify([{ name: "private", namespace }])),
    podRefused("makes a pod with an address of its choice", byPlainNames, () => ({
      annotations: { [asked]: JSON.stringify([{ name: "private", ips: ["10.64.0.2/22"] }]) },
    })),
    podRefused("makes a pod in a network of the system", byPlainNames, () => ({ annotations: { [asked]: "kube-system/other" } })),
    marked("that is not in the cluster's network at all", "a pod's first network is the cluster's", {
      "v1.multus-cni.io/default-network": "kube-system/other",
    }),
    marked("with an address from another pool of Cilium", "annotations of cilium.io may not be set", { "ipam.cilium.io/ip-pool": "other" }),
    marked("whose connections Cilium does not track", "annotations of cilium.io may not be set", {
      "policy.cilium.io/no-track-port": "443",
    }),
    marked("whose traffic goes before others'", "annotations of cilium.io may not be set", {
      "bandwidth.cilium.io/priority": "guaranteed",
    }),
    podRefused(
      "makes a pod that says it is another messenger's",
      byPolicy("attachments", "by them the network knows whose a pod is"),
      ({ other }) => other && { labels: { "io.kubernetes.pod.namespace": other.namespace } },
    ),
    podRefused("makes a pod that says it is another's ServiceAccount", byPolicy("attachments", "by them the network knows"), () => ({
      labels: { "io.cilium.k8s.policy.serviceaccount": "another" },
    })),
    {
      what: "moves a running pod into another messenger's network",
      who: "deployer",
      want: "refused",
      by: byPlainNames,
      request: ({ namespace, other }) =>
        other &&
        change(inside(namespace, "v1", "pods", standing), { metadata: { annotations: { [asked]: `${other.namespace}/private` } } }),
      control: ({ namespace }) => change(inside(namespace, "v1", "pods", standing), { metadata: { annotations: { other: "true" } } }),
    },
  ],
};
