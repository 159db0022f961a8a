/** The example's stage for drills that run without a twin: on sites in memory, under a clock that the test moves. */
import { join } from "node:path";
import timers from "node:timers";
import type { AllocatedRequest } from "../../lib/request/allocated";
import { readRequest } from "../../lib/request/read";
import { calendarOf } from "../../lib/sizing/timeline";
import type { Stage } from "../../lib/twin/drill";
import type { FakeCluster } from "./fakeCluster";

/** The example, allocated, with some of its messengers. */
export function exampleOf(...ids: readonly string[]): AllocatedRequest {
  const { lock, ...request } = readRequest(join(__dirname, "../../stacks"));
  if (!lock) throw new Error("the example has a lock");
  return { ...request, lock, messengers: request.messengers.filter(({ messenger }) => ids.includes(messenger)) };
}

/** A stage on sites in memory. */
export function stageOn(
  request: AllocatedRequest,
  clusters: readonly FakeCluster[],
  signal: AbortSignal = new AbortController().signal,
): Stage {
  const sites = new Map(clusters.map((cluster) => [cluster.site, cluster.twinSite]));
  return { request, calendar: calendarOf(request.estate, request.lock.asOf), sites, progress: () => undefined, signal };
}

/** Puts the clock, timers and pauses into the hands of `timed`, until jest has its real timers again. */
export function stopClock(): void {
  jest.useFakeTimers();
  const pause = async (milliseconds?: number, _?: unknown, { signal }: { signal?: AbortSignal } = {}): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    signal?.throwIfAborted();
  };
  // Jest leaves these alone.
  jest.spyOn(timers.promises, "setTimeout").mockImplementation(pause as typeof timers.promises.setTimeout);
}

/** Everything of `stopClock` is as it was. */
export function startClock(): void {
  jest.restoreAllMocks();
  jest.useRealTimers();
}

/** What a work comes to, and after how many seconds of the stopped clock. */
export async function timed<T>(work: Promise<T>): Promise<{ readonly value: T; readonly seconds: number }> {
  const began = performance.now();
  const state = { ended: false };
  const done = work.finally(() => (state.ended = true));
  done.catch(() => undefined);
  while (!state.ended) await jest.advanceTimersByTimeAsync(250);
  return { value: await done, seconds: (performance.now() - began) / 1000 };
}
