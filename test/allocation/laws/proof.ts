/** Law 4 by brute force: what a group's servers must carry, on every day and after every loss. */
import type { Group } from "../../../lib/request/estate";
import type { Capacity } from "../../../lib/request/server";
import type { Demand, GroupDemand } from "../../../lib/sizing/demand";

/** The order in which the groups of a messenger at a site are placed. */
export const placingOrder: readonly Group[] = ["object", "database", "compute", "all"];

/** What one group at one site needs. */
export interface GroupNeed extends Omit<Demand, "messenger" | "sites"> {
  readonly share: GroupDemand;
  /** What it carries after the loss of the other site. */
  readonly after: GroupDemand | undefined;
}

/** The groups that a demand asks for at a site; those that ask for nothing are left out. Without the need `network` nothing leaves the site. */
export function groupNeeds(demand: Demand | undefined, site: string, network: boolean): Map<Group, GroupNeed> {
  const at = demand?.sites[site];
  const asked = (amounts: GroupDemand | undefined): GroupDemand | undefined =>
    network || !amounts ? amounts : { ...amounts, egressMbps: 0, ingressMbps: 0 };
  const needs = new Map<Group, GroupNeed>();
  for (const group of placingOrder) {
    const [share, after] = [asked(at?.groups[group]), asked(at?.afterSiteLoss[group])];
    const any = [share, after].some((amounts) => amounts && Object.values(amounts).some((amount) => amount > 0));
    if (demand && share && any)
      needs.set(group, { limits: demand.limits, rf: demand.rf, shards: demand.shards, parity: demand.parity, share, after });
  }
  return needs;
}

/** Bytes of databases and objects that must lie at the site, in GB: the share, or the full copy that a site's loss asks for. */
export function bytesOf({ share, after }: GroupNeed): { nvme: number; object: number } {
  return { nvme: Math.max(share.nvmeGB, after?.nvmeGB ?? 0), object: Math.max(share.objectGB, after?.objectGB ?? 0) };
}

/**
 * Whether all bytes fit with no rack holding more of a datum than its loss may take: a flow from the media over the racks, decided by
 * its cuts. Databases on NVMe; objects on disks, or on NVMe beside the databases where the class has no disks.
 */
export function bytesFit(need: GroupNeed, capacity: Capacity, counts: readonly number[]): boolean {
  const { nvme, object } = bytesOf(need);
  const { rf, shards, parity } = need;
  // Everything times rf * shards, to stay in whole numbers.
  const database = { bytes: nvme * rf * shards, each: nvme * shards };
  const objects = { bytes: object * rf * shards, each: object * parity * rf };
  const fit = (perServer: number, ...flows: (typeof database)[]): boolean => {
    const each = flows.reduce((sum, flow) => sum + flow.each, 0);
    const bytes = flows.reduce((sum, flow) => sum + flow.bytes, 0);
    return counts.reduce((sum, count) => sum + Math.min(count * perServer * rf * shards, each), 0) >= bytes;
  };
  if (capacity.diskGB > 0) return fit(capacity.nvmeGB, database) && fit(capacity.diskGB, objects);
  return fit(capacity.nvmeGB, database) && fit(capacity.nvmeGB, objects) && fit(capacity.nvmeGB, database, objects);
}

/** Whether `servers` servers carry the demand at `limit` and `nic` per mille of what they have. */
export function carry(demand: GroupDemand, servers: number, capacity: Capacity, limit: number, nic: number): boolean {
  return (
    demand.usedMilliThreads * 1000 <= servers * capacity.milliThreads * limit &&
    demand.usedMemoryMiB * 1000 <= servers * capacity.memoryMiB * limit &&
    demand.egressMbps * 1000 <= servers * capacity.nicMbps * nic
  );
}

/** What law 4 finds wrong with a group that has `counts` living servers in its racks; each rack is lost once. */
export function failures(need: GroupNeed, capacity: Capacity, counts: readonly number[]): string[] {
  const { share, after, limits } = need;
  const all = counts.reduce((sum, count) => sum + count, 0);
  const { nvme, object } = bytesOf(need);
  const racks = counts.filter((count) => count > 0).length;
  const wanted = Math.max(2, nvme > 0 ? need.rf : 0, object > 0 ? Math.ceil(need.shards / need.parity) : 0);
  return [
    ...(carry(share, all, capacity, limits.target, limits.nic) ? [] : ["carries its peak above the target"]),
    ...(counts.every((lost) => carry(share, all - lost, capacity, limits.degraded, limits.degraded)) ? [] : ["does not survive a rack"]),
    ...(!after || carry(after, all, capacity, limits.degraded, limits.degraded) ? [] : ["does not survive a site"]),
    ...(bytesFit(need, capacity, counts) ? [] : ["cannot lay its bytes"]),
    ...(racks >= wanted ? [] : [`lies in ${racks} racks of ${wanted}`]),
  ];
}
