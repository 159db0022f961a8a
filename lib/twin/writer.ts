/** One command at a time changes a twin. */
import { mkdirSync, rmdirSync } from "node:fs";
import { dirname } from "node:path";
import { lock } from "proper-lockfile";
import { InputError } from "../request/problem";

/** How long the mark of a command that was killed holds others up, in milliseconds; a living one renews its mark. */
const stale = 5000;
/** How long a command waits for another, in milliseconds, and how often it looks. */
const [patience, interval] = [300_000, 250];

/**
 * Does what changes the twin at `path` while no other command does; waits for one that is at it. Throws an InputError where the wait
 * is too long.
 */
export async function alone<T>(path: string, progress: (what: string) => void, work: () => Promise<T>): Promise<T> {
  // The mark stands beside the twin's folder, which `down` removes.
  const place = dirname(path);
  mkdirSync(place, { recursive: true });
  let disturbed: Error | undefined;
  const onCompromised = (error: Error): void => {
    disturbed = error;
  };
  const enter = (retries: number): Promise<() => Promise<void>> =>
    lock(path, { realpath: false, stale, onCompromised, retries: { retries, factor: 1, minTimeout: interval, maxTimeout: interval } });
  const leave = await enter(0).catch((error: unknown) => {
    if (!isLocked(error)) throw error;
    progress("waiting for another command that works on this twin");
    return enter(patience / interval).catch((again: unknown) => {
      if (!isLocked(again)) throw again;
      throw new InputError([
        { message: `another command has worked on the twin in ${path} for ${patience / 60_000} minutes; let it end first` },
      ]);
    });
  });
  try {
    return await work();
  } finally {
    // A mark that was lost is another command's by now.
    if (disturbed === undefined) await leave();
    removeIfEmpty(place);
  }
}

const isLocked = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ELOCKED";

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Others keep things there, or the twin is up.
  }
}
