/** What a real site's set-up places before anything is deployed: definitions, namespaces, the operators' rights, a node for itself. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseAllDocuments } from "yaml";
import { type ApiObject, byCodeUnit, objects, valueAt } from "../manifests/apiObject";
import { loadBalancerNamespace } from "../network/addressPool";
import { type Api, ApiError, isDone } from "./api";
import { controlPlaneNode, featureNamespace, operatorGroup } from "./operators";

/** Under this name the set-up writes. */
const fieldManager = "zirsakht-twin";
const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/** The definitions of a folder's YAML files. */
export function readDefinitions(folder: string): ApiObject[] {
  return readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort(byCodeUnit)
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((document) => document.toJS() as ApiObject | null))
    .filter((object) => object !== null);
}

/** Places everything, and returns once the API server serves all kinds. Placing it again changes nothing. */
export async function setUpSite(api: Api, site: string, crds: readonly ApiObject[]): Promise<void> {
  await Promise.all([...crds, ...ownObjects()].map((object) => place(api, object)));
  await established(api, crds);
  api.forgetKinds();
  await placeNode(api, controlPlaneNode(site));
}

async function place(api: Api, object: ApiObject): Promise<void> {
  const answer = await api.apply(object, fieldManager);
  if (!isDone(answer)) throw new ApiError(`the twin's set-up: ${object.kind} ${object.metadata.name}`, answer);
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

/** Until an object of a kind can be made; the API server needs a moment after it has taken a definition. */
async function established(api: Api, crds: readonly ApiObject[]): Promise<void> {
  const waiting = new Set(crds.map(({ metadata }) => metadata.name));
  for (;;) {
    for (const definition of await api.list(definitions)) {
      const conditions = objects(valueAt(definition, "status", "conditions"));
      if (conditions.some(({ type, status }) => type === "Established" && status === "True")) waiting.delete(definition.metadata.name);
    }
    if (waiting.size === 0) return;
    await pause(50);
  }
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
