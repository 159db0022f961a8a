/** What the lines of a site add up to, counted as they are set, so that nobody's turn goes through everybody's lines. */
import type { LockBandwidth, LockQuota } from "../request/lock";
import type { DataRule } from "./dataRule";
import { holderOf } from "./grant";
import type { Lines } from "./lines";
import { ruleOf, sharedOf } from "./pool";

/** The sections whose lines are named after what is held, and name their holder. */
export type HeldSection = "vlans" | "private" | "vips" | "egress";

/** What one messenger's lines of bandwidth and quota promise, or those of all together. */
export interface Promised extends Pick<LockQuota, "cpu" | "memoryGiB" | "nvmeTiB" | "objectTiB"> {
  /** Mbit/s, whoever carries them. */
  egressMbps: number;
  ingressMbps: number;
  /** Of them, what the pool carries: that of messengers which share it, but for their own servers' egress. */
  poolEgressMbps: number;
  poolIngressMbps: number;
}

const figures = ["cpu", "memoryGiB", "nvmeTiB", "objectTiB", "egressMbps", "ingressMbps", "poolEgressMbps", "poolIngressMbps"] as const;

const nothing: Readonly<Promised> = {
  cpu: 0,
  memoryGiB: 0,
  nvmeTiB: 0,
  objectTiB: 0,
  egressMbps: 0,
  ingressMbps: 0,
  poolEgressMbps: 0,
  poolIngressMbps: 0,
};

function promisedBy(bandwidth: Readonly<LockBandwidth> | undefined, quota: Readonly<LockQuota> | undefined): Promised {
  const { cpu, memoryGiB, nvmeTiB, objectTiB } = quota ?? nothing;
  const { egressMbps, ingressMbps } = bandwidth ?? nothing;
  const shared = bandwidth && quota ? { poolEgressMbps: sharedOf(bandwidth), poolIngressMbps: ingressMbps } : nothing;
  const { poolEgressMbps, poolIngressMbps } = shared;
  return { cpu, memoryGiB, nvmeTiB, objectTiB, egressMbps, ingressMbps, poolEgressMbps, poolIngressMbps };
}

/** The running totals of a site. They hear of every line from the map that has it, so nothing else can set one and forget to count it. */
export class Tally {
  private readonly sum: Promised = { ...nothing };
  private readonly promisedBy = new Map<string, Promised>();
  private readonly rules = new Map<string, { readonly rule: DataRule; lines: number }>();
  private readonly names: Readonly<Record<HeldSection, Map<string, Set<string>>>>;
  private readonly loads = new Map<string, number>();

  constructor(private readonly lines: Lines) {
    const held = { vlans: new Map(), private: new Map(), vips: new Map(), egress: new Map() };
    this.names = held;
    lines.vlans.watch((name, after, before) => this.hold("vlans", name, after, before));
    lines.private.watch((name, after, before) => this.hold("private", name, after, before));
    lines.vips.watch((name, after, before) => this.hold("vips", name, after, before));
    lines.egress.watch((name, after, before) => {
      this.hold("egress", name, after, before);
      for (const server of before?.servers ?? []) this.load(server, -1);
      for (const server of after?.servers ?? []) this.load(server, 1);
    });
    lines.bandwidth.watch((messenger) => this.promise(messenger));
    lines.quotas.watch((messenger, after, before) => {
      this.promise(messenger);
      this.lay(before, -1);
      this.lay(after, 1);
    });
  }

  /** What all messengers' lines of bandwidth and quotas promise. */
  get promised(): Readonly<Promised> {
    return this.sum;
  }

  /** The rules of all quotas that hold data and record one, each once. */
  get dataRules(): DataRule[] {
    return [...this.rules.values()].map(({ rule }) => rule);
  }

  /** The names of what a holder has in a section, in no order. */
  namesOf(section: HeldSection, holder: string): ReadonlySet<string> {
    return this.names[section].get(holder) ?? new Set();
  }

  /** How many egress addresses lie on a server. */
  egressOn(server: string): number {
    return this.loads.get(server) ?? 0;
  }

  private promise(messenger: string): void {
    const before = this.promisedBy.get(messenger) ?? nothing;
    const after = promisedBy(this.lines.bandwidth.get(messenger), this.lines.quotas.get(messenger));
    for (const key of figures) this.sum[key] += after[key] - before[key];
    this.promisedBy.set(messenger, after);
  }

  private lay(quota: Readonly<LockQuota> | undefined, sign: 1 | -1): void {
    const rule = quota && quota.nvmeTiB + quota.objectTiB > 0 ? ruleOf(quota) : undefined;
    if (!rule) return;
    const key = `${String(rule.rf)} ${String(rule.shards)} ${String(rule.parity)}`;
    const known = this.rules.get(key) ?? { rule, lines: 0 };
    known.lines += sign;
    if (known.lines === 0) this.rules.delete(key);
    else this.rules.set(key, known);
  }

  private hold(section: HeldSection, name: string, after: Parameters<typeof holderOf>[0] | undefined, before: typeof after): void {
    const held = this.names[section];
    if (before) held.get(holderOf(before))?.delete(name);
    if (!after) return;
    const names = held.get(holderOf(after)) ?? new Set();
    held.set(holderOf(after), names.add(name));
  }

  private load(server: string, sign: 1 | -1): void {
    this.loads.set(server, this.egressOn(server) + sign);
  }
}
