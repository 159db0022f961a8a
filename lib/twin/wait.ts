/** Waits for the twin's controllers: they work at their own pace, and a rehearsal may be told to end. */
import { setTimeout as pause } from "node:timers/promises";

/** Between two looks, in milliseconds. */
const pace = 250;

/**
 * Looks until something is seen, and answers with it; with `undefined` when the time is over.
 * @throws AbortError once the signal is aborted
 */
export async function until<Seen>(
  look: () => Promise<Seen | undefined>,
  { seconds, signal }: { readonly seconds: number; readonly signal: AbortSignal },
): Promise<Seen | undefined> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    signal.throwIfAborted();
    const seen = await look();
    if (seen !== undefined || performance.now() >= end) return seen;
    await pause(pace, undefined, { signal });
  }
}
