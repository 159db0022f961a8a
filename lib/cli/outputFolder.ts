/** The folder that a synth writes: whole files, and no file that it wrote before and no longer writes. What others put there stays. */
import { mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";
import { byCodeUnit } from "../manifests/apiObject";
import { textOf } from "../request/textFile";

/** The list of what was written, in the folder itself; each verb that has one of its own leaves the others' files alone. */
const recordOfSynth = ".zirsakht.json";

/** What a write did. */
export interface Written {
  /** Files that are new or changed. */
  readonly written: number;
  /** Files that are gone. */
  readonly removed: number;
}

export interface WriteOptions {
  /** Which of the files written before this synth is about; the others stay. */
  readonly isAsked: (path: string) => boolean;
  /** Paths of files that lie there already as they should. @default none */
  readonly lies?: readonly string[];
  /** The name of the record, of whoever writes. @default the record of synths */
  readonly recordFile?: string;
}

/** The paths that an earlier synth wrote; none where there is no record, or one that we did not write. */
function recorded(folder: string, recordFile: string): string[] {
  const isOurs = (path: unknown): path is string =>
    typeof path === "string" && path === normalize(path) && !/^(\/|\.\.)|^[A-Za-z]:/.test(path);
  try {
    const { files } = JSON.parse(textOf(join(folder, recordFile)) ?? "{}") as { files?: unknown };
    return Array.isArray(files) ? files.filter(isOurs) : [];
  } catch {
    return [];
  }
}

/** Writes a file whole or not at all, where its text is not there yet. */
function write(path: string, text: string): boolean {
  if (textOf(path) === text) return false;
  mkdirSync(dirname(path), { recursive: true });
  // Without a sync of every file to the disk: what a power cut takes, the next synth writes again.
  writeFileAtomic(path, text, { fsync: false });
  return true;
}

/** Removes what a killed synth left beside the files of these names: a text that was not renamed yet. */
function clearHalfWritten(folder: string, paths: readonly string[]): void {
  const names = new Set(paths);
  for (const place of new Set(paths.map(dirname))) {
    let entries: string[] = [];
    try {
      entries = readdirSync(join(folder, place));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    for (const entry of entries)
      if (/\.\d+$/.test(entry) && names.has(join(place, entry.replace(/\.\d+$/, "")))) rmSync(join(folder, place, entry));
  }
}

/** Removes a file, and the folders that are empty without it. */
function remove(folder: string, path: string): void {
  rmSync(join(folder, path), { force: true });
  for (let place = dirname(path); place !== "."; place = dirname(place)) {
    try {
      rmdirSync(join(folder, place));
    } catch {
      // Terraform's own files, or nothing at all, are in it: it stays.
      return;
    }
  }
}

/**
 * Makes the folder hold `files` (text by relative path). The record comes first, so that a synth that is stopped half-way leaves whole
 * files which the next one knows. Two synths into one folder at once are not supported.
 */
export function writeFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
  { isAsked, lies = [], recordFile = recordOfSynth }: WriteOptions,
): Written {
  mkdirSync(folder, { recursive: true });
  const before = recorded(folder, recordFile);
  const now = new Set([...files.keys(), ...lies]);
  const gone = before.filter((path) => isAsked(path) && !now.has(path));
  const kept = before.filter((path) => !isAsked(path));
  const record = (paths: readonly string[]): boolean =>
    write(join(folder, recordFile), `${JSON.stringify({ version: 1, files: [...new Set(paths)].sort(byCodeUnit) }, undefined, 2)}\n`);
  clearHalfWritten(folder, [recordFile, ...before, ...now]);
  record([...before, ...now]);
  let written = 0;
  for (const [path, text] of files) if (write(join(folder, path), text)) written++;
  for (const path of gone) remove(folder, path);
  record([...kept, ...now]);
  return { written, removed: gone.length };
}

/** Writes files that are people's own from then on, each whole: nothing is recorded, and nothing ever removed. Answers how many changed. */
export const writeSources = (folder: string, files: ReadonlyMap<string, string>): number =>
  [...files].filter(([path, text]) => write(join(folder, path), text)).length;

/** The stack that a file is about; `undefined` for a file of the whole synth. */
export function stackOf(path: string): string | undefined {
  if (path.startsWith("stacks/")) return basename(dirname(path));
  return path.startsWith("manifests/") ? basename(path, ".yaml") : undefined;
}
