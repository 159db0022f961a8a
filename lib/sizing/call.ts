/** Voice and video calls; only the relayed ones cost the messenger anything. */
import type { Values } from "./coefficient";
import { secondsOfDay } from "./media";

const legs = 2;
const packetsPerSecond = 50;
const inAndOut = 2;

/** Relayed calls that run at once at peak: arrivals a second times seconds a call (Little's law). */
export function relayedCalls(dailyActive: number, peak: number, values: Values): number {
  return ((dailyActive * values.calls_dau) / secondsOfDay) * values.call_min * 60 * peak * values.call_relay;
}

/** Threads that relay this many calls. */
export function relayThreads(calls: number, values: Values): number {
  return (calls * legs * packetsPerSecond * inAndOut) / values.sfu_pps;
}

/** bit/s in, and as many out, of this many relayed calls. */
export function relayBits(calls: number, values: Values): number {
  return calls * legs * values.call_kbps * kilobit;
}

const kilobit = 1000;
