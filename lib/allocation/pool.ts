/** The pool: the servers that messengers without own servers share, how much of them may be promised, and how much is. */
import type { LockBandwidth, LockQuota } from "../request/lock";
import { type DataRule, strictest } from "./dataRule";
import { countOf, type View } from "./holding";
import { withoutShare } from "./integer";
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
