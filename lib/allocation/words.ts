/** Figures as people read them. The figures themselves stay whole. */
import type { DataRule } from "./dataRule";
import type { GroupNeed } from "./need";

/** `1 server`, `3 servers`. */
export function several(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

/** Tenths, half up: 33.6 of 33 600 thousandths. */
function tenths(amount: number, per: number): string {
  const whole = Math.round((amount * 10) / per);
  return whole % 10 === 0 ? String(whole / 10) : `${String(Math.floor(whole / 10))}.${String(whole % 10)}`;
}

/** Milli-threads as threads. */
export const threads = (milli: number): string => `${tenths(milli, 1000)} ${milli === 1000 ? "thread" : "threads"}`;
/** MiB as GiB. */
export const memory = (mebibytes: number): string => `${tenths(mebibytes, 1024)} GiB of memory`;
/** Mbit/s, as Gbit/s from 1 Gbit/s on. */
export const bandwidth = (mbps: number): string => (mbps < 1000 ? `${String(mbps)} Mbit/s` : `${tenths(mbps, 1000)} Gbit/s`);
/** Decimal GB, as TB from 1 TB on. */
export const storage = (gigabytes: number): string => (gigabytes < 1000 ? `${String(gigabytes)} GB` : `${tenths(gigabytes, 1000)} TB`);
/** `3 replicas and 16 shards, 4 of them parity`. */
export const ruleWords = ({ rf, shards, parity }: DataRule): string =>
  `${several(rf, "replica")} and ${several(shards, "shard")}, ${String(parity)} of them parity`;
/** Per mille as per cent. */
export const perCent = (perMille: number): string => `${tenths(perMille, 10)}%`;

/** Why a group has the servers that it has. */
export function describeNeed({ share, afterSiteLoss, nvmeGB, objectGB, limits }: GroupNeed): string {
  const used = [threads(share.usedMilliThreads), memory(share.usedMemoryMiB)];
  if (share.egressMbps > 0) used.push(`${bandwidth(share.egressMbps)} out`);
  const lost =
    afterSiteLoss.usedMilliThreads > 0 ? ` and, after the loss of the other site, ${threads(afterSiteLoss.usedMilliThreads)}` : "";
  const data = [nvmeGB > 0 ? `${storage(nvmeGB)} of databases` : "", objectGB > 0 ? `${storage(objectGB)} of objects` : ""].filter(Boolean);
  const stored = data.length > 0 ? `, and stores ${data.join(" and ")} (raw)` : "";
  return `it uses ${used.join(", ")} at peak${lost}${stored}; at most ${perCent(limits.target)} of its servers, ${perCent(limits.degraded)} of what is left after a loss`;
}
