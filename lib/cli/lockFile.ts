/** Writes allocations.lock.json: whole or not at all, and never over what somebody else wrote meanwhile. */
import { readdirSync, rmSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { lock as enter } from "proper-lockfile";
import writeFileAtomic from "write-file-atomic";
import { serializeLock } from "../allocation/lockText";
import { lockFile } from "../request/files";
import type { Lock } from "../request/lock";
import { InputError } from "../request/problem";
import { textOf } from "../request/textFile";

/** Seconds after which the mark of a writer that died is taken over; a living writer is done in a few milliseconds. */
const staleSeconds = 5;

/** The lock's text as it stands; `undefined` before the first allocation. Read it before the request, and give it to `writeLock`. */
export function lockTextOf(root: string): string | undefined {
  return textOf(lockFile(root));
}

/**
 * Writes the lock where its text differs from `before`; returns whether it did. Throws an InputError where the file is no longer as it
 * was read: what was computed from it no longer holds.
 */
export async function writeLock(root: string, before: string | undefined, lock: Lock): Promise<boolean> {
  const file = lockFile(root);
  const text = serializeLock(lock);
  const leave = await enter(file, {
    realpath: false,
    stale: staleSeconds * 1000,
    retries: { retries: 40, factor: 1, minTimeout: 200, maxTimeout: 200 },
  });
  try {
    if (lockTextOf(root) !== before)
      throw new InputError([
        { message: `${relative(".", file)} has changed since it was read; nothing is written, run the command again` },
      ]);
    removeUnfinished(file);
    if (text === before) return false;
    await writeFileAtomic(file, text);
    return true;
  } finally {
    await leave();
  }
}

/** Removes what writers that were killed left beside the lock; nobody else writes while we are in. */
function removeUnfinished(file: string): void {
  const folder = dirname(file);
  for (const name of readdirSync(folder)) {
    const [, number] = name.split(`${basename(file)}.`);
    if (number !== undefined && /^\d+$/.test(number)) rmSync(join(folder, name), { force: true });
  }
}
