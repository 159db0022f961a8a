/** What allocation takes from sizing: a messenger's peak in [asOf, asOf + horizon], by site and group, in integers. */
import type { Group } from "../request/estate";
import type { Messenger } from "../request/messenger";
import type { Roles } from "./role";
import { sizeMessenger, type Size } from "./size";
import type { Calendar } from "./timeline";

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

/** The demand of the peak of a size. Every figure is rounded up, once, where a group's roles are added up. */
export function demandOf({ peak, limits, rf, shards, parity }: Size, messenger: Messenger): Demand {
  const { sites, survives, layout } = messenger.placement;
  const split = layout === "split" && messenger.needs.includes("hardware");
  const groupsOf = (load: number, data: number): GroupDemands =>
    load === 0 ? {} : withoutEmpty(groups(peak.roles, split, { load, data, target: limits.target }));
  const demands: Record<string, SiteDemand> = {};
  for (const site of Object.keys(sites).sort()) {
    const share = shareOf(messenger, site);
    demands[site] = {
      groups: groupsOf(share.load, share.data),
      afterSiteLoss: survives === "site" ? groupsOf(share.afterSiteLoss, share.data) : {},
    };
  }
  const perMille = (value: number) => Math.round(value * 1000);
  return {
    messenger: messenger.messenger,
    limits: { target: perMille(limits.target), degraded: perMille(limits.degraded), nic: perMille(limits.nic) },
    rf,
    shards,
    parity,
    sites: demands,
  };
}

/** The parts of a messenger's peak and data that a site carries, 0 to 1. */
export interface SiteShare {
  readonly load: number;
  /** After the loss of another site; of all, 1 where there are two. The same as `load` where no site may be lost. */
  readonly afterSiteLoss: number;
  /** All of it where a site may be lost: each site holds a full copy. */
  readonly data: number;
}

/** The share of a site of the messenger's placement; a site that is being left (0%) carries nothing. */
export function shareOf({ placement }: Messenger, site: string): SiteShare {
  const { sites, survives } = placement;
  const own = sites[site] ?? 0;
  if (own === 0) return { load: 0, afterSiteLoss: 0, data: 0 };
  if (survives !== "site") return { load: own / 1000, afterSiteLoss: own / 1000, data: own / 1000 };
  const lost = Object.keys(sites).map((other) => (other === site ? 0 : (sites[other] ?? 0)));
  return { load: own / 1000, afterSiteLoss: Math.max(...lost.map((other) => own / (1000 - other))), data: 1 };
}

interface Shares {
  readonly load: number;
  readonly data: number;
  readonly target: number;
}

/** The peak's roles by group: split into compute, database and object, or together. */
function groups({ gateway, application, database, object, relay }: Roles, split: boolean, { load, data, target }: Shares): GroupDemands {
  const compute: Use = {
    threads: gateway.threadsUsed + (application.threads + relay.threads) * target,
    memoryGiB: gateway.memoryUsedGiB + (application.memoryGiB + relay.memoryGiB) * target,
    nvmeTiB: 0,
    objectTiB: 0,
    egressGbps: gateway.egressGbps + relay.egressGbps,
    ingressGbps: gateway.ingressGbps + relay.ingressGbps,
  };
  const used = ({ threads, memoryGiB }: { threads: number; memoryGiB: number }) => ({
    threads: threads * target,
    memoryGiB: memoryGiB * target,
  });
  const databases: Use = { ...used(database), nvmeTiB: database.nvmeTiB, objectTiB: 0, egressGbps: 0, ingressGbps: 0 };
  const objects: Use = {
    ...used(object),
    nvmeTiB: 0,
    objectTiB: object.objectTiB,
    egressGbps: object.egressGbps,
    ingressGbps: object.ingressGbps,
  };
  const whole = (use: Use) => wholeOf(use, load, data);
  if (split) return { compute: whole(compute), database: whole(databases), object: whole(objects) };
  return { all: whole(sum([compute, databases, objects])) };
}

interface Use {
  readonly threads: number;
  readonly memoryGiB: number;
  readonly nvmeTiB: number;
  readonly objectTiB: number;
  readonly egressGbps: number;
  readonly ingressGbps: number;
}

function sum(uses: readonly Use[]): Use {
  const of = (key: keyof Use) => uses.reduce((total, use) => total + use[key], 0);
  return {
    threads: of("threads"),
    memoryGiB: of("memoryGiB"),
    nvmeTiB: of("nvmeTiB"),
    objectTiB: of("objectTiB"),
    egressGbps: of("egressGbps"),
    ingressGbps: of("ingressGbps"),
  };
}

const gigabytesOfTebibyte = 2 ** 40 / 1e9;

/** A site's part of a use, in whole units. */
function wholeOf(use: Use, load: number, data: number): GroupDemand {
  return {
    usedMilliThreads: roundUp(use.threads * load * 1000),
    usedMemoryMiB: roundUp(use.memoryGiB * load * 1024),
    nvmeGB: roundUp(use.nvmeTiB * data * gigabytesOfTebibyte),
    objectGB: roundUp(use.objectTiB * data * gigabytesOfTebibyte),
    egressMbps: roundUp(use.egressGbps * load * 1000),
    ingressMbps: roundUp(use.ingressGbps * load * 1000),
  };
}

/** Rounds up what lies more than binary fractions above a whole number: 33.6 / 0.6 / 8 is 7, and comes out as 7.000000000000001. */
export function roundUp(value: number): number {
  const nearest = Math.round(value);
  return Math.abs(value - nearest) <= nearest * 1e-12 ? nearest : Math.ceil(value);
}

/** A group that nothing asks anything of is none. */
function withoutEmpty(demands: GroupDemands): GroupDemands {
  return Object.fromEntries(Object.entries(demands).filter(([, demand]) => Object.values(demand).some((figure) => figure > 0)));
}

/** The demands of messengers, in their order. */
export function demandsOf(messengers: readonly Messenger[], calendar: Calendar): Demand[] {
  return messengers.map((messenger) => demandOf(sizeMessenger(messenger, calendar), messenger));
}
