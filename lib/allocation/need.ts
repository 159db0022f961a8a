/** What a messenger needs at a site: the table of needs as figures. */
import type { Estate, Group } from "../request/estate";
import type { LockQuota } from "../request/lock";
import type { Messenger } from "../request/messenger";
import type { Demand, GroupDemand } from "../sizing/demand";
import { divideUp, tebibytesOf } from "./integer";

/** The order in which the groups of a messenger are placed: what is hardest to place first. */
export const groupOrder: readonly Group[] = ["object", "database", "compute", "all"];

/** What a group carries, and how its data must lie. */
export interface GroupNeed {
  /** Its share of the peak. */
  readonly share: GroupDemand;
  /** What it carries after the loss of the other site; nothing where the messenger survives a rack only. */
  readonly afterSiteLoss: GroupDemand;
  /** Raw bytes of databases and objects, in GB. */
  readonly nvmeGB: number;
  readonly objectGB: number;
  readonly limits: Demand["limits"];
  readonly rf: number;
  readonly shards: number;
  readonly parity: number;
}

/** A messenger's need at one site. */
export interface SiteNeed {
  readonly messenger: string;
  readonly site: string;
  /** Groups of own servers, in the order in which they are placed; none without the need for hardware. */
  readonly groups: ReadonlyMap<Group, GroupNeed>;
  /** Whether its servers, if any, are its own. */
  readonly own: boolean;
  /** Its share of the pool, and how its data must lie there. */
  readonly pool?: { readonly quota: LockQuota; readonly rf: number; readonly shards: number; readonly parity: number };
  /** What it may send and receive, the larger of share and after the loss of a site; by group where the servers are its own. */
  readonly bandwidth?: {
    readonly egressMbps: number;
    readonly ingressMbps: number;
    readonly groups: ReadonlyMap<Group, { readonly egressMbps: number; readonly ingressMbps: number }>;
  };
  /** Whether it has a VLAN and a private prefix. */
  readonly network: boolean;
  /** Private addresses for a number of held servers. */
  readonly privateAddresses: (servers: number) => number;
  readonly vips: number;
  readonly egress: number;
  /** Whether the site's cluster routes its egress addresses over egress servers. */
  readonly egressServers: boolean;
}

const nothing: GroupDemand = { usedMilliThreads: 0, usedMemoryMiB: 0, nvmeGB: 0, objectGB: 0, egressMbps: 0, ingressMbps: 0 };
const silent = { egressMbps: 0, ingressMbps: 0 };
const isSomething = (demand: GroupDemand): boolean => Object.values(demand).some((figure: number) => figure > 0);

/** The needs of a messenger by site, in order of sites; none of a retired or absent one, nor at a site that it is leaving. */
export function needsOf(estate: Estate, messenger: Messenger, demand: Demand | undefined): SiteNeed[] {
  if (!demand || messenger.lifecycle.state === "retired" || messenger.lifecycle.state === "absent") return [];
  return Object.entries(messenger.placement.sites)
    .filter(([site, share]) => share > 0 && estate.sites[site] !== undefined)
    .map(([site]) => site)
    .sort()
    .map((site) => needAt(estate, messenger, demand, site));
}

/** As whose a messenger's public addresses are counted: hosts that join no cluster are announced by the routers, and get as many as none. */
export function addressKind({ needs }: Pick<Messenger, "needs">): "own" | "pool" {
  return needs.includes("hardware") && needs.includes("cluster") ? "own" : "pool";
}

function needAt(estate: Estate, messenger: Messenger, demand: Demand, site: string): SiteNeed {
  const { needs, network } = messenger;
  const own = needs.includes("hardware");
  const connected = needs.includes("network");
  const groups = groupsAt(demand, site, connected);
  const { private: addresses, vips, egress } = estate.addresses;
  const kind = addressKind(messenger);
  return {
    messenger: messenger.messenger,
    site,
    own,
    groups: own ? groups : new Map(),
    ...(needs.includes("cluster") && !own ? { pool: poolNeed(demand, [...groups.values()]) } : {}),
    ...(connected ? { bandwidth: bandwidthOf(groups, own) } : {}),
    network: own || connected,
    privateAddresses: (servers) => (own || connected ? (network.private ?? addresses.base + addresses.perServer * servers) : 0),
    vips: connected ? (network.vips ?? vips[kind]) : 0,
    egress: connected ? (network.egress ?? egress[kind]) : 0,
    egressServers: needs.includes("cluster"),
  };
}

/** The groups' needs; without the need for a network nothing leaves the servers, so their ports carry nothing. */
function groupsAt(demand: Demand, site: string, connected: boolean): Map<Group, GroupNeed> {
  const { groups = {}, afterSiteLoss = {} } = demand.sites[site] ?? {};
  const { limits, rf, shards, parity } = demand;
  const needs = new Map<Group, GroupNeed>();
  for (const group of groupOrder) {
    const share = { ...(groups[group] ?? nothing), ...(connected ? {} : silent) };
    const after = { ...(afterSiteLoss[group] ?? nothing), ...(connected ? {} : silent) };
    if (!isSomething(share) && !isSomething(after)) continue;
    const nvmeGB = Math.max(share.nvmeGB, after.nvmeGB);
    const objectGB = Math.max(share.objectGB, after.objectGB);
    needs.set(group, { share, afterSiteLoss: after, nvmeGB, objectGB, limits, rf, shards, parity });
  }
  return needs;
}

function sum(needs: readonly GroupNeed[], of: (need: GroupNeed) => number): number {
  return needs.reduce((total, need) => total + of(need), 0);
}

/** Requests, not use, are scheduled: used / u_degraded, the sum rounded up once. */
function poolNeed({ limits, rf, shards, parity }: Demand, needs: readonly GroupNeed[]): NonNullable<SiteNeed["pool"]> {
  const larger = (key: "usedMilliThreads" | "usedMemoryMiB"): number =>
    Math.max(
      sum(needs, ({ share }) => share[key]),
      sum(needs, ({ afterSiteLoss }) => afterSiteLoss[key]),
    );
  return {
    quota: {
      cpu: divideUp(larger("usedMilliThreads"), limits.degraded),
      memoryGiB: divideUp(larger("usedMemoryMiB") * 1000, limits.degraded * 1024),
      nvmeTiB: tebibytesOf(sum(needs, ({ nvmeGB }) => nvmeGB)),
      objectTiB: tebibytesOf(sum(needs, ({ objectGB }) => objectGB)),
    },
    rf,
    shards,
    parity,
  };
}

function bandwidthOf(groups: ReadonlyMap<Group, GroupNeed>, own: boolean): NonNullable<SiteNeed["bandwidth"]> {
  const each = new Map(
    [...groups].map(([group, { share, afterSiteLoss }]) => [
      group,
      {
        egressMbps: Math.max(share.egressMbps, afterSiteLoss.egressMbps),
        ingressMbps: Math.max(share.ingressMbps, afterSiteLoss.ingressMbps),
      },
    ]),
  );
  const total = (key: "egressMbps" | "ingressMbps"): number => [...each.values()].reduce((all, group) => all + group[key], 0);
  return { egressMbps: total("egressMbps"), ingressMbps: total("ingressMbps"), groups: own ? each : new Map() };
}
