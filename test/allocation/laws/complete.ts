/** Judges whether an allocation brought those who asked up to date: what was not granted is recorded as short. */
import { groupNames } from "../../../lib/request/estate";
import type { LockSite } from "../../../lib/request/lock";
import type { Messenger } from "../../../lib/request/messenger";
import type { Demand, GroupDemand } from "../../../lib/sizing/demand";
import { Ground, holderOf, total } from "./ground";
import { added, asked, range, siteOf } from "./judge";
import type { Scene } from "./story";

const sizes = (section: Readonly<Record<string, { messenger?: string; pool?: true }>>, holder: string): number =>
  Object.entries(section).reduce((sum, [prefix, line]) => sum + (holderOf(line) === holder ? range(prefix).size : 0), 0);

/** The larger of share and load after a site's loss, summed over the groups. */
function sum(demand: Demand, site: string, key: keyof GroupDemand): number {
  const { groups = {}, afterSiteLoss = {} } = demand.sites[site] ?? {};
  return Object.entries(groups).reduce(
    (all, [group, amounts]) => all + Math.max(amounts[key], afterSiteLoss[group as keyof typeof groups]?.[key] ?? 0),
    0,
  );
}

/** Egress that groups hold beyond their need. */
function surplusOf(lock: LockSite, demand: Demand, site: string): number {
  const { groups = {}, afterSiteLoss = {} } = demand.sites[site] ?? {};
  return groupNames.reduce((all, group) => {
    const need = Math.max(groups[group]?.egressMbps ?? 0, afterSiteLoss[group]?.egressMbps ?? 0);
    return all + Math.max(0, (lock.bandwidth[demand.messenger]?.groups[group] ?? 0) - need);
  }, 0);
}

function networkNeed(messenger: Messenger, demand: Demand, site: string, servers: number): [keyof LockSite["short"][string], number][] {
  const has = (need: "hardware" | "network" | "cluster"): boolean => messenger.needs.includes(need);
  const own = has("hardware") && has("cluster");
  const { vips, egress, private: addresses } = messenger.network;
  return [
    ...(has("hardware") || has("network") ? ([["private", addresses ?? 64 + 4 * servers]] as const) : []),
    ...(has("network")
      ? ([
          ["vips", vips ?? (own ? 16 : 4)],
          ["egress", egress ?? (own ? 4 : 2)],
          ["egressMbps", sum(demand, site, "egressMbps")],
          ["ingressMbps", sum(demand, site, "ingressMbps")],
        ] as const)
      : []),
  ].map(([key, amount]) => [key, amount]);
}

/** Quota of the pool: used / u_degraded, rounded up once; raw bytes as they are. */
function quotaNeed(messenger: Messenger, demand: Demand, site: string): [keyof LockSite["short"][string], number][] {
  if (!messenger.needs.includes("cluster") || messenger.needs.includes("hardware")) return [];
  const { degraded } = demand.limits;
  return [
    ["cpu", Math.ceil(sum(demand, site, "usedMilliThreads") / degraded)],
    ["memoryGiB", Math.ceil((sum(demand, site, "usedMemoryMiB") * 1000) / (degraded * 1024))],
    ["nvmeTiB", Math.ceil((sum(demand, site, "nvmeGB") * 1e9) / 2 ** 40)],
    ["objectTiB", Math.ceil((sum(demand, site, "objectGB") * 1e9) / 2 ** 40)],
  ];
}

/** Every need that is neither granted nor recorded as short. */
export function complete(scene: Scene): string[] {
  const { input, result } = scene;
  if (result.refused.length > 0 && input.partial !== true) return [];
  const who = asked(scene);
  return input.demands.flatMap((demand) => {
    const messenger = input.messengers.find((each) => each.messenger === demand.messenger);
    if (!messenger || !who.has(messenger.messenger)) return [];
    const id = messenger.messenger;
    return Object.keys(demand.sites).flatMap((site) => {
      const lock = siteOf(result.lock, site);
      const groups = Object.keys(demand.sites[site]?.groups ?? {});
      if (groups.length === 0) return lock.short[id] === undefined ? [] : [`${id} needs nothing at ${site} and is short`];
      const idle = Object.keys(lock.short[id]?.groups ?? {}).filter((group) => !groups.includes(group));
      if (idle.length > 0) return [`${id} needs no ${idle.join(", ")} at ${site} and is short`];
      const servers = Object.values(lock.servers).filter((line) => line.messenger === id).length;
      const given: Partial<Record<keyof LockSite["short"][string], number>> = {
        ...lock.quotas[id],
        egressMbps: lock.bandwidth[id]?.egressMbps ?? 0,
        ingressMbps: lock.bandwidth[id]?.ingressMbps ?? 0,
        private: sizes(lock.private, id),
        vips: sizes(lock.vips, id),
        egress: sizes(lock.egress, id),
      };
      return [...networkNeed(messenger, demand, site, servers), ...quotaNeed(messenger, demand, site)].flatMap(([key, need]) => {
        const [has, short] = [given[key] ?? 0, Number(lock.short[id]?.[key] ?? 0)];
        const said = `${id} at ${site} has ${has} and is short of ${short} of ${need} ${key}`;
        // A group's surplus does not fill another's need.
        const surplus = key === "egressMbps" ? surplusOf(lock, demand, site) : 0;
        return has + short >= need && short <= Math.max(0, need - has + surplus) ? [] : [said];
      });
    });
  });
}

/** New egress addresses leave by servers of their holder, or of the pool, one an address, over two racks at least. */
export function carriers({ input, result }: Scene): string[] {
  const ground = new Ground(input.estate, input.asOf);
  return Object.keys(result.lock.sites).flatMap((site) => {
    const [before, after] = [siteOf(input.lock, site), siteOf(result.lock, site)];
    return added(before.egress, after.egress).flatMap((prefix) => {
      const { servers = [], messenger = "" } = after.egress[prefix] ?? {};
      const needs = input.messengers.find((each) => each.messenger === messenger)?.needs ?? [];
      if (!needs.includes("cluster")) return servers.length === 0 ? [] : [`${prefix} names servers though no cluster carries it`];
      const holder = needs.includes("hardware") ? messenger : "pool";
      const racks: Record<string, number> = {};
      for (const server of servers) racks[ground.servers.get(server)?.rack ?? ""] = 1;
      return [
        ...(servers.every((server) => holderOf(after.servers[server] ?? {}) === holder && after.servers[server]?.state === "granted")
          ? []
          : [`${prefix} leaves by another's server`]),
        ...(servers.length === range(prefix).size ? [] : [`${prefix} leaves by ${servers.length} servers`]),
        ...(servers.length < 2 || total(racks).racks >= 2 ? [] : [`${prefix} leaves by one rack`]),
      ];
    });
  });
}
