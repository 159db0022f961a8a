/**
 * Nodes as lost as a rack without power: with the taint that operators put on a node which is shut down and will not answer. The real
 * eviction then deletes what ran there without asking, and the real scheduler finds another place for it. To wait until leases end
 * instead takes minutes, and ends in the same.
 */
import { objects, valueAt, type ApiObject, type JsonObject } from "../../manifests/apiObject";
import { ApiError, isDone, type Api } from "../api";
import { persistently } from "../apply";
import { concurrently } from "../concurrent";

/** By its value a later rehearsal knows what a killed one lost. */
const lost = { key: "node.kubernetes.io/out-of-service", value: "rehearsal", effect: "NoExecute" };
const atOnce = 16;

const taintsOf = (node: JsonObject): JsonObject[] => objects(valueAt(node, "spec", "taints"));
const isLost = (taint: JsonObject): boolean => taint.key === lost.key && taint.value === lost.value;

async function mark(api: Api, nodes: readonly string[], taints: readonly JsonObject[]): Promise<void> {
  await concurrently(nodes, atOnce, async (name) => {
    const path = `/api/v1/nodes/${name}`;
    const answer = await persistently(async () => {
      const found = await api.request("GET", path);
      if (!isDone(found)) return found;
      const resourceVersion = valueAt(found.body, "metadata", "resourceVersion") ?? null;
      // A node's taints are replaced as a whole; the version makes sure that nobody's are lost.
      const others = taintsOf(found.body).filter((taint) => !isLost(taint));
      return api.request("PATCH", path, { body: { metadata: { resourceVersion }, spec: { taints: [...others, ...taints] } } });
    });
    if (!isDone(answer)) throw new ApiError(`PATCH ${path}`, answer);
  });
}

/** Loses nodes. */
export const lose = (api: Api, nodes: readonly string[]): Promise<void> => mark(api, nodes, [lost]);

/** Brings lost nodes back, empty. */
export const bringBack = (api: Api, nodes: readonly string[]): Promise<void> => mark(api, nodes, []);

/** The nodes that a rehearsal lost and did not bring back. */
export async function lostNodes(api: Api): Promise<string[]> {
  const nodes: ApiObject[] = await api.list("/api/v1/nodes");
  return nodes.filter((node) => taintsOf(node).some(isLost)).map(({ metadata }) => metadata.name);
}
