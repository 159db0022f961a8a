/** Reads a text file with suspicion: a plain file, of bounded size, in UTF-8. */
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { wholeFile } from "./source";
import type { Problem } from "./problem";

const mebibyte = 2 ** 20;

/** What people write stays far below (an estate of 50,000 servers takes a sixth of it); a larger file is a mistake or an attack. */
export const limits = { yaml: mebibyte, csv: 32 * mebibyte, lock: 64 * mebibyte } as const;

/** What the system's error codes mean to the person who typed the name. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist: a part of its path is a file",
  EACCES: "may not be read; give yourself the permission",
  EPERM: "may not be read; give yourself the permission",
  ELOOP: "is a loop of symbolic links",
  EISDIR: "is a folder, expected a file",
  ENAMETOOLONG: "has a name that is too long",
};

/** Why a file or folder cannot be read, in words. */
export function reasonOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return reasons[code] ?? `cannot be read (${code || String(error)})`;
}

/** Whether there is anything of this name; what cannot be looked at counts, so that reading it says why. */
export function exists(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

/** The text of a file of our own; `undefined` where it is not there. Throws where it cannot be read. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Where the company's files are read from. */
export interface Store {
  /** What lies in a folder, by name. Throws, as the disk does, where there is no such folder. */
  readonly names: (folder: string) => readonly string[];
  /** Whether there is anything of this name; what cannot be looked at counts, so that reading it says why. */
  readonly exists: (file: string) => boolean;
  /** What a file holds, or what is wrong with it. @param limit in bytes */
  readonly bytes: (file: string, limit: number) => { readonly bytes: Buffer } | { readonly problem: Problem };
}

/** The disk. */
export const disk: Store = { names: (folder) => readdirSync(folder), exists, bytes: bytesOnDisk };

/** Why a file that is too large is not read. */
export function tooLarge(file: string, size: number, limit: number): Problem {
  return wholeFile(file, `${file} has ${size} bytes, at most ${limit} are read; is it the right file?`);
}

function bytesOnDisk(file: string, limit: number): { bytes: Buffer } | { problem: Problem } {
  try {
    const status = statSync(file);
    if (!status.isFile())
      return { problem: wholeFile(file, `${file} ${status.isDirectory() ? "is a folder" : "is no plain file"}, expected a file`) };
    return status.size > limit ? { problem: tooLarge(file, status.size, limit) } : { bytes: readFileSync(file) };
  } catch (error) {
    return { problem: wholeFile(file, `${file} ${reasonOf(error)}`) };
  }
}

/** The text of a file, or what is wrong with it. */
export function readText(file: string, limit: number, store = disk): { text: string } | { problem: Problem } {
  const read = store.bytes(file, limit);
  if ("problem" in read) return read;
  const { bytes } = read;
  const mark = byteOrderMark(bytes);
  if (mark) return { problem: wholeFile(file, `the file is ${mark}; save it as UTF-8 without a byte order mark`) };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { problem: { position: firstBadByte(file, bytes), message: "a byte that is no UTF-8; save the file as UTF-8" } };
  }
}

function byteOrderMark(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "UTF-8 with a byte order mark";
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return "UTF-16";
  // Without a mark, every other byte of a Latin text in UTF-16 is 0.
  if (bytes.length > 1 && (bytes[0] === 0) !== (bytes[1] === 0)) return "UTF-16";
  return undefined;
}

/** UTF-8 never hides a line feed in another character, so lines can be decoded one by one. */
function firstBadByte(file: string, bytes: Buffer): { file: string; line: number; column: number } {
  for (let start = 0, line = 1; start <= bytes.length; line++) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed;
    const row = bytes.subarray(start, end);
    try {
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(row);
    } catch {
      return { file, line, column: row.toString("utf8").indexOf("\ufffd") + 1 };
    }
    start = end + 1;
  }
  return { file, line: 1, column: 1 };
}
