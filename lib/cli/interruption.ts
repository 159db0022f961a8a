/** Ctrl-C, and what a machine sends that wants a process to end: work that takes long ends in order. */
import { constants } from "node:os";

const signals = ["SIGINT", "SIGTERM"] as const;

/**
 * Does work that the first of these signals asks to end, and the second ends at once.
 * @param told what is said to the first
 */
export async function interruptible<T>(told: () => void, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const end = (name: (typeof signals)[number]): void => {
    // By an exit in order, on which programs that were started here are ended too.
    if (ending.signal.aborted) process.exit(128 + constants.signals[name]);
    told();
    ending.abort();
  };
  for (const name of signals) process.on(name, end);
  try {
    return await work(ending.signal);
  } finally {
    for (const name of signals) process.removeListener(name, end);
  }
}
