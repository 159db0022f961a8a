/** A file's value with the places of its parts, and what is found wrong in it. */
import type { Position, Problem } from "./problem";

/** Keys and indices from the file's root to a value. */
export type Path = readonly (string | number)[];

/** Something wrong at a path: at the value, or at its key where the key itself is wrong. A path that does not exist stands for its nearest parent. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  /** @default value */
  readonly at?: "key" | "value";
}

/** A file and the places of its parts. */
export interface Places {
  /** The file as the user would name it. */
  readonly file: string;
  /** Where a value, or its key, stands; found by reading the text once more, so only what is wrong costs time. */
  readonly position: (path: Path, at?: "key" | "value") => Position;
  /** What gave the value at the path, where it was not the file. */
  readonly origin?: (path: Path) => string | undefined;
}

/** A parsed file. */
export interface Source extends Places {
  readonly value: unknown;
}

/** More problems than this of one file help nobody, and a hostile file could hold a million. */
export const most = 100;

/** Findings with their places, the first hundred. */
export function problemsOf(source: Places, findings: Iterable<Finding>): Problem[] {
  const all = [...findings];
  const problems: Problem[] = all.slice(0, most).map(({ path, message, at }) => {
    const origin = source.origin?.(path);
    return origin === undefined ? { position: source.position(path, at), message } : { message: `${origin}: ${message}` };
  });
  return all.length > most ? [...problems, wholeFile(source.file, `${all.length - most} more problems in this file`)] : problems;
}

/** A problem with a file as a whole. */
export function wholeFile(file: string, message: string): Problem {
  return { position: { file, line: 1, column: 1 }, message };
}

/** Keys that would reach into JavaScript's own objects; no schema sees them. */
export function* forbiddenKeys(value: unknown, path: Path = []): Generator<Finding> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value) as [string, unknown][]) {
    if (key === "__proto__") yield { path: [...path, key], at: "key", message: "the key __proto__ is never allowed; remove it" };
    else if (typeof part === "object") yield* forbiddenKeys(part, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}
