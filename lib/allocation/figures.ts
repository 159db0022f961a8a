/** Every figure of a messenger's need at a site beside what it holds: the one list that staleness, surplus and books are judged by. */
import type { LockQuota } from "../request/lock";
import type { Resource } from "./allocation";
import { missingEgress } from "./bandwidthLine";
import type { SiteNeed } from "./need";
import { addressesIn, hasVlan, prefixesOf } from "./network";
import type { ShortKey } from "./short";
import type { SiteState } from "./siteState";

/** One figure. */
export interface NeedFigure {
  readonly key: ShortKey;
  readonly resource: Resource;
  readonly need: number;
  readonly held: number;
}

/** The figures in the order in which they are granted; those of groups of own servers are judged apart (standing.ts). */
export function figuresOf(state: SiteState, need: SiteNeed): NeedFigure[] {
  const { messenger, network, pool, bandwidth, vips, egress } = need;
  const addresses = (section: "private" | "vips" | "egress"): number => addressesIn(prefixesOf(state, messenger, section));
  const figures: NeedFigure[] = [];
  if (network) {
    figures.push({ key: "vlans", resource: "vlan", need: 1, held: hasVlan(state, messenger) ? 1 : 0 });
    figures.push({ key: "private", resource: "private", need: need.privateAddresses(state.heldBy(messenger)), held: addresses("private") });
  }
  if (pool) {
    const quota = state.lines.quotas.get(messenger);
    for (const key of ["cpu", "memoryGiB", "nvmeTiB", "objectTiB"] as const satisfies readonly (keyof LockQuota)[])
      figures.push({ key, resource: key, need: pool.quota[key], held: quota?.[key] ?? 0 });
  }
  if (bandwidth) {
    const missing = missingEgress(state, need);
    figures.push({ key: "egressMbps", resource: "egressMbps", need: bandwidth.egressMbps, held: bandwidth.egressMbps - missing });
    const ingress = state.lines.bandwidth.get(messenger)?.ingressMbps ?? 0;
    figures.push({ key: "ingressMbps", resource: "ingressMbps", need: bandwidth.ingressMbps, held: ingress });
  }
  if (vips > 0) figures.push({ key: "vips", resource: "vips", need: vips, held: addresses("vips") });
  if (egress > 0) figures.push({ key: "egress", resource: "egress", need: egress, held: addresses("egress") });
  return figures;
}
