import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../lib/cli/diff";
import { InputError } from "../../lib/request/problem";
import { GitRepository } from "../support/gitRepository";
import { edit } from "../support/root";
import { freshRoot } from "./freshRoot";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function folderOf(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "sides-")));
  folders.push(folder);
  return folder;
}

/** How `diff` ends: its code and the line that names the sides, or what it is refused with. */
async function ended(names: readonly string[], root: string): Promise<string> {
  const out: string[] = [];
  try {
    const code = await run(names, { root, format: "text" }, { out: (text) => void out.push(text), err: () => undefined, color: false });
    return `${String(code)}: ${out.join("\n").split("\n")[2] ?? ""}`;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message;
  }
}

const short = (commit: string): string => commit.slice(0, 9);

let repository: GitRepository;
let first: string;
let second: string;
beforeAll(() => {
  repository = new GitRepository(freshRoot());
  first = repository.git("rev-parse", "HEAD");
  repository.git("checkout", "-q", "-b", "change");
  edit(repository.stacks, "messengers/bale.yaml", { "admins: [bale-admins]": "admins: [bale-admins, guests]" });
  second = repository.commit("the change");
});

test("without a name, the merge base with the default branch is compared with the work tree", async () => {
  expect(await ended([], repository.stacks)).toBe(`2: merge base with main (${short(first)}) → the work tree`);
});

test("one ref is compared with the work tree, two with one another", async () => {
  expect(await ended(["main"], repository.stacks)).toBe(`2: main (${short(first)}) → the work tree`);
  expect(await ended(["HEAD"], repository.stacks)).toBe(`0: HEAD (${short(second)}) → the work tree`);
  expect(await ended(["change", "main"], repository.stacks)).toBe(`2: change (${short(second)}) → main (${short(first)})`);
  expect(await ended([first, second], repository.stacks)).toBe(`2: ${short(first)} → ${short(second)}`);
});

test.each(["HEAD~1", "main^{}", "main@{0}", "HEAD^{/the/../first}", "HEAD^{/the//first}", "heads/main"])(
  "a commit named %s is one",
  async (name) => {
    const message = "the/../first and the//first";
    if (name.includes("/the/")) {
      // Names that look like paths are no paths.
      repository.git("checkout", "-q", "--detach", first);
      repository.commit(message);
    }
    try {
      expect(await ended([name, first], repository.stacks)).toMatch(/^0: /);
    } finally {
      repository.git("checkout", "-q", "change");
    }
  },
);

test("a detached HEAD has a merge base too", async () => {
  repository.git("checkout", "-q", "--detach");
  expect(await ended([], repository.stacks)).toBe(`2: merge base with main (${short(first)}) → the work tree`);
  repository.git("checkout", "-q", "change");
});

test("a root that only the commits have is enough for two refs", async () => {
  repository.git("mv", "stacks", "moved");
  const moved = repository.commit("moved");
  expect(await ended(["main", "change~1"], join(repository.root, "stacks"))).toMatch(/^2: /);
  expect(await ended([moved, "main"], join(repository.root, "stacks"))).toMatch(/^2: /);
  repository.git("reset", "-q", "--hard", second);
});

test("a root through a link is the same root", async () => {
  const link = join(folderOf(), "link");
  symlinkSync(repository.root, link);
  expect(await ended(["main"], join(link, "stacks"))).toBe(`2: main (${short(first)}) → the work tree`);
});

test.each([
  ["mian", 'there is no commit "mian" here; did you mean main? A branch of the remote is brought with `git fetch origin`.'],
  [
    "--upload-pack=x",
    'there is no commit "--upload-pack=x" here; did you mean change? A branch of the remote is brought with `git fetch origin`.',
  ],
  ["main..change", '"main..change" is a range; name its two ends: `zirsakht diff main change`'],
])("the base %s is refused, and so is the head", async (name, message) => {
  expect(await ended([name], repository.stacks)).toBe(message);
  expect(await ended(["main", name], repository.stacks)).toBe(message);
});

test("a root outside of the repository, and a folder in none, are refused", async () => {
  const other = new GitRepository(freshRoot());
  const folder = freshRoot();
  expect(await ended(["main"], folder)).toBe(
    `${folder} lies in no git repository (fatal: not a git repository (or any of the parent directories): .git); run it in one, or compare two synth folders`,
  );
  symlinkSync(folder, join(other.root, "outside"));
  expect(await ended(["main"], join(other.root, "outside"))).toContain("lies in no git repository");
});

test("a repository without a commit, and one of another history, say to name the base", async () => {
  const empty = new GitRepository();
  mkdirSync(empty.stacks);
  expect(await ended([], empty.stacks)).toBe(
    "which branch is the default one is not known here; name the base, such as `zirsakht diff origin/main`",
  );
  const lone = new GitRepository(freshRoot());
  lone.git("checkout", "-q", "--orphan", "lone");
  lone.commit("lone");
  expect(await ended([], lone.stacks)).toBe(
    "main and HEAD have no commit in common; name the base to compare with, such as `zirsakht diff main`",
  );
  expect(await ended(["main"], lone.stacks)).toMatch(/^0: /);
});

