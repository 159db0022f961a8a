import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Repository } from "../../lib/git/repository";
import { InputError } from "../../lib/request/problem";
import { GitRepository } from "../support/gitRepository";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function folderOf(): string {
  const folder = mkdtempSync(join(tmpdir(), "files-"));
  folders.push(folder);
  return folder;
}

/** A repository with a file in stacks/, and one beside it. */
function small(): GitRepository {
  const repository = new GitRepository();
  mkdirSync(repository.stacks);
  writeFileSync(join(repository.stacks, "estate.yaml"), "horizon: 90\n");
  writeFileSync(join(repository.root, "beside"), "not ours\n");
  repository.commit("the first");
  return repository;
}

/** What the work is refused with. */
async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "";
}

/** Reads a commit's files: the text of each, or why there is none. */
async function filesOf(repository: GitRepository, commit: string, path = "stacks"): Promise<(file: string) => string> {
  const files = await (await Repository.of(repository.root)).filesOf(commit, path, "the ref");
  return (file) => {
    const read = files.bytes(`the ref:${file}`, 1000);
    return "bytes" in read ? read.bytes.toString() : read.problem.message;
  };
}

test("a commit's files are found under their paths from the top, and none beside them", async () => {
  const repository = small();
  const text = await filesOf(repository, repository.git("rev-parse", "HEAD"));
  expect(text("stacks/estate.yaml")).toBe("horizon: 90\n");
  expect(text("stacks")).toBe("the ref:stacks is a folder, expected a file");
  expect(text("beside")).toBe("the ref:beside does not exist");
});

test("files are as the disk would have them: of one content, empty, of any bytes, and too large", async () => {
  const repository = small();
  const bytes = Buffer.from([0, 255, 10, 13, 10]);
  for (const name of ["a.csv", "b.csv"]) writeFileSync(join(repository.stacks, name), bytes);
  writeFileSync(join(repository.stacks, "empty.csv"), "");
  writeFileSync(join(repository.stacks, "large.csv"), "x".repeat(1001));
  mkdirSync(join(repository.stacks, "messengers"));
  writeFileSync(join(repository.stacks, "messengers/bale.yaml"), "");
  const commit = repository.commit("files");
  const files = await (await Repository.of(repository.root)).filesOf(commit, "stacks", "main");
  for (const name of ["a.csv", "b.csv"]) expect(files.bytes(`main:stacks/${name}`, 1000)).toEqual({ bytes });
  expect(files.bytes("main:stacks/empty.csv", 1000)).toEqual({ bytes: Buffer.from("") });
  expect(files.bytes("main:stacks/large.csv", 1000)).toMatchObject({
    problem: { message: expect.stringContaining("has 1001 bytes, at most 1000 are read") as string },
  });
  expect([...files.names("main:stacks")].sort()).toEqual(["a.csv", "b.csv", "empty.csv", "estate.yaml", "large.csv", "messengers"]);
  expect(files.names("main:stacks/messengers")).toEqual(["bale.yaml"]);
  expect(() => files.names("main:stacks/none")).toThrow("does not exist");
  expect([files.exists("main:stacks/a.csv"), files.exists("main:stacks/messengers"), files.exists("main:stacks/none")]).toEqual([
    true,
    true,
    false,
  ]);
});

test.each(["a b", "a'b\"c", "-rf", "a\nb", "نام", ":(glob)x", "a:b"])("a file named %j is brought as it is", async (name) => {
  const repository = small();
  mkdirSync(join(repository.stacks, "messengers"));
  writeFileSync(join(repository.stacks, "messengers", name), name);
  const text = await filesOf(repository, repository.commit("a name"));
  expect(text(`stacks/messengers/${name}`)).toBe(name);
});

const read = ["estate.yaml", "allocations.lock.json", "main.ts", "thr1-hosts.csv", "messengers/bale.yaml"];
const unread = ["README.md", "video.bin", "old/estate.yaml", "old/hosts.csv", "messengers/old/bale.yaml"];

test.each(["stacks", ""])("below %j, what is no file of the company's is listed and not brought, however large", async (path) => {
  const repository = small();
  const folder = join(repository.root, path);
  for (const name of [...read, ...unread]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), read.includes(name) ? `in ${name}` : randomBytes(10_000));
  }
  const commit = repository.commit("files");
  for (const name of unread) {
    const id = repository.git("rev-parse", `${commit}:${join(path, name)}`);
    // A broken object has a size, and cannot be brought.
    const object = join(repository.root, ".git/objects", id.slice(0, 2), id.slice(2));
    chmodSync(object, 0o600);
    truncateSync(object, 5_000);
  }
  const text = await filesOf(repository, commit, path);
  expect(read.map((name) => text(join(path, name)))).toEqual(read.map((name) => `in ${name}`));
  expect(unread.map((name) => text(join(path, name)))).toEqual(
    unread.map((name) => `the ref:${join(path, name)} is none of the files that zirsakht reads, and was not brought`),
  );
});

