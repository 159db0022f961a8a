/** What a real site's set-up places before anything is deployed: definitions, namespaces, the operators' rights, a node for itself. */
import { loadBalancerNamespace } from "../../cluster/siteNamespaces";
import type { ApiObject } from "../../manifests/apiObject";
import { type Api, isDone } from "../api";
import { place, placeDefinitions } from "./definitions";
import { controlPlaneNode, featureNamespace, operatorGroup } from "./operators";

/** Places everything, and returns once the API server serves all kinds. Placing it again changes nothing. */
export async function setUpSite(api: Api, site: string, crds: readonly ApiObject[]): Promise<void> {
  await Promise.all([placeDefinitions(api, crds), ...ownObjects().map((object) => place(api, object))]);
  await placeNode(api, controlPlaneNode(site));
}

function ownObjects(): ApiObject[] {
  const namespaces = [loadBalancerNamespace, featureNamespace].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
  return [
    ...namespaces,
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: operatorGroup },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: operatorGroup }],
    },
  ];
}

/** The site's own node: no server of the estate, and closed to everybody's pods but the site's. */
async function placeNode(api: Api, name: string): Promise<void> {
  const path = `/api/v1/nodes/${name}`;
  // The node's controllers write to it too: what is there stays as it is.
  if (isDone(await api.request("GET", path))) return;
  const role = "node-role.kubernetes.io/control-plane";
  await place(api, {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: { [role]: "", "kubernetes.io/hostname": name, "kubernetes.io/os": "linux" },
      annotations: { "kwok.x-k8s.io/node": "fake" },
    },
    spec: { taints: [{ key: role, effect: "NoSchedule" }] },
  });
  const resources = { cpu: "16", memory: "64Gi", pods: "110" };
  await api.demand("PATCH", `${path}/status`, { body: { status: { capacity: resources, allocatable: resources } } });
}
