/** How full the nodes are that live: the placed load's own use of what may be planned with, both as law 4 counts them. */
import type { Estate } from "../../request/estate";
import type { JoinedNode } from "../nodes/joinedNode";
import type { Placed } from "./standing";
import type { Workload } from "./workload";

/** How full the nodes of a group are with a resource, per mille, and how full they may be after a loss. */
export interface Utilisation {
  /** A messenger's id, or `pool`. */
  readonly holder: string;
  readonly group: string;
  readonly resource: "threads" | "memory";
  readonly perMille: number;
  /** u_degraded; where those who share the nodes have several, each counts by what it asks for. */
  readonly allowed: number;
  readonly tooFull: boolean;
}

const resources = [
  { resource: "threads", key: "milliThreads", spare: "threads" },
  { resource: "memory", key: "memoryMiB", spare: "memory" },
] as const;

/** Nodes of a group, and the pods that they carry. */
interface Carrying {
  readonly holder: string;
  readonly group: string;
  readonly nodes: JoinedNode[];
  readonly pods: Placed[];
}

/**
 * The fullest resource of every group of nodes that carries something, the fullest first. Pods ask for used / u_degraded, and the
 * scheduler fills a server to its brim; law 4 counts without the reserve, so that the nodes can be too full where all pods are placed.
 */
export function utilisationOf(
  workloads: readonly Workload[],
  placed: readonly Placed[],
  nodes: readonly JoinedNode[],
  reserve: Estate["reserve"],
): Utilisation[] {
  const degraded = new Map(workloads.map((workload) => [workload.messenger.messenger, workload.degraded]));
  const groups = new Map<string, Carrying>();
  for (const node of nodes) {
    const { holder, group } = node;
    const known = groups.get(`${holder} ${group}`) ?? { holder, group, nodes: [], pods: [] };
    groups.set(`${holder} ${group}`, known);
    known.nodes.push(node);
  }
  const carriers = new Map([...groups.values()].flatMap((group) => group.nodes.map(({ name }) => [name, group] as const)));
  for (const pod of placed) carriers.get(pod.node)?.pods.push(pod);

  return [...groups.values()]
    .flatMap(({ holder, group, nodes: there, pods }) => {
      const found = resources.map(({ resource, key, spare }): Utilisation => {
        const has = there.reduce((sum, { allocatable }) => sum + Math.max(0, allocatable[key] - reserve[spare]), 0);
        const asked = pods.reduce((sum, { pods: { each } }) => sum + each[key], 0);
        const used = pods.reduce((sum, { messenger, pods: { each } }) => sum + each[key] * (degraded.get(messenger) ?? 1000), 0);
        const [perMille, allowed] = asked === 0 ? [0, 1000] : [used / has, used / asked];
        return { holder, group, resource, perMille, allowed, tooFull: asked > has };
      });
      return pods.length === 0 ? [] : found.sort(byFullness).slice(0, 1);
    })
    .sort(byFullness);
}

const byFullness = (a: Utilisation, b: Utilisation): number => b.perMille / b.allowed - a.perMille / a.allowed;