test("a folder of files with spaces and quotes in its name is brought too", async () => {
  const repository = small();
  mkdirSync(join(repository.root, "a 'b'"));
  writeFileSync(join(repository.root, "a 'b'/estate.yaml"), "x");
  const text = await filesOf(repository, repository.commit("a folder"), "a 'b'");
  expect(text("a 'b'/estate.yaml")).toBe("x");
});

test("a link of a commit is not followed, so nothing outside is read", async () => {
  const repository = small();
  rmSync(join(repository.stacks, "estate.yaml"));
  symlinkSync("/etc/passwd", join(repository.stacks, "estate.yaml"));
  const text = await filesOf(repository, repository.commit("a link"));
  expect(text("stacks/estate.yaml")).toBe(
    "the ref:stacks/estate.yaml is a link, and links of a commit are not followed; give the folder that it points to as --root",
  );
});

test.each(["stacks", "stacks/messengers"])("a commit in which %s is a link is refused", async (path) => {
  const repository = small();
  rmSync(join(repository.root, path), { recursive: true, force: true });
  symlinkSync("/etc", join(repository.root, path));
  const commit = repository.commit("a link");
  expect(await refusal(filesOf(repository, commit))).toBe(
    `the ref: ${path} is a link, and links of a commit are not followed; give the folder that it points to as --root`,
  );
});

