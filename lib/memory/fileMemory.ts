/** A memory in a folder, one file for each kind of result; any of them may be deleted or broken at any time. */
import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";
import type { Memory } from "./memory";

/** More results of one kind than this are from many a run; those that the last run did not use go. */
const most = 25_000;

/** So many of one kind are kept whatever a run used: work goes to and fro between a branch and its base. */
const few = 16;

/** The results of one kind by the digest of their inputs: as they were read, and those that this run used. */
interface Section {
  readonly known: ReadonlyMap<string, unknown>;
  readonly used: Map<string, unknown>;
}

/** Level by level: Node's own way never ends below a folder that exists and takes nothing, such as one of /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** Whether nobody but this user and root can have written there. A digest is no proof: whoever writes a file can write its digest. */
function isOurs(path: string): boolean {
  if (!process.getuid) return true;
  const status = lstatSync(path);
  return status.uid === process.getuid() && (status.mode & 0o022) === 0 && !status.isSymbolicLink();
}

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The results in a file's text; none where it is not whole: its first line is the digest of the rest. */
function resultsIn(text: string): Map<string, unknown> {
  const cut = text.indexOf("\n");
  const body = text.slice(cut + 1);
  return new Map(digestOf(body) === text.slice(0, cut) ? (JSON.parse(body) as [string, unknown][]) : []);
}

/** Remembers from run to run what the same code computed from the same inputs. */
export class FileMemory implements Memory {
  private readonly sections = new Map<string, Section>();
  private code: string | undefined;

  /**
   * @param folder where it keeps its files; made where it is missing
   * @param codeDigest names the code that computes, all of it; asked for once, with the first result
   */
  constructor(
    private readonly folder: string,
    private readonly codeDigest: () => string,
  ) {}

  recall<Result>(what: string, inputs: readonly string[], make: () => Result): Result {
    const { known, used } = this.sectionOf(what);
    const key = this.keyOf(inputs);
    const result = (used.get(key) ?? known.get(key) ?? make()) as Result;
    if (result !== undefined) used.set(key, result);
    return result;
  }

  /** Writes what is new. A run that used most of a kind's results has seen all inputs, so the others are of inputs that are gone. */
  save(): void {
    for (const [what, { known, used }] of this.sections) {
      const isWhole = known.size > few && (2 * used.size >= known.size || known.size > most);
      const results = isWhole ? used : new Map([...known, ...used]);
      if (results.size === known.size && [...used.keys()].every((key) => known.has(key))) continue;
      const body = JSON.stringify([...results]);
      try {
        makeFolder(this.folder);
        // What lies where others write is theirs to lead elsewhere.
        if (!isOurs(this.folder)) return;
        if (existsSync(this.fileOf(what)) && !isOurs(this.fileOf(what))) rmSync(this.fileOf(what));
        writeFileAtomic(this.fileOf(what), `${digestOf(body)}\n${body}`, { fsync: false, mode: 0o600 });
      } catch {
        // No room, or no right to write: the next run is slow once more.
      }
    }
  }

  private keyOf(inputs: readonly string[]): string {
    this.code ??= this.codeDigest();
    const hash = createHash("sha256").update(this.code);
    // With its length before it, no input can be taken for a part of the next one.
    for (const input of inputs) hash.update(`${input.length}:`).update(input);
    return hash.digest("base64url");
  }

  private sectionOf(what: string): Section {
    const section = this.sections.get(what) ?? { known: this.read(what), used: new Map<string, unknown>() };
    this.sections.set(what, section);
    return section;
  }

  private read(what: string): ReadonlyMap<string, unknown> {
    try {
      const isTrusted = isOurs(this.folder) && isOurs(this.fileOf(what));
      return isTrusted ? resultsIn(readFileSync(this.fileOf(what), "utf8")) : new Map();
    } catch {
      return new Map();
    }
  }

  private fileOf(what: string): string {
    return join(this.folder, `${what}.json`);
  }
}
