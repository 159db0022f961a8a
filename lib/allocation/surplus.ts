/** What a messenger holds beyond its need: reported, and given back by `release` alone. */
import type { LockQuota } from "../request/lock";
import type { Holding } from "./holding";
import { failuresOf, leastServers } from "./laws";
import type { GroupNeed, SiteNeed } from "./need";
import type { SiteState } from "./siteState";
import { racksOf } from "./standing";
import { unitOf } from "./unit";
import { several } from "./words";

/** One line for each thing that a messenger has too much of at a site; `need` is none where it needs nothing there. */
export function surplusOf(state: SiteState, messenger: string, need: SiteNeed | undefined): string[] {
  const lines: string[] = [];
  for (const [group, holding] of [...state.groupsOf(messenger)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const groupNeed = need?.groups.get(group);
    const spare = groupNeed ? spareServers(state, holding, groupNeed) : holding.count("now");
    if (spare > 0) lines.push(`${several(spare, "server")} of ${group} more than it needs`);
  }
  const bandwidth = state.lines.bandwidth.get(messenger);
  for (const key of ["egressMbps", "ingressMbps"] as const) {
    const spare = (bandwidth?.[key] ?? 0) - (need?.bandwidth?.[key] ?? 0);
    if (spare > 0) lines.push(`${String(spare)} ${unitOf[key]} more than it needs`);
  }
  const quota = state.lines.quotas.get(messenger);
  // Who retires keeps its quota until it is absent.
  if (quota && need)
    for (const key of ["cpu", "memoryGiB", "nvmeTiB", "objectTiB"] as const satisfies readonly (keyof LockQuota)[]) {
      const spare = quota[key] - (need.pool?.quota[key] ?? 0);
      if (spare > 0) lines.push(`${String(spare)} ${unitOf[key]} more than it needs`);
    }
  return lines;
}

/** Servers that could go, each from the fullest rack, with the law still true. */
function spareServers(state: SiteState, holding: Holding, need: GroupNeed): number {
  const racks = racksOf(state, holding, "now").map((rack) => ({ ...rack }));
  const [first] = racks;
  if (!first || failuresOf(need, racks).length > 0) return 0;
  const held = holding.count("now");
  const least = leastServers(need, first.usable);
  let left = held;
  while (left > least) {
    const fullest = racks.reduce((a, b) => (b.servers > a.servers ? b : a));
    fullest.servers--;
    if (failuresOf(need, racks).length > 0) break;
    left--;
  }
  return held - left;
}
