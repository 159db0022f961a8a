/** What allocation takes from sizing: a messenger's peak in [asOf, asOf + horizon], by site and group, in integers. */
import type { Group } from "../request/estate";

/** The load's own need, before any utilisation target. Storage is raw: replicas, erasure code and fill are in it. */
export interface GroupDemand {
  readonly usedMilliThreads: number;
  readonly usedMemoryMiB: number;
  /** Raw bytes of databases, in GB. */
  readonly nvmeGB: number;
  /** Raw bytes of objects, in GB. */
  readonly objectGB: number;
  readonly egressMbps: number;
  readonly ingressMbps: number;
}

export type GroupDemands = Readonly<Partial<Record<Group, GroupDemand>>>;

/** What a site carries. */
export interface SiteDemand {
  /** Its share of the peak; the groups compute, database, object (layout split) or all (converged, and all in the pool). */
  readonly groups: GroupDemands;
  /** What it carries after the loss of the other site; empty unless the messenger survives a site. */
  readonly afterSiteLoss: GroupDemands;
}

/** A messenger's need. A retired or absent messenger has sites without groups. */
export interface Demand {
  readonly messenger: string;
  /** Utilisation limits, per mille: of servers, of servers after the loss of a rack or site, of NICs. */
  readonly limits: { readonly target: number; readonly degraded: number; readonly nic: number };
  /** Replicas of a database. */
  readonly rf: number;
  /** Shards of an object, and how many of them are parity. */
  readonly shards: number;
  readonly parity: number;
  readonly sites: Readonly<Record<string, SiteDemand>>;
}
