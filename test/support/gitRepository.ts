/** A git repository in a folder of its own, for tests of what reads commits. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made: string[] = [];
afterAll(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Commits of one person on one day, so that their ids are the same every time. */
const env = {
  PATH: process.env.PATH,
  HOME: tmpdir(),
  ...Object.fromEntries(
    ["AUTHOR", "COMMITTER"].flatMap((who) => [
      [`GIT_${who}_NAME`, "test"],
      [`GIT_${who}_EMAIL`, "test@example.org"],
      [`GIT_${who}_DATE`, "2026-11-24T00:00:00Z"],
    ]),
  ),
};

export class GitRepository {
  readonly root: string;

  /** @param files a folder that becomes stacks/ of the first commit */
  constructor(files?: string) {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "repository-")));
    made.push(this.root);
    this.git("init", "-q", "-b", "main");
    if (files === undefined) return;
    cpSync(files, this.stacks, { recursive: true });
    this.commit("the first");
  }

  /** The root folder of the company's files. */
  get stacks(): string {
    return join(this.root, "stacks");
  }

  git(...args: string[]): string {
    return execFileSync("git", ["-C", this.root, ...args], { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  }

  /** Commits everything; answers with the commit. */
  commit(message: string): string {
    this.git("add", "--all");
    this.git("commit", "-q", "--allow-empty", "-m", message);
    return this.git("rev-parse", "HEAD");
  }

  /** What a user must find untouched: the work tree, the index, the refs and the list of linked work trees. */
  state(): string {
    return [["status", "--porcelain"], ["for-each-ref"], ["ls-files", "--stage"], ["worktree", "list"], ["stash", "list"]]
      .map((args) => this.git(...args))
      .join("\n---\n");
  }
}
