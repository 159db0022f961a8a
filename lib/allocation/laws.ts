/**
 * The loss-proof law of a group of own servers: it carries the peak at no more than u_target (NICs nic_util); after the loss of any
 * one rack, or of the other site, at no more than u_degraded; its data survive a rack. Thresholds are compared by cross-multiplication.
 */
import type { Capacity } from "../request/server";
import { leastRacks, unplaced } from "./dataRule";
import { divideUp } from "./integer";
import type { GroupNeed } from "./need";

/** Servers of a group in one rack that count, all of one class, and what of each may be planned with. */
export interface RackServers {
  readonly servers: number;
  readonly usable: Capacity;
}

/** A part of the law that does not hold. Threads in milli-threads, memory in MiB, NICs in Mbit/s, data in GB, or a count of racks. */
export interface Failure {
  readonly resource: "threads" | "memory" | "nic" | "databases" | "objects" | "racks";
  /** What must hold: the peak, the peak after the loss of a rack, or what is left after the loss of the other site. */
  readonly when: "at peak" | "after the loss of a rack" | "after the loss of the other site" | "";
  /** What is there, and what it would take. */
  readonly has: number;
  readonly needs: number;
}

const resources = [
  { resource: "threads", capacity: "milliThreads", demand: "usedMilliThreads", limit: "target" },
  { resource: "memory", capacity: "memoryMiB", demand: "usedMemoryMiB", limit: "target" },
  { resource: "nic", capacity: "nicMbps", demand: "egressMbps", limit: "nic" },
] as const;

/** Every part of the law that does not hold on these servers; none where all is well. */
export function failuresOf(need: GroupNeed, racks: readonly RackServers[]): Failure[] {
  const { limits, share, afterSiteLoss } = need;
  const failures: Failure[] = [];
  for (const { resource, capacity, demand, limit } of resources) {
    let total = 0;
    let largest = 0;
    for (const { servers, usable } of racks) {
      const here = servers * usable[capacity];
      total += here;
      if (here > largest) largest = here;
    }
    const require = (used: number, has: number, utilisation: number, when: Failure["when"]): void => {
      if (used * 1000 > has * utilisation) failures.push({ resource, when, has, needs: divideUp(used * 1000, utilisation) });
    };
    require(share[demand], total, limits[limit], "at peak");
    require(share[demand], total - largest, limits.degraded, "after the loss of a rack");
    require(afterSiteLoss[demand], total, limits.degraded, "after the loss of the other site");
  }
  const occupied = racks.filter(({ servers }) => servers > 0);
  if (occupied.length < leastRacks(need)) failures.push({ resource: "racks", when: "", has: occupied.length, needs: leastRacks(need) });
  const missing = unplaced(
    need,
    occupied.map(({ servers, usable }) => ({ servers, nvmeGB: usable.nvmeGB, diskGB: usable.diskGB })),
  );
  if (missing.database > 0) failures.push({ resource: "databases", when: "", has: need.nvmeGB - missing.database, needs: need.nvmeGB });
  if (missing.object > 0) failures.push({ resource: "objects", when: "", has: need.objectGB - missing.object, needs: need.objectGB });
  return failures;
}

/** What fails while a rack is lost and these servers are what is left: the peak must fit into what may be used after a loss. */
export function lossFailuresOf({ share, limits }: GroupNeed, left: readonly RackServers[]): Failure[] {
  return resources.flatMap(({ resource, capacity, demand }): Failure[] => {
    const has = left.reduce((sum, { servers, usable }) => sum + servers * usable[capacity], 0);
    if (share[demand] * 1000 <= has * limits.degraded) return [];
    return [{ resource, when: "after the loss of a rack", has, needs: divideUp(share[demand] * 1000, limits.degraded) }];
  });
}

/** Whether the law holds on these servers. */
export function holds(need: GroupNeed, racks: readonly RackServers[]): boolean {
  return failuresOf(need, racks).length === 0;
}

/** The law as counts of servers of one class. */
export interface Bounds {
  /** Servers that the peak, and what is left after the loss of the other site, need in any case. */
  readonly least: number;
  /** Servers that must be left beside the fullest rack. */
  readonly spare: number;
  /** Racks in which they must stand. */
  readonly racks: number;
}

/** The law's bounds for servers of a class; Infinity where no number of them is enough. */
export function boundsOf(need: GroupNeed, usable: Capacity): Bounds {
  const { limits, share, afterSiteLoss, nvmeGB, objectGB } = need;
  let least = 0;
  let spare = 0;
  for (const { capacity, demand, limit } of resources) {
    const degraded = limits.degraded * usable[capacity];
    least = Math.max(
      least,
      divideUp(share[demand] * 1000, limits[limit] * usable[capacity]),
      divideUp(afterSiteLoss[demand] * 1000, degraded),
    );
    spare = Math.max(spare, divideUp(share[demand] * 1000, degraded));
  }
  const storage =
    usable.diskGB > 0
      ? Math.max(divideUp(nvmeGB, usable.nvmeGB), divideUp(objectGB, usable.diskGB))
      : divideUp(nvmeGB + objectGB, usable.nvmeGB);
  return { least: Math.max(least, storage), spare, racks: leastRacks(need) };
}

/**
 * The least servers of a class on equal, unlimited racks, as many as the law wants: each stands in a rack of its own.
 * Infinity where no number of them is enough.
 */
export function leastServers(need: GroupNeed, usable: Capacity): number {
  const { least, spare, racks } = boundsOf(need, usable);
  return Math.max(least, spare + 1, racks);
}
