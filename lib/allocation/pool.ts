/** The pool: the servers that messengers without own servers share, how much of them may be promised, and how much is. */
import type { LockBandwidth, LockQuota } from "../request/lock";
import { type DataRule, strictest, type Unplaced, unplaced } from "./dataRule";
import { countOf, type View } from "./holding";
import { gigabytesOf, tebibytesOf, withoutShare } from "./integer";
import type { SiteState } from "./siteState";

/** What the pool may promise. */
export interface PoolLimit {
  readonly cpu: number;
  readonly memoryGiB: number;
  readonly egressMbps: number;
  /** Its ports and uplinks carry as much in as out. */
  readonly ingressMbps: number;
}

/** What each figure of the pool is counted in. */
export const poolUnits: Readonly<Record<keyof PoolLimit, string>> = {
  cpu: "threads",
  memoryGiB: "GiB of memory",
  egressMbps: "Mbit/s out",
  ingressMbps: "Mbit/s in",
};
/** The figures of the pool, in the order in which they are told. */
export const poolFigures = ["cpu", "memoryGiB", "egressMbps", "ingressMbps"] as const satisfies readonly (keyof PoolLimit)[];

/**
 * The pool's servers less the largest rack, resource by resource, less the headroom, rounded down.
 * @param lost the index of a rack that is lost. @default whichever is the largest
 */
export function poolLimit(state: SiteState, view: View, lost?: number): PoolLimit {
  const totals = { milliThreads: 0, memoryMiB: 0, egressMbps: 0 };
  const largest = { ...totals };
  for (const [index, held] of state.pool.racks) {
    const rack = state.racks[index];
    if (!rack) continue;
    const servers = countOf(held, view);
    const here = {
      milliThreads: servers * rack.usable.milliThreads,
      memoryMiB: servers * rack.usable.memoryMiB,
      egressMbps: Math.min(servers * rack.poolShare, Math.max(0, rack.promisable - rack.reserved[view])),
    };
    for (const key of ["milliThreads", "memoryMiB", "egressMbps"] as const) {
      totals[key] += here[key];
      if (lost === undefined || lost === index) largest[key] = Math.max(largest[key], here[key]);
    }
  }
  const { pool } = state.estate.headroom;
  const left = (key: keyof typeof totals, per: number): number => Math.floor(withoutShare(totals[key] - largest[key], pool) / per);
  const egressMbps = left("egressMbps", 1);
  return { cpu: left("milliThreads", 1000), memoryGiB: left("memoryMiB", 1024), egressMbps, ingressMbps: egressMbps };
}

/** The quotas of all messengers together. */
export function poolPromised(state: SiteState): LockQuota & { readonly egressMbps: number; readonly ingressMbps: number } {
  const { cpu, memoryGiB, nvmeTiB, objectTiB, poolEgressMbps, poolIngressMbps } = state.tally.promised;
  return { cpu, memoryGiB, nvmeTiB, objectTiB, egressMbps: poolEgressMbps, ingressMbps: poolIngressMbps };
}

/** What a messenger may send beside its groups of own servers: over the pool, or from the network alone. */
export function sharedEgress(state: SiteState, messenger: string): number {
  const line = state.lines.bandwidth.get(messenger);
  return line ? sharedOf(line) : 0;
}

/** The same of a line. */
export function sharedOf({ egressMbps, groups }: Readonly<LockBandwidth>): number {
  return egressMbps - Object.values(groups).reduce((sum, egress) => sum + egress, 0);
}

/**
 * The rule by which all data of the pool are judged together: the strictest of everybody who has any. What fits by it can be shared out to
 * everybody in proportion, so each one's data survive the loss of a rack too.
 *
 * @param asked the rule of who asks for room
 */
export function poolRule(state: SiteState, asked: readonly DataRule[]): DataRule {
  return strictest([...asked, ...state.tally.dataRules]);
}

/** The rule that a quota's line records; none where it holds no data, or was written by hand without one. */
export function ruleOf({ rf, shards, parity }: LockQuota): DataRule | undefined {
  return rf !== undefined && shards !== undefined && parity !== undefined ? { rf, shards, parity } : undefined;
}

/** What of these raw TiB of databases and objects, all messengers' together, finds no place in the pool by a rule, in GB. */
export function poolUnplaced(state: SiteState, view: View, rule: DataRule, stored: Stored): Unplaced {
  const { pool } = state.estate.headroom;
  const racks = [...state.pool.racks].map(([index, held]) => {
    const usable = state.racks[index]?.usable;
    const servers = countOf(held, view);
    const all = (gigabytes: number): number => withoutShare(servers * gigabytes, pool);
    return { servers: servers > 0 ? 1 : 0, nvmeGB: all(usable?.nvmeGB ?? 0), diskGB: all(usable?.diskGB ?? 0) };
  });
  return unplaced({ ...rule, nvmeGB: gigabytesOf(stored.nvmeTiB), objectGB: gigabytesOf(stored.objectTiB) }, racks);
}

/** Whether all of it finds a place. */
export function poolStores(...stored: Parameters<typeof poolUnplaced>): boolean {
  const { database, object } = poolUnplaced(...stored);
  return database === 0 && object === 0;
}

/** Raw TiB of databases and of objects. */
export type Stored = Pick<LockQuota, "nvmeTiB" | "objectTiB">;

/** The most TiB up to `wanted` that the pool can still place of one kind beside what it stores. */
export function poolRoom(state: SiteState, view: View, rule: DataRule, stored: Stored, key: keyof Stored, wanted: number): number {
  let fits = 0;
  let tooMuch = wanted + 1;
  while (tooMuch - fits > 1) {
    const middle = Math.floor((fits + tooMuch) / 2);
    if (poolStores(state, view, rule, { ...stored, [key]: stored[key] + middle })) fits = middle;
    else tooMuch = middle;
  }
  return fits;
}

/** The most of each kind that may be promised beside the other, by the strictest rule of the data that lie in the pool. */
export function storageLimit(state: SiteState, view: View): Stored {
  const rule = poolRule(state, []);
  const promised = poolPromised(state);
  const none: Stored = { nvmeTiB: 0, objectTiB: 0 };
  let rawGB = 0;
  for (const [index, held] of state.pool.racks) {
    const { nvmeGB = 0, diskGB = 0 } = state.racks[index]?.usable ?? {};
    rawGB += countOf(held, view) * (nvmeGB + diskGB);
  }
  const most = (key: keyof Stored, other: keyof Stored): number => {
    const beside = { ...none, [other]: promised[other] };
    const room = (stored: Stored): number => poolRoom(state, view, rule, stored, key, tebibytesOf(rawGB));
    // While the other kind has no place itself, nobody is given more of this one.
    return poolStores(state, view, rule, beside) ? room(beside) : Math.min(promised[key], room(none));
  };
  return { nvmeTiB: most("nvmeTiB", "objectTiB"), objectTiB: most("objectTiB", "nvmeTiB") };
}
