/** A git repository, read only: which commits there are, and what files they hold. The user's work tree and index are never touched. */
import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { closest } from "fastest-levenshtein";
import { InputError } from "../request/problem";
import { run } from "../twin/run";

const refuse = (message: string): never => {
  throw new InputError([{ message }]);
};

/** Git's own words in one language, whatever the user's. */
const plainly = (env = process.env): NodeJS.ProcessEnv => ({ ...env, LC_ALL: "C" });

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

  private async holds(commit: string, path: string): Promise<boolean> {
    return (await this.git(["cat-file", "-e", path === "" ? `${commit}^{tree}` : `${commit}:${path}`])).code === 0;
  }

  /** The text of a file of a commit; `undefined` where it has none. */
  async textOf(commit: string, path: string): Promise<string | undefined> {
    const { code, out } = await this.git(["cat-file", "blob", `${commit}:${path}`]);
    return code === 0 ? out : undefined;
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
   * Writes the files below `path` of a commit into `folder`, under their paths from the top; none where it has no such folder. Links are
   * written as the text that they hold.
   * @param name how the user names the commit
   * @throws InputError where `path`, or messengers/ below it, is a submodule or a link
   */
  async writeFiles(commit: string, path: string, folder: string, name: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    await this.refuseLinks(commit, [path === "" ? "messengers" : `${path}/messengers`], name);
    if (!(await this.holds(commit, path))) return;
    const env = { ...process.env, GIT_INDEX_FILE: join(folder, ".git-index") };
    const tree = path === "" ? [commit] : [`--prefix=${path}/`, `${commit}:${path}`];
    for (const args of [
      ["read-tree", ...tree],
      ["checkout-index", "--all", "--quiet", `--prefix=${folder}/`],
    ]) {
      const done = await this.git([...apart, ...args], env);
      if (done.code !== 0) refuse(`${name}: git could not bring its files: ${firstLine(done.err)}`);
    }
  }

  private async isShallow(): Promise<boolean> {
    return (await this.git(["rev-parse", "--is-shallow-repository"])).out.trim() === "true";
  }

  private async git(args: readonly string[], env = process.env): Promise<{ code: number; out: string; err: string }> {
    // Absolute, wherever the command is started: an index or a prefix of a relative path would be meant from the top.
    const answer = await run("git", ["-C", this.top, ...args], { env: plainly(env) });
    return answer ?? refuse("there is no git here any more");
  }
}

/** No link is made, no hook runs, and no part of an index is kept in the repository. */
const apart = ["core.symlinks=false", "core.hooksPath=/dev/null", "core.splitIndex=false"].flatMap((setting) => ["-c", setting]);

const firstLine = (text: string): string => text.trim().split("\n")[0] ?? "";
