/** Servers as a site's cluster has them, and how that differs from the lock. */
import { hardwareNamespace } from "../cluster/siteNamespaces";
import { type ApiObject, objects, valueAt } from "../manifests/apiObject";
import type { LockServer } from "../request/lock";
import { liveHostOf, type LiveHost } from "../twin/nodes/liveHost";
import { listObjects } from "./kubectl";

/** A server's host and node; what is not there is missing. */
export interface LiveServer {
  readonly host?: LiveHost;
  readonly node?: { readonly isReady: boolean; readonly isOpen: boolean };
}

/** What a server should be. */
export interface Wanted {
  readonly line: LockServer;
  /** Whether it becomes a node: its holder has a namespace. */
  readonly joins: boolean;
  /** The URL of the image that the lock names. */
  readonly image: string | undefined;
}

/** All servers of a site that have a host or a node. */
export async function liveServers(context: string): Promise<ReadonlyMap<string, LiveServer>> {
  const [hosts, nodes] = await Promise.all([listObjects(context, "baremetalhosts", hardwareNamespace), listObjects(context, "nodes")]);
  const servers = new Map<string, LiveServer>(hosts.map((host) => [host.metadata.name, { host: liveHostOf(host) }]));
  for (const node of nodes) servers.set(node.metadata.name, { ...servers.get(node.metadata.name), node: nodeOf(node) });
  return servers;
}

function nodeOf(node: ApiObject): { isReady: boolean; isOpen: boolean } {
  const ready = objects(valueAt(node, "status", "conditions")).find(({ type }) => type === "Ready");
  return { isReady: ready?.status === "True", isOpen: valueAt(node, "spec", "unschedulable") !== true };
}

/** Its host and its node in words, such as `provisioned, node Ready`. */
export function wordsOf({ host, node }: LiveServer): string {
  const hostWords = !host ? "no host" : host.isLeaving ? "being deleted" : host.phase || "not looked at yet";
  const nodeWords = !node ? "no node" : `node ${node.isReady ? "Ready" : "not Ready"}${node.isOpen ? "" : ", closed to new pods"}`;
  return `${hostWords}, ${nodeWords}`;
}

/** How a server is otherwise than the lock says; nothing where it is so. Nobody holds one that is not `wanted`. */
export function differences(wanted: Wanted | undefined, { host, node }: LiveServer): string[] {
  if (!wanted) return host ? ["it has a host, though nobody holds it"] : [];
  const { line, joins, image } = wanted;
  const { state, adopted } = line;
  if (state === "detached") return host ? ["its host is still there"] : [];
  if (!host) return ["it has no host"];
  const wantsNode = joins && state !== "erasing";
  const phase = adopted && state !== "erasing" ? "externally provisioned" : "provisioned";
  return [
    ...(host.isLeaving ? ["its host is being deleted"] : []),
    ...(host.state === state ? [] : [`its host is labelled ${host.state || "nothing"}, expected ${state}`]),
    ...(host.phase === phase ? [] : [`its host is ${host.phase || "not looked at yet"}, expected ${phase}`]),
    ...(adopted || host.runs === image
      ? []
      : [`its host runs ${host.runs || "nothing"}, expected ${image ?? "an image that the lock knows"}`]),
    ...(host.error === "" ? [] : [`the operator says: ${host.error}`]),
    ...(wantsNode && state === "granted" && !node ? ["it has no node"] : []),
    ...(wantsNode && state === "granted" && node && !node.isReady ? ["its node is not Ready"] : []),
    ...(state === "granted" && node && !node.isOpen ? ["its node is closed to new pods"] : []),
    ...(state === "erasing" && node ? ["its node is still there"] : []),
  ];
}
