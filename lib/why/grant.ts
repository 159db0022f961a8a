/** What a messenger or the pool holds at a site, as somebody asks for it. */
import { grantsOf, holderName, poolHolder, type Grant } from "../allocation/grant";
import { several } from "../allocation/words";
import type { Ground } from "../diff/ground";
import { figure } from "../page/page";
import type { LockQuota } from "../request/lock";
import { firstOf, lockPlace, type Reason } from "./reason";
import { ofGroup, ofServers, placingKeys, type Subject } from "./subject";

const mostShares = 3;

const quotaText = ({ cpu, memoryGiB, nvmeTiB, objectTiB }: LockQuota): string =>
  `a quota of ${figure(cpu)} threads, ${figure(memoryGiB)} GiB, ${figure(nvmeTiB)} TiB NVMe, ${figure(objectTiB)} TiB objects`;

/** Whom the pool serves at a site, the largest shares first. */
export function poolShares(ground: Ground, site: string): Reason[] {
  const shares = Object.entries(ground.lock.sites[site]?.quotas ?? {})
    .sort(([, a], [, b]) => b.cpu - a.cpu)
    .map(([messenger, quota]) => ({
      what: `${messenger} has ${quotaText(quota)}`,
      place: lockPlace(ground, ["sites", site, "quotas", messenger]),
    }));
  const head = shares.length === 0 ? "the pool serves nobody there" : `the pool serves ${several(shares.length, "messenger")} there`;
  return [{ what: head }, ...firstOf(shares, mostShares)];
}

const listOf = (grant: Grant): string => {
  const groups = new Map<string, number>();
  for (const { group } of grant.servers) groups.set(group, (groups.get(group) ?? 0) + 1);
  const { quota, bandwidth } = grant;
  return [
    ...Array.from(groups, ([group, count]) => several(count, `${group} server`)),
    ...(quota ? [quotaText(quota)] : []),
    ...(bandwidth ? [`${figure(bandwidth.egressMbps)} Mbit/s out and ${figure(bandwidth.ingressMbps)} in`] : []),
    ...[...grant.vips, ...grant.egress.map(({ prefix }) => prefix), ...grant.private],
    ...grant.vlans.map((vlan) => `VLAN ${String(vlan)}`),
  ].join(", ");
};

/** The figures of the need that a grant follows, and what they are. */
function followed({ holder, site, quota, servers, bandwidth }: Grant): Pick<Subject, "part" | "need"> {
  const groups = [...new Set(servers.map(({ group }) => group))];
  if (quota)
    return {
      part: (need) => [need?.pool?.quota.cpu ?? 0, need?.pool?.quota.memoryGiB ?? 0, need?.bandwidth?.egressMbps ?? 0],
      need: `the threads, memory and bandwidth that ${holder} needs of the pool at ${site}`,
    };
  if (groups.length > 0)
    return {
      part: (need) => groups.flatMap((group) => ofGroup(group)(need)),
      need: `${ofServers} that ${holder} needs of its own servers at ${site}`,
    };
  if (!bandwidth) return {};
  return {
    part: (need) => [need?.bandwidth?.egressMbps ?? 0, need?.bandwidth?.ingressMbps ?? 0],
    need: `the bandwidth that ${holder} needs at ${site}`,
  };
}

/** A messenger, a stack of it, or its quota: everything that it holds, one subject a site. */
export function grantSubjects(ground: Ground, text: string): Subject[] {
  const { estate, lock, messengers } = ground;
  const [, first = text, at] = /^([^.]+)\.(.+)$/.exec(text) ?? [];
  // A site's stack makes what the pool holds there.
  const id = first === "site" ? poolHolder : first;
  if (id !== poolHolder && !messengers.some(({ messenger }) => messenger === id)) return [];
  return grantsOf(estate, lock)
    .filter(({ holder, site }) => holder === id && (at === undefined || at === site))
    .map((grant): Subject => {
      const { quota, site } = grant;
      return {
        what: `${holderName(id)} holds at ${site}: ${listOf(grant)}`,
        place: lockPlace(ground, quota ? ["sites", site, "quotas", id] : ["sites", site]),
        facts: id === poolHolder ? poolShares(ground, site) : [],
        holder: id,
        site,
        ...followed(grant),
        keys: placingKeys,
      };
    });
}
