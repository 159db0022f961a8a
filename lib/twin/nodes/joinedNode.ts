/** The nodes that messengers' pods run on, as a site's API server knows them. */
import { groupLabel, messengerLabel, zoneLabel } from "../../cluster/labels";
import { type ApiObject, texts, valueAt } from "../../manifests/apiObject";
import { amountOf } from "../amount";
import type { Api } from "../api";

/** A server that joined the cluster. */
export interface JoinedNode {
  readonly name: string;
  /** Whose it is: a messenger's id, or `pool`. */
  readonly holder: string;
  /** The group that it serves. */
  readonly group: string;
  readonly rack: string;
  /** What pods may ask for. */
  readonly allocatable: { readonly milliThreads: number; readonly memoryMiB: number };
}

/** Every joined server, in order of names; a site's control plane is none. */
export async function joinedNodes(api: Api): Promise<JoinedNode[]> {
  return (await api.list("/api/v1/nodes", { labelSelector: messengerLabel })).map(joinedNode);
}

/** Reads a Node. */
export function joinedNode(node: ApiObject): JoinedNode {
  const label = (key: string): string => texts([valueAt(node, "metadata", "labels", key) ?? ""])[0] ?? "";
  const allocatable = (key: string): number => amountOf(valueAt(node, "status", "allocatable", key));
  return {
    name: node.metadata.name,
    holder: label(messengerLabel),
    group: label(groupLabel),
    rack: label(zoneLabel),
    allocatable: { milliThreads: Math.round(allocatable("cpu") * 1000), memoryMiB: Math.floor(allocatable("memory") / 2 ** 20) },
  };
}
