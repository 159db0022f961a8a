/** What a lock promises of uplinks and of the pool, added up by the rules of law 2. */
import { groupNames } from "../../../lib/request/estate";
import type { LockSite } from "../../../lib/request/lock";
import type { Demand } from "../../../lib/sizing/demand";
import { reservation } from "./bound";
import { type Ground, holderOf, total } from "./ground";

/** What is promised of one thing: by holder and group, and how much may be. */
export interface Account {
  readonly what: string;
  readonly limit: number;
  readonly promised: ReadonlyMap<string, number>;
}

/** What may be promised of `amount` with `headroom` per mille kept back. */
export const promisable = (amount: number, headroom: number): number => Math.floor((amount * (1000 - headroom)) / 1000);

/** The uplink of every rack of a site: the reservations of the groups that have living servers there. */
export function rackAccounts(ground: Ground, site: string, lock: LockSite): Map<string, Account> {
  const racks = ground.estate.sites[site]?.racks ?? {};
  const accounts = new Map(
    Object.entries(racks).map(([rack, { uplink }]): [string, { what: string; limit: number; promised: Map<string, number> }] => [
      rack,
      { what: `uplink of ${site}-${rack}`, limit: promisable(uplink, ground.estate.headroom.uplink), promised: new Map() },
    ]),
  );
  for (const [holder, { groups }] of Object.entries(lock.bandwidth)) {
    for (const group of groupNames) {
      const counts = ground.counts(lock, holder, group);
      const { all, most } = total(counts);
      for (const [rack, count] of Object.entries(counts)) {
        accounts.get(rack)?.promised.set(`${holder} ${group}`, reservation(groups[group] ?? 0, count, all, most));
      }
    }
  }
  return accounts;
}

/** The uplink of a site, out and in. */
export function siteAccounts(ground: Ground, site: string, lock: LockSite): Account[] {
  const limit = promisable(ground.estate.sites[site]?.uplink ?? 0, ground.estate.headroom.uplink);
  return (["egressMbps", "ingressMbps"] as const).map((way) => ({
    what: `${way} of ${site}`,
    limit,
    promised: new Map(Object.entries(lock.bandwidth).map(([holder, line]) => [holder, line[way]])),
  }));
}

/** The pool's threads and memory: what its living servers have, less the largest rack, less headroom. */
export function poolAccounts(ground: Ground, site: string, lock: LockSite): Account[] {
  const racks: Record<string, { cpu: number; memoryGiB: number }> = {};
  for (const [name, line] of Object.entries(lock.servers)) {
    const place = ground.servers.get(name);
    if (!place?.alive || holderOf(line) !== "pool" || line.state !== "granted") continue;
    const { milliThreads, memoryMiB } = ground.usable(place.class);
    const rack = (racks[place.rack] ??= { cpu: 0, memoryGiB: 0 });
    rack.cpu += milliThreads;
    rack.memoryGiB += memoryMiB;
  }
  return (
    [
      ["cpu", 1000],
      ["memoryGiB", 1024],
    ] as const
  ).map(([resource, unit]) => {
    const amounts = Object.values(racks).map((rack) => rack[resource]);
    const left = amounts.reduce((sum, amount) => sum + amount, 0) - Math.max(0, ...amounts);
    return {
      what: `${resource} of the pool of ${site}`,
      limit: Math.floor((left * (1000 - ground.estate.headroom.pool)) / 1000 / unit),
      promised: new Map(Object.entries(lock.quotas).map(([holder, quota]) => [holder, quota[resource]])),
    };
  });
}

/** What an allocation promised though it was not there: accounts in which somebody's figure rose and whose sum is above the limit. */
export function overPromised(before: readonly Account[], after: readonly Account[]): string[] {
  return after.flatMap(({ what, limit, promised }) => {
    const old = before.find((account) => account.what === what)?.promised;
    const rose = [...promised].filter(([holder, amount]) => amount > (old?.get(holder) ?? 0));
    const sum = [...promised.values()].reduce((all, amount) => all + amount, 0);
    return rose.length > 0 && sum > limit
      ? [`${what}: ${sum} promised of ${limit}, raised by ${rose.map(([holder]) => holder).join(", ")}`]
      : [];
  });
}

/** One messenger's bytes in the pool, in GB: what its quota promises, as far as it needs them. */
interface Bytes {
  readonly nvme: number;
  readonly object: number;
  readonly demand: Demand;
}

/** What an allocation promised of the pool's storage though the data rule cannot place it: some messengers' bytes together find no room. */
export function poolStorage(
  ground: Ground,
  site: string,
  locks: { before: LockSite; after: LockSite },
  demands: readonly Demand[],
): string[] {
  const racks: Record<string, { nvme: number; disk: number; flash: number }> = {};
  for (const [name, line] of Object.entries(locks.after.servers)) {
    const place = ground.servers.get(name);
    if (!place?.alive || holderOf(line) !== "pool" || line.state !== "granted") continue;
    const { nvmeGB, diskGB } = ground.usable(place.class);
    const rack = (racks[place.rack] ??= { nvme: 0, disk: 0, flash: 0 });
    rack.nvme += nvmeGB;
    rack.disk += diskGB;
    if (diskGB === 0) rack.flash += nvmeGB;
  }
  const gb = (tebibytes: number): number => (tebibytes * 2 ** 40) / 1e9;
  const bytes = Object.entries(locks.after.quotas).flatMap(([holder, quota]): Bytes[] => {
    const demand = demands.find(({ messenger }) => messenger === holder);
    const at = demand?.sites[site];
    const need = (key: "nvmeGB" | "objectGB"): number =>
      Math.max(0, ...[at?.groups, at?.afterSiteLoss].map((groups) => groups?.all?.[key] ?? 0));
    return demand
      ? [{ nvme: Math.min(gb(quota.nvmeTiB), need("nvmeGB")), object: Math.min(gb(quota.objectTiB), need("objectGB")), demand }]
      : [];
  });
  const fits = (some: readonly Bytes[], kind: "nvme" | "object"): boolean => {
    const most = some.reduce(
      (sum, { [kind]: raw, demand }) => sum + (kind === "nvme" ? raw / demand.rf : (raw * demand.parity) / demand.shards),
      0,
    );
    const wanted = some.reduce((sum, each) => sum + each[kind], 0);
    const room = Object.values(racks).reduce((sum, rack) => sum + Math.min(kind === "nvme" ? rack.nvme : rack.disk + rack.flash, most), 0);
    return room >= wanted - 0.001;
  };
  return (["nvme", "object"] as const).flatMap((kind) => {
    const key = kind === "nvme" ? "nvmeTiB" : "objectTiB";
    const rose = Object.entries(locks.after.quotas).some(([holder, quota]) => quota[key] > (locks.before.quotas[holder]?.[key] ?? 0));
    const some = [bytes, ...bytes.map((each) => [each])].find((each) => !fits(each, kind));
    return rose && some ? [`${key} of the pool of ${site} finds no room for ${some.map(({ demand }) => demand.messenger).join(", ")}`] : [];
  });
}
