/** `diff` as people and CI run it: how it ends, what it prints whatever the surroundings, and what it leaves alone. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GitRepository } from "../support/gitRepository";
import { edit } from "../support/root";
import { freshRoot } from "./freshRoot";

const program = join(__dirname, "../../dist/lib/cli/main.js");
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

let repository: GitRepository;
beforeAll(() => {
  repository = new GitRepository(freshRoot());
  edit(repository.stacks, "messengers/bale.yaml", { "admins: [bale-admins]": "admins: [bale-admins, guests]" });
  repository.commit("the change");
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function ended(args: readonly string[], { cwd = repository.root, env = {} }: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Ended {
  const { status, stdout, stderr } = spawnSync("node", [program, "diff", ...args], {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

test.each([
  [["HEAD", "HEAD"], 0],
  [["HEAD~1", "HEAD"], 2],
  [["HEAD~1", "HEAD", "--security-only"], 2],
  [["HEAD~1", "HEAD", "--fail-on", "widens"], 3],
  [["HEAD~1", "HEAD", "--fail-on", "host-wiped,widens"], 3],
  [["HEAD~1", "HEAD", "--fail-on", "risk"], 2],
  [["HEAD", "HEAD", "--fail-on", "widens"], 0],
])("%j ends with %i, and says nothing on standard error", (args, code) => {
  const { err, out, ...rest } = ended(args);
  expect({ ...rest, err }).toEqual({ code, err: "" });
  expect(out).not.toBe("");
});

test.each(["text", "json", "markdown", "html"])("the exit code is the same in %s", (format) => {
  expect(ended(["HEAD~1", "HEAD", "--format", format]).code).toBe(2);
  expect(ended(["HEAD", "HEAD", "--format", format]).code).toBe(0);
});

test.each([
  [["none"], 'there is no commit "none" here; did you mean main? A branch of the remote is brought with `git fetch origin`.\n'],
  [["--", "--upload-pack=x"], /^there is no commit "--upload-pack=x" here/],
  [["--upload-pack=x"], /^error: unknown option '--upload-pack=x'/],
  [["-x"], /^error: unknown option '-x'/],
  [["--fail-on", "x"], /^--fail-on x: there is no such rule/],
  [["HEAD", "--plan", "x"], /^--plan takes saved plans in place of two sides/],
  [["--plan", "none.json"], "none.json does not exist; write it with `terraform show -json PLAN`\n"],
  [["HEAD", "HEAD", "--lang", "fa"], "--lang is the language of the page; add --format html, or leave it out\n"],
])("%j ends with 1 and one line, not with a stack trace", (args, err) => {
  const answer = ended(args);
  expect({ code: answer.code, out: answer.out }).toEqual({ code: 1, out: "" });
  if (typeof err === "string") expect(answer.err).toBe(err);
  else expect(answer.err).toMatch(err);
  expect(answer.err).not.toContain("    at ");
});

test("without git on the path it is said what to do", () => {
  const bin = mkdtempSync(join(tmpdir(), "bin-"));
  folders.push(bin);
  const { status, stderr } = spawnSync(process.execPath, [program, "diff", "HEAD"], {
    cwd: repository.root,
    env: { PATH: bin },
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([1, "there is no git here, and git refs are asked for; install git, or compare two synth folders\n"]);
});

test("equal inputs give equal bytes: again, from elsewhere, by another path, in another zone and language", () => {
  const { root, stacks } = repository;
  for (const format of ["json", "html"]) {
    const args = ["HEAD~1", "HEAD", "--format", format];
    const { out } = ended(args);
    expect(ended(args).out).toBe(out);
    expect(ended([...args, "--root", "stacks/"]).out).toBe(out);
    expect(ended([...args, "--root", stacks], { cwd: tmpdir() }).out).toBe(out);
    expect(ended([...args, "--root", "."], { cwd: stacks }).out).toBe(out);
    expect(ended(args, { env: { TZ: "Pacific/Kiritimati", LANG: "fa_IR.UTF-8", LC_ALL: "fa_IR.UTF-8" } }).out).toBe(out);
    expect(ended(args, { env: { XDG_CACHE_HOME: join(root, "none"), TZ: "America/Adak" } }).out).toBe(out);
    rmSync(join(root, "none"), { recursive: true, force: true });
  }
});

test("neither the work tree, nor index, refs, or linked work trees are touched, and nothing is left in the temporary folder", () => {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), "temporary-")));
  folders.push(temporary);
  writeFileSync(join(repository.root, "untracked"), "");
  const before = repository.state();
  for (const args of [[], ["HEAD~1", "HEAD"], ["none"]]) ended(args, { env: { TMPDIR: temporary } });
  expect(repository.state()).toBe(before);
  expect(readdirSync(temporary)).toEqual([]);
  rmSync(join(repository.root, "untracked"));
});

test.each(["SIGKILL", "SIGINT", "SIGTERM"] as const)("after %s at any time the repository is whole", async (signal) => {
  const before = repository.state();
  for (const delay of [60, 150, 250, 400]) {
    const child = spawn("node", [program, "diff", "HEAD~1", "HEAD"], { cwd: repository.root, stdio: "ignore" });
    const over = new Promise((resolve) => child.on("close", resolve));
    setTimeout(() => child.kill(signal), delay);
    await over;
    expect(existsSync(join(repository.root, ".git/index.lock"))).toBe(false);
  }
  expect(repository.state()).toBe(before);
  expect(() => repository.git("fsck", "--strict")).not.toThrow();
});
