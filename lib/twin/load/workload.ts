/** What a messenger's people run at a site to carry a load: pods by role, which ask for what the quota was computed from. */
import { grantOf, poolHolder, type Grant } from "../../allocation/grant";
import { divideUp } from "../../allocation/integer";
import { nodesOf } from "../../cluster/nodes";
import type { AllocatedRequest } from "../../request/allocated";
import type { Group } from "../../request/estate";
import type { Messenger } from "../../request/messenger";
import { demandOf, shareOf, type GroupDemand } from "../../sizing/demand";
import { roleNames, type Role, type Roles } from "../../sizing/role";
import { isLive, type Size } from "../../sizing/size";
import { evenly, inProportion } from "./division";
import { largestPod, requested, type Requests } from "./podSize";

/** Pods that ask for the same, as one Deployment runs them. */
export interface Pods {
  /** The Deployment's name: the role, with a number from the second on. */
  readonly name: string;
  readonly role: Role;
  readonly group: Group;
  readonly replicas: number;
  /** What each asks for. */
  readonly each: Requests;
  /** Whether they send something out of the cluster. */
  readonly leaves: boolean;
}

/** All that a messenger runs at a site. */
export interface Workload {
  readonly messenger: Messenger;
  readonly site: string;
  /** Whose nodes it runs on: its own, by its id, or the pool's. */
  readonly nodes: string;
  /** u_degraded, per mille. */
  readonly degraded: number;
  readonly pods: readonly Pods[];
}

/** Why a messenger runs no pods at all in a cluster; nothing where it does. */
export function idleBecause(messenger: Messenger): string | undefined {
  if (!isLive(messenger)) return `it is ${messenger.lifecycle.state}`;
  return messenger.needs.includes("cluster") ? undefined : `it needs ${messenger.needs.join(" and ")} only and has no namespace`;
}

/** What is carried: the site's share of the peak, or what it carries after the loss of the other site. */
export type Carried = "groups" | "afterSiteLoss";

const rolesOfGroup: Readonly<Record<Group, readonly Role[]>> = {
  compute: ["gateway", "application", "relay"],
  database: ["database"],
  object: ["object"],
  all: roleNames,
};

/**
 * The workload of a size's peak at a site. Kubernetes schedules requests, so pods ask for used / u_degraded; those of a group add up to
 * exactly that, rounded up once. None where the messenger runs nothing there.
 */
export function workloadOf(
  { estate, lock }: Pick<AllocatedRequest, "estate" | "lock">,
  messenger: Messenger,
  size: Size,
  site: string,
  carried: Carried = "groups",
): Workload | undefined {
  const { sites, limits, rf } = demandOf(size, messenger);
  const groups = Object.entries(sites[site]?.[carried] ?? {}) as [Group, GroupDemand][];
  if (idleBecause(messenger) !== undefined || groups.length === 0) return undefined;
  const own = grantOf(estate, lock, messenger.messenger, site);
  const [nodes] = nodesOf(messenger, own);
  const pooled = nodes === poolHolder;
  const grant = pooled ? grantOf(estate, lock, poolHolder, site) : own;
  const connected = messenger.needs.includes("network");
  const share = shareOf(messenger, site)[carried === "groups" ? "load" : "afterSiteLoss"];
  const atLeast: Partial<Record<Role, number>> = { gateway: Math.ceil(size.peak.roles.gateway.processes * share), database: rf };

  const pods = groups.flatMap(([group, demand]) => {
    const total: Requests = {
      milliThreads: divideUp(demand.usedMilliThreads * 1000, limits.degraded),
      memoryMiB: divideUp(demand.usedMemoryMiB * 1000, limits.degraded),
      egressMbps: pooled && connected ? demand.egressMbps : 0,
    };
    const largest = largestPod(estate, serving(grant, pooled ? undefined : group), total);
    return byRole(total, group, size.peak.roles, limits.target / 1000).flatMap(({ role, requests, sends }) => {
      const needed = requested.map((key) => divideUp(requests[key], largest[key]));
      // Two at least: a lost pod is no disaster.
      const count = Math.max(2, atLeast[role] ?? 0, ...needed);
      return equalPods(requests, count).map((some, index): Pods => {
        const leaves = connected && (pooled ? some.each.egressMbps > 0 : sends);
        return { name: index === 0 ? role : `${role}-${index + 1}`, role, group, ...some, leaves };
      });
    });
  });
  return { messenger, site, nodes, degraded: limits.degraded, pods };
}

/** The servers on which pods of a group may run. */
function serving(grant: Grant, group: Group | undefined): Grant {
  return {
    ...grant,
    servers: grant.servers.filter((server) => server.state === "granted" && (group === undefined || server.group === group)),
  };
}

/** A group's requests by role, as its roles' needs stand to each other. */
function byRole(total: Requests, group: Group, roles: Roles, target: number): { role: Role; requests: Requests; sends: boolean }[] {
  const needs = rolesOfGroup[group].map((role) => {
    const { threads, memoryGiB } = roles[role];
    const used =
      role === "gateway"
        ? { milliThreads: roles.gateway.threadsUsed, memoryMiB: roles.gateway.memoryUsedGiB }
        : { milliThreads: threads * target, memoryMiB: memoryGiB * target };
    const { egressGbps } = role === "application" || role === "database" ? { egressGbps: 0 } : roles[role];
    return { role, ...used, egressMbps: egressGbps };
  });
  const parts = (key: keyof Requests): number[] =>
    inProportion(
      total[key],
      needs.map((need) => need[key]),
    );
  const [milliThreads, memoryMiB, egressMbps] = [parts("milliThreads"), parts("memoryMiB"), parts("egressMbps")];
  return needs
    .map((need, index) => ({
      role: need.role,
      requests: { milliThreads: milliThreads[index] ?? 0, memoryMiB: memoryMiB[index] ?? 0, egressMbps: egressMbps[index] ?? 0 },
      sends: need.egressMbps > 0,
    }))
    .filter(({ requests }) => requested.some((key) => requests[key] > 0));
}

/** A role's requests over so many pods, those that ask for the same together: a Deployment's pods are all alike. */
function equalPods(requests: Requests, count: number): { replicas: number; each: Requests }[] {
  const [milliThreads, memoryMiB, egressMbps] = requested.map((key) => evenly(requests[key], count));
  const found: { replicas: number; each: Requests }[] = [];
  for (let index = 0; index < count; index++) {
    const each = { milliThreads: milliThreads?.[index] ?? 0, memoryMiB: memoryMiB?.[index] ?? 0, egressMbps: egressMbps?.[index] ?? 0 };
    const last = found.at(-1);
    if (last && requested.every((key) => last.each[key] === each[key])) last.replicas++;
    else found.push({ replicas: 1, each });
  }
  return found;
}
