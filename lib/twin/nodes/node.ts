/** A server's Node as its kubelet registers it: what its host's config drive says, and what its class can allocate. */
import { quantity } from "../../cluster/quantity";
import type { ApiObject, JsonObject } from "../../manifests/apiObject";
import type { ServerClass } from "../../request/estate";
import { capacityOf } from "../../request/server";
import type { Registration } from "./join";

/** How many pods kubelet takes where nothing else is said (`maxPods` of its configuration). */
const maxPods = 110;

/** The resources of a server of a class. Its data drives are given as claims, so only the least size of the system's own drive counts as a pod's. */
export function resourcesOf(serverClass: ServerClass): Readonly<Record<string, string>> {
  const { milliThreads, memoryMiB } = capacityOf(serverClass);
  const { minSize } = serverClass.rootDevice;
  return {
    cpu: quantity(milliThreads, "m"),
    memory: quantity(memoryMiB, "Mi"),
    pods: String(maxPods),
    ...(minSize !== undefined && { "ephemeral-storage": quantity(minSize, "G") }),
  };
}

export interface NodeProps {
  /** The server; its node is called so. */
  readonly server: string;
  readonly serverClass: ServerClass;
  /** What kubelet's flags say; nothing on a server that was adopted, for it never ran the join user data. */
  readonly registration: Registration;
  /** What the server runs: the URL of its image, or who provisioned it. */
  readonly system: string;
}

/** The Node with which kubelet registers. kwok plays the kubelet from then on, and copies what is added to its capacity. */
export function nodeOf({ server, serverClass, registration: { labels, taints }, system }: NodeProps): ApiObject {
  const resources = resourcesOf(serverClass);
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: server,
      labels: { "kubernetes.io/arch": "amd64", "kubernetes.io/hostname": server, "kubernetes.io/os": "linux", ...labels },
      annotations: { "kwok.x-k8s.io/node": "fake" },
    },
    ...(taints.length > 0 && { spec: { taints: taints.map((taint): JsonObject => ({ ...taint })) } }),
    status: { capacity: resources, allocatable: resources, nodeInfo: { architecture: "amd64", operatingSystem: "linux", osImage: system } },
  };
}

/** What the node's NFD worker tells in its namespace: the node's name, by which the site's rule finds what the node may promise. */
export function featureOf(node: string, namespace: string): ApiObject {
  return {
    apiVersion: "nfd.k8s-sigs.io/v1alpha1",
    kind: "NodeFeature",
    metadata: { name: node, namespace, labels: { "nfd.node.kubernetes.io/node-name": node } },
    spec: { features: { flags: {}, instances: {}, attributes: { "system.name": { elements: { nodename: node } } } } },
  };
}
