/** The files of a commit, read as those on the disk are. No link is followed, for whoever makes a commit chooses where its links lead. */
import { wholeFile } from "../request/source";
import { tooLarge, type Store } from "../request/textFile";

/** What a commit has at a path: bytes, a file too large to be brought, or what is no file of it. */
export type Entry = { readonly bytes: Buffer } | { readonly size: number } | { readonly is: string };

const missing = (path: string): Error => Object.assign(new Error(`${path} does not exist`), { code: "ENOENT" });

export class CommitFiles implements Store {
  /**
   * @param name how the user names the commit; its files are called `name:path`
   * @param entries by path from the top
   */
  constructor(
    private readonly name: string,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  readonly names = (folder: string): string[] => {
    const within = `${this.pathOf(folder)}/`;
    const found = [...this.entries.keys()]
      .filter((path) => path.startsWith(within))
      .map((path) => path.slice(within.length).split("/")[0] ?? "");
    if (found.length === 0) throw missing(folder);
    return [...new Set(found)];
  };

  readonly exists = (file: string): boolean => {
    const path = this.pathOf(file);
    return this.entries.has(path) || [...this.entries.keys()].some((each) => each.startsWith(`${path}/`));
  };

  readonly bytes: Store["bytes"] = (file, limit) => {
    const entry = this.entries.get(this.pathOf(file));
    if (!entry) return { problem: wholeFile(file, `${file} ${this.exists(file) ? "is a folder, expected a file" : "does not exist"}`) };
    if ("is" in entry) return { problem: wholeFile(file, `${file} ${entry.is}`) };
    const size = "size" in entry ? entry.size : entry.bytes.length;
    return "size" in entry || size > limit ? { problem: tooLarge(file, size, limit) } : entry;
  };

  private pathOf(file: string): string {
    const path = file.startsWith(`${this.name}:`) ? file.slice(this.name.length + 1) : file;
    return path.replace(/^\.?\//, "");
  }
}
