/** One command at a time changes a twin. */
import { mkdirSync, rmdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { InputError } from "../../request/problem";

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
  let disturbed: Error | undefined;
  const onCompromised = (error: Error): void => {
    disturbed = error;
  };
  const leave = await entered(path, progress, onCompromised);
  try {
    return await work();
  } finally {
    // A mark that was lost is another command's by now.
    if (disturbed === undefined) await leave();
    removeIfEmpty(place);
  }
}

/** Enters as soon as nobody else is in. A command that ends removes the folder where it is empty, so each try makes sure of it. */
async function entered(
  path: string,
  progress: (what: string) => void,
  onCompromised: (error: Error) => void,
): Promise<() => Promise<void>> {
  const deadline = performance.now() + patience;
  for (let tries = 0; ; tries++) {
    mkdirSync(dirname(path), { recursive: true });
    try {
      return await lock(path, { realpath: false, stale, onCompromised });
    } catch (error) {
      if (!isCode(error, "ELOCKED") && !isCode(error, "ENOENT")) throw error;
      if (performance.now() > deadline)
        throw new InputError([
          { message: `another command has worked on the twin in ${path} for ${patience / 60_000} minutes; let it end first` },
        ]);
    }
    if (tries === 0) progress("waiting for another command that works on this twin");
    await pause(interval);
  }
}

const isCode = (error: unknown, code: string): boolean => error instanceof Error && "code" in error && error.code === code;

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Others keep things there, or the twin is up.
  }
}
