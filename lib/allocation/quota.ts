/** Brings a messenger's share of the pool up to its need, resource by resource. */
import type { LockQuota } from "../request/lock";
import type { SiteNeed } from "./need";
import { mendingPool } from "./outage";
import { type DataRule, isWithin, strictest } from "./dataRule";
import { poolLimit, poolPromised, poolRule, ruleOf } from "./pool";
import { PoolStorage } from "./poolStorage";
import { settle, type Terms } from "./report";
import type { SiteState } from "./siteState";
import { ruleWords, several } from "./words";

const units = { cpu: "threads", memoryGiB: "GiB of memory", nvmeTiB: "TiB of NVMe", objectTiB: "TiB of object storage" } as const;

/** A quota of nothing. */
export const emptyQuota: LockQuota = { cpu: 0, memoryGiB: 0, nvmeTiB: 0, objectTiB: 0 };

/** Raises the quota; figures that were higher stay. Who needs something of the pool has a line even where nothing of it fits. */
export function grantQuota(state: SiteState, terms: Terms, { messenger, pool }: SiteNeed): void {
  if (!pool) return;
  const before = state.lines.quotas.get(messenger);
  if (!before && Object.values(pool.quota).every((figure) => figure === 0)) return;
  const stores = pool.quota.nvmeTiB + pool.quota.objectTiB > 0;
  const rule = poolRule(state, stores ? [pool] : []);
  const quota = { ...(before ?? emptyQuota) };
  // A line is replaced as it grows, so that it is counted as it is.
  const write = (): void => void state.lines.quotas.set(messenger, { ...quota });
  write();
  const promised = poolPromised(state);
  if (stores) tighten(state, terms, messenger, { quota, asked: pool, rule });
  const limit = poolLimit(state, "now");
  const room = (key: keyof typeof units, missing: number): number => {
    if (key === "nvmeTiB" || key === "objectTiB") return new PoolStorage(state, "now").room(rule, poolPromised(state), key, missing);
    return Math.max(0, Math.min(missing, limit[key] - promised[key]));
  };
  const racks = [...state.pool.racks.values()].filter(({ names }) => names.length > 0).length;
  const reason = (key: keyof typeof units): string => {
    if (key === "cpu" || key === "memoryGiB")
      return `into ${String(limit[key])}, of which ${String(promised[key] - (before?.[key] ?? 0))} are promised to others`;
    const least = key === "nvmeTiB" ? rule.rf : Math.ceil(rule.shards / rule.parity);
    return racks < least
      ? `in ${several(racks, "rack")}, and ${String(least)} are needed so that the data survive the loss of one`
      : "beside what is promised to others so that the data survive the loss of a rack";
  };
  for (const key of ["cpu", "memoryGiB", "nvmeTiB", "objectTiB"] as const) {
    const held = quota[key];
    settle(state, terms, {
      messenger,
      key,
      need: pool.quota[key],
      held,
      take: (missing) => {
        const given = room(key, missing);
        quota[key] += given;
        write();
        return given;
      },
      explain: (missing) => ({
        what: `the pool of ${state.name} has not enough: ${String(missing)} of ${String(pool.quota[key])} ${units[key]} do not fit ${reason(key)}`,
        remedy: `${mendingPool(state)}add pool racks at ${state.name}, have others release what they no longer need, or give ${messenger} own servers`,
      }),
    });
    if (quota[key] > held)
      terms.changes.push({
        holder: messenger,
        site: state.name,
        resource: key,
        added: [],
        before: held,
        after: quota[key],
        why:
          key === "cpu" || key === "memoryGiB"
            ? "this is what it uses at peak, over what may be used after a loss"
            : "this is what it stores, raw",
      });
  }
  if (quota.nvmeTiB > (before?.nvmeTiB ?? 0) || quota.objectTiB > (before?.objectTiB ?? 0)) record(quota, pool);
  write();
  if (!before && quota.cpu + quota.memoryGiB + quota.nvmeTiB + quota.objectTiB === 0)
    terms.changes.push({
      holder: messenger,
      site: state.name,
      resource: "cpu",
      added: [messenger],
      why: `a quota, of nothing so far: ${several(0, "thread")}`,
    });
}

/** Records the rule of the file beside the one that stands; nothing is loosened, which only `release` may do. */
function record(quota: LockQuota, asked: DataRule): void {
  const recorded = ruleOf(quota);
  Object.assign(quota, strictest(recorded ? [recorded, asked] : [asked]));
}

/** Holds data that lie already to a stricter rule of their messenger's file, where the pool can place everybody's by it. */
function tighten(
  state: SiteState,
  terms: Terms,
  messenger: string,
  { quota, asked, rule }: { readonly quota: LockQuota; readonly asked: DataRule; readonly rule: DataRule },
): void {
  const recorded = ruleOf(quota);
  if (!recorded || isWithin(asked, recorded)) return;
  const words = ruleWords(asked);
  const { database, object } = new PoolStorage(state, "now").unplaced(rule, poolPromised(state));
  if (database + object > 0) {
    terms.refused.push({
      messenger,
      site: state.name,
      resource: "storage",
      missing: database + object,
      what: `the pool of ${state.name} cannot lay the data that it holds as ${words}`,
      remedy: `${mendingPool(state)}add pool racks at ${state.name}, or give ${messenger} own servers`,
    });
    return;
  }
  record(quota, asked);
  terms.changes.push({
    holder: messenger,
    site: state.name,
    resource: "storage",
    added: [words],
    why: `its data lay as ${ruleWords(recorded)}`,
  });
}
