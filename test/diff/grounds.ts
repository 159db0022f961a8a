/** Two sides made from folders of the shared files, for tests of what compares sides. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readGround } from "../../lib/cli/diffFiles";
import type { Ground } from "../../lib/diff/ground";
import { noMemory } from "../../lib/memory/memory";
import { freshRoot, relock } from "../cli/freshRoot";

/** The side that a folder's files make; they are named as in a repository. */
export function groundOf(root: string): Ground {
  return readGround({ name: "a side", root, shownRoot: "stacks" }, noMemory);
}

/** The shared files, and the same after a change, each with a lock that meets every need. */
export function sidesOf(change: (root: string) => void): { base: Ground; head: Ground } {
  const [before, after] = [freshRoot(), freshRoot()];
  change(after);
  relock(after);
  return { base: groundOf(before), head: groundOf(after) };
}

/** Writes a messenger's file anew; JSON is YAML too. */
export function writeMessenger(root: string, file: Readonly<Record<string, unknown>>): void {
  writeFileSync(join(root, "messengers", `${String(file.messenger)}.yaml`), `${JSON.stringify(file, undefined, 2)}\n`);
}
