/** A folder of files like stacks/, for tests of what reads and checks them. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../lib/request/problem";
import { fixtures } from "./estate";
import { sampleLock } from "./lock";

const made: string[] = [];
afterAll(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A copy of the shared files with their lock; it goes when the tests of the file end. */
export function sampleRoot(): string {
  const root = mkdtempSync(join(tmpdir(), "zirsakht-"));
  made.push(root);
  cpSync(fixtures, root, { recursive: true });
  writeFileSync(join(root, "allocations.lock.json"), `${JSON.stringify(sampleLock(), null, 2)}\n`);
  return root;
}

/** Changes a file's text. Each `from` must stand in it. */
export function edit(root: string, file: string, changes: Readonly<Record<string, string>>): void {
  let text = readFileSync(join(root, file), "utf8");
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
    text = text.replace(from, () => to);
  }
  writeFileSync(join(root, file), text);
}

/** Changes the lock's value. */
export function editLock(root: string, change: Parameters<typeof sampleLock>[0]): void {
  writeFileSync(join(root, "allocations.lock.json"), `${JSON.stringify(sampleLock(change), null, 2)}\n`);
}

/** The problems that `work` ends in, a line each, with paths from the root; an empty list where it ends well. */
export function problemsOf(root: string, work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error.message.replaceAll(`${root}/`, "").split("\n");
    throw error;
  }
  return [];
}
