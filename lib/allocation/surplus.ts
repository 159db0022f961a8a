/** What a messenger holds beyond its need: reported, and given back by `release` alone. */
import type { LockQuota } from "../request/lock";
import type { SiteNeed } from "./need";
import type { SiteState } from "./siteState";
import { spareCount, spareOf } from "./spare";
import { unitOf } from "./unit";
import { several } from "./words";

/** One line for each thing that a messenger has too much of at a site; `need` is none where it needs nothing there. */
export function surplusOf(state: SiteState, messenger: string, need: SiteNeed | undefined): string[] {
  const lines: string[] = [];
  for (const [group, holding] of [...state.groupsOf(messenger)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const groupNeed = need?.groups.get(group);
    const egress = need?.bandwidth?.groups.get(group)?.egressMbps ?? 0;
    const spare = groupNeed ? spareCount(spareOf(state, messenger, group, groupNeed, egress)) : holding.count("alive");
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
