/** A git repository, read only: which commits there are, and what files they hold. The user's work tree and index are never touched. */
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { closest } from "fastest-levenshtein";
import { InputError } from "../request/problem";
import { limits } from "../request/textFile";
import { run, type Answered } from "../twin/run";
import { CommitFiles, type Entry } from "./commitFiles";

const refuse = (message: string): never => {
  throw new InputError([{ message }]);
};

/** Git's own words in one language, whatever the user's. */
const plainly = (): NodeJS.ProcessEnv => ({ ...process.env, LC_ALL: "C" });

/** A folder by its real path, as git names it; of one that does not exist, its parents' real path. */
function realOf(folder: string): string {
  const path = resolve(folder);
  return existsSync(path) || dirname(path) === path ? realpathSync(path) : join(realOf(dirname(path)), basename(path));
}

/** The folder itself, or the nearest one above it that exists. */
function nearestFolder(folder: string): string {
  const path = resolve(folder);
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

/** Why git finds no repository, and what to do. */
function noRepository(folder: string, err: string): string {
  const [, untrusted] = /dubious ownership in repository at '(.*)'/.exec(err) ?? [];
  if (untrusted !== undefined)
    return `git does not trust ${untrusted}, for another user owns it; allow it with \`git config --global --add safe.directory ${untrusted}\``;
  return `${folder} lies in no git repository (${firstLine(err)}); run it in one, or compare two synth folders`;
}

/** No file that is read is larger, so no larger one is brought. */
const largest = Math.max(...Object.values(limits));

/** What is read of a root folder, by its path below it: a repository holds much else, and git brings all that it is asked for. */
const readFiles = /^(?:estate\.yaml|allocations\.lock\.json|main\.ts|[^/]+\.csv|messengers\/[^/]+)$/;

const unread = "is none of the files that zirsakht reads, and was not brought";

/** What a path of a commit is, where it is no folder or file of its own. */
const links: Readonly<Record<string, string>> = {
  "160000": "is a submodule, whose files the commit does not hold; run it inside the submodule",
  "120000": "is a link, and links of a commit are not followed; give the folder that it points to as --root",
};

export class Repository {
  private constructor(
    /** The top folder of the work tree. */
    readonly top: string,
  ) {}

  /** The repository that a folder lies in. @throws InputError where there is none, or no git */
  static async of(folder: string): Promise<Repository> {
    const found = await run("git", ["-C", nearestFolder(folder), "rev-parse", "--show-toplevel"], { env: plainly() });
    if (!found) return refuse("there is no git here, and git refs are asked for; install git, or compare two synth folders");
    if (found.code !== 0) return refuse(noRepository(folder, found.err));
    return new Repository(found.out.replace(/\n$/, ""));
  }

  /** The path of a folder from the top of the repository, with slashes; empty for the top. @throws InputError where it lies outside */
  pathOf(folder: string): string {
    const path = relative(this.top, realOf(folder));
    if (path === ".." || path.startsWith(`..${sep}`))
      return refuse(`${folder} lies outside the repository ${this.top}; give a --root inside it`);
    return path.split(sep).join("/");
  }

  /** The commit that a ref names. @throws InputError for a ref that is not here, with the nearest one that is */
  async commitOf(ref: string): Promise<string> {
    const found = await this.git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
    if (found.code === 0) return found.out.trim();
    const range = /^(.*?)\.{2,3}(.*)$/.exec(ref);
    if (range) {
      const [, from = "", to = ""] = range;
      return refuse(`${JSON.stringify(ref)} is a range; name its two ends: \`zirsakht diff ${from || "HEAD"} ${to || "HEAD"}\``);
    }
    const refs = (await this.git(["for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags"])).out
      .split("\n")
      .filter(Boolean);
    const near = refs.length > 0 ? `; did you mean ${closest(ref, refs)}?` : ".";
    const shallow = (await this.isShallow())
      ? " The clone is shallow: fetch what is missing with `git fetch --unshallow` (in CI: a fetch depth of 0)."
      : "";
    return refuse(
      `there is no commit ${JSON.stringify(ref)} here${near} A branch of the remote is brought with \`git fetch origin\`.${shallow}`,
    );
  }

  /** The last commit that two refs have in common. @throws InputError where they have none here */
  async mergeBaseOf(one: string, other: string): Promise<string> {
    const found = await this.git(["merge-base", one, other]);
    if (found.code === 0) return found.out.trim();
    return refuse(
      (await this.isShallow())
        ? `the clone is shallow and does not hold the commit that ${one} and ${other} have in common; bring the history with \`git fetch --unshallow\` (in CI: a fetch depth of 0)`
        : `${one} and ${other} have no commit in common; name the base to compare with, such as \`zirsakht diff ${one}\``,
    );
  }

  /** The default branch: the remote's where one is known, else main or master. @throws InputError where none of them is here */
  async defaultBranch(): Promise<string> {
    const remote = await this.git(["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]);
    if (remote.code === 0) return remote.out.trim();
    for (const name of ["origin/main", "origin/master", "main", "master"])
      if ((await this.git(["rev-parse", "--verify", "--quiet", `${name}^{commit}`])).code === 0) return name;
    return refuse("which branch is the default one is not known here; name the base, such as `zirsakht diff origin/main`");
  }

  /** @throws InputError where a path of a commit, or what it lies in, is a submodule or a link. @param name how the user names the commit */
  private async refuseLinks(commit: string, paths: readonly string[], name: string): Promise<void> {
    const above = new Set(paths.flatMap((path) => path.split("/").map((_, index, steps) => steps.slice(0, index + 1).join("/"))));
    const listed = await this.git(["ls-tree", "-z", "--full-tree", commit, "--", ...[...above].filter(Boolean)]);
    for (const entry of listed.out.split("\0").filter(Boolean)) {
      const what = links[entry.slice(0, 6)];
      const path = entry.slice(entry.indexOf("\t") + 1);
      if (what !== undefined && above.has(path)) refuse(`${name}: ${path} ${what}`);
    }
  }

  /**
   * The files below `path` of a commit, as they are called with the name before them; none where it has no such folder. All are listed, and
   * those that are read are brought.
   * @param name how the user names the commit
   * @param beside files by their path from the top that are brought too, where the commit has them
   * @throws InputError where `path`, or messengers/ below it, is a submodule or a link
   */
  async filesOf(commit: string, path: string, name: string, beside: readonly string[] = []): Promise<CommitFiles> {
    const only = path === "" ? [] : ["--", `${path}/`, ...beside];
    const listed = await this.git(["ls-tree", "-r", "-z", "-l", "--full-tree", commit, ...only]);
    const files = listed.out.split("\0").flatMap((line) => {
      const [, mode = "", id = "", size = "", file = ""] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([^]*)$/.exec(line) ?? [];
      return file === "" ? [] : [{ mode, id, size: Number(size), file }];
    });
    const isBeside = (file: string): boolean => beside.includes(file);
    if (files.every(({ file }) => isBeside(file)) || files.some(({ mode }) => mode in links))
      await this.refuseLinks(commit, [path === "" ? "messengers" : `${path}/messengers`], name);
    const isRead = (file: string): boolean => isBeside(file) || readFiles.test(path === "" ? file : file.slice(path.length + 1));
    const plain = files.filter(({ mode, size, file }) => !(mode in links) && size <= largest && isRead(file));
    const contents = await this.contentsOf(
      plain.map(({ id }) => id),
      name,
    );
    return new CommitFiles(
      name,
      new Map(
        files.map(({ mode, id, size, file }): [string, Entry] => {
          const [is, bytes] = [links[mode] ?? (isRead(file) ? undefined : unread), contents.get(id)];
          return [file, is !== undefined ? { is } : bytes ? { bytes } : { size }];
        }),
      ),
    );
  }

  /** What lies under ids, read by one process. */
  private async contentsOf(ids: readonly string[], name: string): Promise<Map<string, Buffer>> {
    const unique = [...new Set(ids)];
    if (unique.length === 0) return new Map();
    const { code, bytes, err } = await this.git(["cat-file", "--batch"], `${unique.join("\n")}\n`);
    if (code !== 0) refuse(`${name}: git could not bring its files: ${firstLine(err)}`);
    const contents = new Map<string, Buffer>();
    let at = 0;
    for (const id of unique) {
      const end = bytes.indexOf("\n", at);
      const head = bytes.toString("latin1", at, end);
      const [, size] = / blob (\d+)$/.exec(head) ?? refuse(`${name}: git could not bring its files: ${head}`);
      contents.set(id, bytes.subarray(end + 1, end + 1 + Number(size)));
      at = end + 2 + Number(size);
    }
    return contents;
  }

  private async isShallow(): Promise<boolean> {
    return (await this.git(["rev-parse", "--is-shallow-repository"])).out.trim() === "true";
  }

  private async git(args: readonly string[], input = ""): Promise<Answered> {
    const answer = await run("git", ["-C", this.top, ...args], { env: plainly(), input });
    return answer ?? refuse("there is no git here any more");
  }
}

const firstLine = (text: string): string => text.trim().split("\n")[0] ?? "";