test("a shallow clone compares what it holds, and says how to bring the rest", async () => {
  const clone = folderOf();
  execFileSync("git", ["clone", "-q", "--depth", "1", "--branch", "change", `file://${repository.root}`, clone]);
  expect(await ended(["HEAD"], join(clone, "stacks"))).toMatch(/^0: /);
  expect(await ended(["HEAD~1"], join(clone, "stacks"))).toBe(
    'there is no commit "HEAD~1" here; did you mean change? A branch of the remote is brought with `git fetch origin`. The clone is shallow: fetch what is missing with `git fetch --unshallow` (in CI: a fetch depth of 0).',
  );
});

describe("a side that is broken is named by its ref, with the place and what to do", () => {
  const broken = (change: (root: string) => void): string => {
    repository.git("checkout", "-q", "--detach", first);
    change(repository.stacks);
    const commit = repository.commit("broken");
    repository.git("branch", "-f", "broken", commit);
    repository.git("checkout", "-q", "change");
    return `broken (${short(commit)})`;
  };
  const mend = "cannot be read; mend it, or compare with another commit:";
  const write = (file: string, text: string) => (root: string) => writeFileSync(join(root, file), text);

  test.each([
    [
      "YAML that does not parse",
      write("estate.yaml", "a: [\n"),
      "estate.yaml:1:4: the bracket [ opens here and is never closed; write a ] where the list ends",
    ],
    [
      "a lock that does not parse",
      write("allocations.lock.json", "{"),
      "allocations.lock.json:1:2: not valid JSON: expected } to close the { of 1:1, got the end of the file; take the main branch's file whole (git checkout main -- stacks/allocations.lock.json), run `npx zirsakht allocate`, and run the other verbs of your branch (release, erase, roll) once more",
    ],
    [
      "a lock of another version",
      (root: string) => edit(root, "allocations.lock.json", { '"version": 1': '"version": 9' }),
      "allocations.lock.json:2:14: version: expected version 1; another version of zirsakht made this lock, use that one, got 9",
    ],
    [
      "a file's name that a log would obey",
      write("messengers/\n::error::\u001b[31m.yaml", ""),
      'messengers/\ufffd::error::\ufffd[31m.yaml:1:1: expected <id>.yaml as the name of a messenger\'s file, the id as in the file, got "\\n::error::\\u001b[31m.yaml"; rename it',
    ],
  ])("%s", async (_, change, problem) => {
    const name = broken(change);
    const message = `${name} ${mend}\nbroken:stacks/${problem}`;
    expect(await ended(["broken", "main"], repository.stacks)).toBe(message);
    expect(await ended(["main", "broken"], repository.stacks)).toBe(message);
  });

  test("a lock that is missing", async () => {
    const name = broken((root) => rmSync(join(root, "allocations.lock.json")));
    const message = `${name}: stacks has no allocations.lock.json; compare with a commit that has one`;
    expect(await ended(["broken"], repository.stacks)).toBe(message);
    expect(await ended(["main", "broken"], repository.stacks)).toBe(message);
  });

  test("an estate that is missing: before it all is new, after it nothing can be said", async () => {
    const name = broken((root) => rmSync(join(root, "estate.yaml")));
    expect(await ended(["broken", "main"], repository.stacks)).toMatch(/^2: broken/);
    expect(await ended(["main", "broken"], repository.stacks)).toBe(
      `${name} has no stacks/estate.yaml; name a ref that has one, or another --root`,
    );
  });

  test("an estate that is a link to a file outside", async () => {
    const name = broken((root) => {
      rmSync(join(root, "estate.yaml"));
      symlinkSync("/etc/passwd", join(root, "estate.yaml"));
    });
    const said = await ended(["broken", "main"], repository.stacks);
    expect(said).toContain(`${name} ${mend}`);
    expect(said).toContain("broken:stacks/estate.yaml is a link, and links of a commit are not followed");
    expect(said).not.toContain("root:");
  });

  test("coefficients that are none", async () => {
    const name = broken((root) => {
      mkdirSync(join(root, "../lib/sizing"), { recursive: true });
      writeFileSync(join(root, "../lib/sizing/coefficients.yaml"), "a: 1\n");
    });
    expect(await ended(["broken", "main"], repository.stacks)).toMatch(
      new RegExp(
        `^${name.replace(/[()]/g, "\\$&")}: lib/sizing/coefficients\\.yaml holds no coefficients; mend it, or compare with another commit: `,
      ),
    );
  });

  test("the work tree is named without a path of this machine, from wherever the command runs", async () => {
    const file = join(repository.stacks, "estate.yaml");
    const text = readFileSync(file, "utf8");
    const home = process.cwd();
    try {
      writeFileSync(file, "a: [\n");
      const message = `the work tree cannot be read; mend it:\nstacks/estate.yaml:1:4: the bracket [ opens here and is never closed; write a ] where the list ends`;
      expect(await ended(["main"], repository.stacks)).toBe(message);
      process.chdir(repository.root);
      expect(await ended(["main"], "stacks")).toBe(message);
      expect(await ended(["main"], "./stacks/")).toBe(message);
      process.chdir(repository.stacks);
      expect(await ended(["main"], ".")).toBe(message);
    } finally {
      process.chdir(home);
      writeFileSync(file, text);
    }
  });
});