test.each(["stacks", "stacks/messengers"])("a commit in which %s is a submodule is refused, not taken for empty", async (path) => {
  const repository = small();
  repository.git("rm", "-rq", "--cached", "stacks");
  repository.git("update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},${path}`);
  repository.git("commit", "-q", "-m", "a submodule");
  expect(await refusal(filesOf(repository, repository.git("rev-parse", "HEAD")))).toBe(
    `the ref: ${path} is a submodule, whose files the commit does not hold; run it inside the submodule`,
  );
});

test("a folder inside a submodule is refused by the submodule's name", async () => {
  const repository = small();
  repository.git("update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},deps`);
  repository.git("commit", "-q", "-m", "a submodule");
  expect(await refusal(filesOf(repository, repository.git("rev-parse", "HEAD"), "deps/stacks"))).toBe(
    "the ref: deps is a submodule, whose files the commit does not hold; run it inside the submodule",
  );
});

test("neither index, nor hooks, nor what git would share between indexes is touched", async () => {
  const repository = small();
  repository.git("config", "core.splitIndex", "true");
  repository.git("config", "splitIndex.maxPercentChange", "0");
  const kept = (): string[] => [repository.state(), ...readdirSync(join(repository.root, ".git"))];
  const before = kept();
  const hook = join(repository.root, ".git/hooks/post-index-change");
  mkdirSync(join(repository.root, ".git/hooks"), { recursive: true });
  writeFileSync(hook, `#!/bin/sh\ntouch '${repository.root}/hooked'\n`, { mode: 0o755 });
  await filesOf(repository, repository.git("rev-parse", "HEAD"));
  rmSync(hook);
  expect(existsSync(join(repository.root, "hooked"))).toBe(false);
  expect(kept()).toEqual(before);
});

test("a sparse checkout hides nothing of a commit", async () => {
  const repository = small();
  const commit = repository.git("rev-parse", "HEAD");
  repository.git("sparse-checkout", "set", "nothing");
  expect((await filesOf(repository, commit))("stacks/estate.yaml")).toBe("horizon: 90\n");
});

test("the path of a folder is told through links, and where it does not exist yet", async () => {
  const repository = small();
  const link = join(folderOf(), "link");
  symlinkSync(repository.root, link);
  const there = await Repository.of(join(link, "stacks"));
  expect(there.pathOf(join(link, "stacks"))).toBe("stacks");
  expect(there.pathOf(join(link, "to come/stacks"))).toBe("to come/stacks");
  expect(there.pathOf(join(repository.root, "..stacks"))).toBe("..stacks");
  expect(there.pathOf(repository.root)).toBe("");
  expect(await refusal(Promise.resolve().then(() => there.pathOf(tmpdir())))).toBe(
    `${tmpdir()} lies outside the repository ${repository.root}; give a --root inside it`,
  );
});

test("a folder that does not exist is looked for in the repository that it would lie in", async () => {
  const { root } = small();
  expect((await Repository.of(join(root, "to come/stacks"))).top).toBe(root);
});

test("outside of every repository it is said so, in English whatever the user's language", async () => {
  const folder = folderOf();
  expect(await refusal(Repository.of(folder))).toBe(
    `${folder} lies in no git repository (fatal: not a git repository (or any of the parent directories): .git); run it in one, or compare two synth folders`,
  );
});

test("a repository that git does not trust is named with what allows it", () => {
  const { root } = small();
  const script = `require(${JSON.stringify(join(__dirname, "../../dist/lib/git/repository.js"))}).Repository.of(process.argv[1]).catch((e) => console.log(e.message))`;
  const env = { ...process.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: "1", HOME: "/nonexistent" };
  expect(execFileSync("node", ["-e", script, root], { env, encoding: "utf8" })).toBe(
    `git does not trust ${root}, for another user owns it; allow it with \`git config --global --add safe.directory ${root}\`\n`,
  );
});

test.each([
  ["mian", 'there is no commit "mian" here; did you mean main? A branch of the remote is brought with `git fetch origin`.'],
  ["", 'there is no commit "" here; did you mean main? A branch of the remote is brought with `git fetch origin`.'],
  ["-x", 'there is no commit "-x" here; did you mean main? A branch of the remote is brought with `git fetch origin`.'],
  [
    "--upload-pack=x",
    'there is no commit "--upload-pack=x" here; did you mean main? A branch of the remote is brought with `git fetch origin`.',
  ],
  ["HEAD^{tree}", 'there is no commit "HEAD^{tree}" here; did you mean main? A branch of the remote is brought with `git fetch origin`.'],
  ["main..next", '"main..next" is a range; name its two ends: `zirsakht diff main next`'],
  ["main...", '"main..." is a range; name its two ends: `zirsakht diff main HEAD`'],
])("the ref %j is refused", async (ref, message) => {
  expect(await refusal((await Repository.of(small().root)).commitOf(ref))).toBe(message);
});

test("a repository without a commit is told so", async () => {
  const { root } = new GitRepository();
  const repository = await Repository.of(root);
  expect(await refusal(repository.commitOf("HEAD"))).toBe(
    'there is no commit "HEAD" here. A branch of the remote is brought with `git fetch origin`.',
  );
  expect(await refusal(repository.defaultBranch())).toBe(
    "which branch is the default one is not known here; name the base, such as `zirsakht diff origin/main`",
  );
});

test("a shallow clone says how to bring what it lacks", async () => {
  const source = new GitRepository();
  source.commit("one");
  source.git("checkout", "-q", "-b", "side");
  source.commit("two");
  source.git("checkout", "-q", "main");
  const old = source.commit("three");
  source.commit("four");
  const clone = folderOf();
  execFileSync("git", ["clone", "-q", "--depth", "1", "--no-single-branch", `file://${source.root}`, clone]);
  const shallow = await Repository.of(clone);
  expect(await refusal(shallow.commitOf(old))).toBe(
    `there is no commit "${old}" here; did you mean main? A branch of the remote is brought with \`git fetch origin\`. The clone is shallow: fetch what is missing with \`git fetch --unshallow\` (in CI: a fetch depth of 0).`,
  );
  expect(await refusal(shallow.mergeBaseOf("origin/side", "HEAD"))).toBe(
    "the clone is shallow and does not hold the commit that origin/side and HEAD have in common; bring the history with `git fetch --unshallow` (in CI: a fetch depth of 0)",
  );
});

test("histories without a common commit are told by the refs' names", async () => {
  const repository = small();
  repository.git("checkout", "-q", "--orphan", "lone");
  repository.commit("lone");
  expect(await refusal((await Repository.of(repository.root)).mergeBaseOf("main", "HEAD"))).toBe(
    "main and HEAD have no commit in common; name the base to compare with, such as `zirsakht diff main`",
  );
});

test("the default branch is the remote's, else main or master", async () => {
  const source = small();
  const here = await Repository.of(source.root);
  expect(await here.defaultBranch()).toBe("main");
  source.git("branch", "-m", "main", "master");
  expect(await here.defaultBranch()).toBe("master");
  source.git("branch", "-m", "master", "trunk");
  const clone = folderOf();
  execFileSync("git", ["clone", "-q", `file://${source.root}`, clone]);
  expect(await (await Repository.of(clone)).defaultBranch()).toBe("origin/trunk");
});
