import fs, { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import os, { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { codeDigest } from "../../lib/memory/codeDigest";
import { memoryOf, userCache } from "../../lib/memory/userMemory";
import { bringPrograms } from "../../lib/twin/programs/programs";

const { XDG_CACHE_HOME: before } = process.env;
afterEach(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
  delete process.env.CDKTF_OUTDIR;
});

test("lies among the user's caches, whatever the root folder is", () => {
  delete process.env.XDG_CACHE_HOME;
  expect(userCache()).toBe(join(homedir(), ".cache/zirsakht"));
  process.env.XDG_CACHE_HOME = "relative";
  expect(userCache()).toBe(join(homedir(), ".cache/zirsakht"));
  const cache = mkdtempSync(join(tmpdir(), "cache-"));
  process.env.XDG_CACHE_HOME = cache;
  const recalled = (root: string) => {
    const memory = memoryOf(root);
    const result = memory.recall("root", ["same"], () => root);
    memory.save();
    return result;
  };
  expect([recalled("/one"), recalled("/two"), recalled("/one/")]).toEqual(["/one", "/two", "/one"]);
  expect(existsSync(join(cache, "zirsakht/memory"))).toBe(true);
  rmSync(cache, { recursive: true });
});

describe("where the user has no cache", () => {
  afterEach(() => jest.restoreAllMocks());

  test.each<readonly [why: string, home: () => string]>([
    ["an empty HOME", () => ""],
    ["a HOME that hangs on the folder one is in", () => "home"],
    [
      "neither a HOME nor a line in passwd",
      () => {
        throw new Error("ENOENT: no such file or directory, uv_os_homedir");
      },
    ],
  ])("for %s, nothing is remembered, and the twin says what to set", async (_, home) => {
    delete process.env.XDG_CACHE_HOME;
    jest.spyOn(os, "homedir").mockImplementation(home);
    expect(userCache()).toBeUndefined();
    const made = [1, 2].map((value) => {
      const memory = memoryOf("/one");
      const result = memory.recall("root", ["same"], () => value);
      memory.save();
      return result;
    });
    expect(made).toEqual([1, 2]);
    await expect(bringPrograms({ progress: () => undefined })).rejects.toThrow(
      "this user has no home folder to keep the twin's programs in; set XDG_CACHE_HOME to the absolute path of a folder",
    );
    expect(existsSync(".cache")).toBe(false);
  });
});

test("the first run on a root forgets memories that nobody used for 90 days", () => {
  const cache = mkdtempSync(join(tmpdir(), "cache-"));
  process.env.XDG_CACHE_HOME = cache;
  const remember = (root: string) => {
    const memory = memoryOf(root);
    memory.recall("root", ["same"], () => root);
    memory.save();
  };
  const memories = join(cache, "zirsakht/memory");
  remember("/old");
  const [old = ""] = readdirSync(memories);
  remember("/recent");
  const days = (count: number) => Date.now() / 1000 - count * 86_400;
  for (const name of readdirSync(memories)) utimesSync(join(memories, name), days(0), days(name === old ? 91 : 89));
  remember("/recent");
  expect(readdirSync(memories)).toContain(old);
  remember("/new");
  expect(readdirSync(memories)).toHaveLength(2);
  expect(readdirSync(memories)).not.toContain(old);
  rmSync(cache, { recursive: true });
});

test("the code's digest is the same from run to run, and another one where cdktf is set otherwise", () => {
  const digest = codeDigest();
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(codeDigest()).toBe(digest);
  process.env.CDKTF_OUTDIR = "elsewhere";
  expect(codeDigest()).not.toBe(digest);
});

test("the code's digest takes in the versions of what a company brings itself, as of what the library brings", () => {
  const read = jest.spyOn(fs, "readFileSync");
  codeDigest();
  const files = read.mock.calls.map(([file]) => String(file));
  read.mockRestore();
  for (const name of ["cdktf", "constructs", "@cdktf/provider-kubernetes", "zod"])
    expect(files.filter((file) => file.endsWith(join("node_modules", name, "package.json")))).toHaveLength(1);
});
