/** Lowers a messenger's bandwidth and quota at a site to its need. */
import type { Group } from "../request/estate";
import type { LockBandwidth, LockQuota } from "../request/lock";
import type { Giving } from "./giving";
import { ruleOf } from "./pool";
import { ruleWords } from "./words";

const silent: LockBandwidth = { egressMbps: 0, ingressMbps: 0, groups: {} };

/** Lowers the bandwidth, group by group; the line of one who needs none goes. */
export function lowerBandwidth(giving: Giving): void {
  const { state, messenger, need, waits } = giving;
  const id = messenger.messenger;
  const line = state.lines.bandwidth.get(id);
  if (!line) return;
  const bandwidth = need?.bandwidth;
  const groups: Partial<Record<Group, number>> = {};
  let shared = line.egressMbps;
  for (const [group, held] of Object.entries(line.groups) as [Group, number][]) {
    shared -= held;
    const egress = Math.min(held, bandwidth?.groups.get(group)?.egressMbps ?? (waits ? held : 0));
    if (egress > 0) groups[group] = egress;
    const holding = state.holding(id, group);
    state.reserve(holding, -1);
    state.setEgress(holding, egress);
    state.reserve(holding, 1);
  }
  if (!waits) shared = Math.min(shared, need?.own ? 0 : (bandwidth?.egressMbps ?? 0));
  const egressMbps = Object.values(groups).reduce((sum, egress) => sum + egress, shared);
  const ingressMbps = waits ? line.ingressMbps : Math.min(line.ingressMbps, bandwidth?.ingressMbps ?? 0);
  const after = bandwidth || waits ? { egressMbps, ingressMbps, groups } : silent;
  if (after === silent) state.lines.bandwidth.delete(id);
  else state.lines.bandwidth.set(id, after);
  for (const key of ["egressMbps", "ingressMbps"] as const) note(giving, key, line[key], after[key]);
}

const nothing: LockQuota = { cpu: 0, memoryGiB: 0, nvmeTiB: 0, objectTiB: 0 };
const figures = ["cpu", "memoryGiB", "nvmeTiB", "objectTiB"] as const;

/** Lowers the quota, and loosens the rule of its data to that of its file; the line of one who needs none goes. */
export function lowerQuota(giving: Giving): void {
  const { draft, state, messenger, need, waits } = giving;
  const id = messenger.messenger;
  const line = state.lines.quotas.get(id);
  if (!line || keepsQuota(giving)) return;
  const asked = need?.pool ?? (waits ? { quota: line, ...ruleOf(line) } : undefined);
  const after = { ...nothing };
  for (const key of figures) {
    after[key] = Math.min(line[key], asked?.quota[key] ?? 0);
    note(giving, key, line[key], after[key]);
  }
  if (!asked || figures.every((key) => asked.quota[key] === 0)) {
    state.lines.quotas.delete(id);
    return;
  }
  const { rf, shards, parity } = asked;
  const rule = ruleOf({ ...after, rf, shards, parity });
  const before = ruleOf(line);
  if (rule && after.nvmeTiB + after.objectTiB > 0) Object.assign(after, rule);
  if (rule && before && ruleWords(rule) !== ruleWords(before) && after.nvmeTiB + after.objectTiB > 0)
    draft.changes.push({
      holder: id,
      site: state.name,
      resource: "storage",
      added: [ruleWords(rule)],
      why: `its data lay as ${ruleWords(before)}`,
    });
  state.lines.quotas.set(id, after);
}

/** Who retires keeps its quota, and so its namespace, until it is absent; at a site that it leaves it goes once all else is gone. */
function keepsQuota({ messenger, need, empty }: Giving): boolean {
  if (need || messenger.lifecycle.state === "absent") return false;
  return messenger.lifecycle.state === "retired" || !empty;
}

/** Says that a figure is lower now, where it is. */
function note(
  { draft, state, messenger }: Giving,
  resource: (keyof LockQuota & (typeof figures)[number]) | "egressMbps" | "ingressMbps",
  before: number,
  after: number,
): void {
  if (after === before) return;
  draft.changes.push({ holder: messenger.messenger, site: state.name, resource, added: [], before, after, why: "it needs no more" });
}
