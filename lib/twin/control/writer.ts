/** One command at a time changes a twin. */
import { mkdirSync, readlinkSync, renameSync, rmdirSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { InputError } from "../../request/problem";
import { TwinFolder } from "./folder";
import { birthOf } from "./process";

/** How long a command waits for another, in milliseconds, and how often it looks. */
const [patience, interval] = [300_000, 250];

export interface AloneOptions {
  /** Told where it waits for another command. */
  readonly progress: (what: string) => void;
  /** Ends the wait. @default nothing does */
  readonly signal?: AbortSignal;
}

/**
 * Does what changes the twin at `path` while no other command does; waits for one that is at it. Throws an InputError where the wait
 * is too long, or ended.
 */
export async function alone<T>(path: string, options: AloneOptions, work: () => Promise<T>): Promise<T> {
  // The mark stands beside the twin's folder, which `down` removes. It is a link, for that is made with its words in one step.
  const mark = `${path}.lock`;
  const own = `${process.pid} ${birthOf(process.pid) ?? ""}`;
  await enter(path, mark, own, options);
  try {
    // What a command that was killed left there may have keys in it.
    rmSync(new TwinFolder(path).temporary, { recursive: true, force: true });
    return await work();
  } finally {
    if (holderOf(mark) === own) unlinkSync(mark);
    removeIfEmpty(dirname(path));
  }
}

/** Enters as soon as nobody else is in. A command that ends removes the folder where it is empty, so each try makes sure of it. */
async function enter(path: string, mark: string, own: string, { progress, signal }: AloneOptions): Promise<void> {
  const deadline = performance.now() + patience;
  for (let tries = 0; ; tries++) {
    mkdirSync(dirname(path), { recursive: true });
    if (attempt(() => symlinkSync(own, mark), "EEXIST", "ENOENT")) return;
    const holder = holderOf(mark);
    if (holder === undefined || clear(mark, holder)) continue;
    const who = `another command, process ${pidOf(holder)},`;
    if (signal?.aborted) throw new InputError([{ message: `${who} works on the twin in ${path}; nothing was done` }]);
    if (performance.now() > deadline)
      throw new InputError([{ message: `${who} has worked on the twin in ${path} for ${patience / 60_000} minutes; let it end first` }]);
    if (tries === 0) progress("waiting for another command that works on this twin");
    await pause(interval, undefined, { signal }).catch(() => undefined);
  }
}

/** Who is in: the process, and when it began, by which it is told from every other. */
function holderOf(mark: string): string | undefined {
  let holder: string | undefined;
  attempt(() => (holder = readlinkSync(mark)), "ENOENT");
  return holder;
}

const pidOf = (holder: string): number => Number(holder.split(" ", 1)[0]);

/** Takes away the mark of a command that lives no more, however it ended. One that sleeps, or computes for long, lives. */
function clear(mark: string, holder: string): boolean {
  const pid = pidOf(holder);
  if (holder === `${pid} ${birthOf(pid) ?? ""}`) return false;
  const aside = `${mark}.${process.pid}`;
  if (!attempt(() => renameSync(mark, aside), "ENOENT")) return true;
  // Somebody else may have taken it away at the same moment, and be in.
  if (holderOf(aside) === holder) unlinkSync(aside);
  else renameSync(aside, mark);
  return true;
}

/** Whether something of the disk could be done; throws where it could not for any but the known reasons. */
function attempt(work: () => void, ...reasons: readonly string[]): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (reasons.includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Others keep things there, or the twin is up.
  }
}
