/** How full the nodes are that live: the load's own use of what pods may ask for, as law 4 counts it. */
import { poolHolder } from "../../allocation/grant";
import type { JoinedNode } from "../nodes/joinedNode";
import type { Workload } from "./workload";

/** How full the nodes of a group are with a resource, per mille, and how full they may be after a loss. */
export interface Utilisation {
  /** A messenger's id, or `pool`. */
  readonly holder: string;
  readonly group: string;
  readonly resource: "threads" | "memory";
  readonly perMille: number;
  /** u_degraded; the least of those who share the nodes. */
  readonly allowed: number;
}

const resources = [
  ["threads", "milliThreads"],
  ["memory", "memoryMiB"],
] as const;

/** The fullest resource of every group of nodes that carries something, the fullest first. Nodes that hold nothing of what is carried are infinitely full. */
export function utilisationOf(workloads: readonly Workload[], nodes: readonly JoinedNode[]): Utilisation[] {
  const groups = new Map<string, { holder: string; group: string; allowed: number; milliThreads: number; memoryMiB: number }>();
  for (const { nodes: holder, degraded, pods } of workloads)
    for (const { group: served, replicas, each } of pods) {
      // The pool's servers carry all groups alike.
      const group = holder === poolHolder ? "all" : served;
      const key = `${holder} ${group}`;
      const sum = groups.get(key) ?? { holder, group, allowed: degraded, milliThreads: 0, memoryMiB: 0 };
      // Requests are used / u_degraded.
      sum.milliThreads += (replicas * each.milliThreads * degraded) / 1000;
      sum.memoryMiB += (replicas * each.memoryMiB * degraded) / 1000;
      sum.allowed = Math.min(sum.allowed, degraded);
      groups.set(key, sum);
    }
  const found = [...groups.values()].map((sum): Utilisation => {
    const there = nodes.filter(({ holder, group }) => holder === sum.holder && group === sum.group);
    const [worst = { resource: "threads" as const, perMille: 0 }] = resources
      .map(([resource, key]) => {
        const has = there.reduce((total, { allocatable }) => total + allocatable[key], 0);
        return { resource, perMille: sum[key] === 0 ? 0 : (sum[key] * 1000) / has };
      })
      .sort((a, b) => b.perMille - a.perMille);
    return { holder: sum.holder, group: sum.group, ...worst, allowed: sum.allowed };
  });
  return found.sort((a, b) => b.perMille - a.perMille);
}
