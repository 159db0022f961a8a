/** Runs a verb on a folder and keeps what it prints. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ExitCode, Terminal } from "../../lib/cli/terminal";
import { type Lock, lockSchema } from "../../lib/request/lock";
import { serializeLock } from "../../lib/allocation/lockText";

/** What a verb printed, and how it ended; an error is its message, with paths from the root. */
export interface Ran {
  readonly code: ExitCode | undefined;
  readonly out: string;
  readonly error: string;
}

/** Runs it. */
export async function ran(root: string, work: (terminal: Terminal) => Promise<ExitCode>): Promise<Ran> {
  const out: string[] = [];
  const terminal = { out: (text: string) => void out.push(text), err: () => undefined, color: false };
  try {
    const code = await work(terminal);
    return { code, out: out.join("\n").replaceAll(`${root}/`, ""), error: "" };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { code: undefined, out: out.join("\n"), error: error.message.replaceAll(`${root}/`, "") };
  }
}

const file = (root: string): string => join(root, "allocations.lock.json");

/** The lock's text. */
export const textOf = (root: string): string => readFileSync(file(root), "utf8");
/** The lock. */
export const lockOf = (root: string): Lock => lockSchema.parse(JSON.parse(textOf(root)));

/** Changes the lock. */
export function editLock(root: string, change: (lock: Lock) => void): void {
  const lock = lockOf(root);
  change(lock);
  writeFileSync(file(root), serializeLock(lock));
}
