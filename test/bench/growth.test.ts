import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { growth } from "../../bench/growth";

jest.mock("node:child_process", () => ({ ...jest.requireActual<object>("node:child_process"), spawnSync: jest.fn() }));

const verbs = ["allocate", "validate", "size", "synth", "status"];
const argumentAfter = (args: readonly string[], name: string) => args[args.indexOf(name) + 1] ?? "";

/** What a run found: the verb, what the memory held, and what was there of the lock and of the output. */
const found: string[] = [];

/** A command line that remembers which verbs ran, with `validate` remembering nothing. */
function fake(_command: string, args: readonly string[]) {
  const verb = args.find((each) => verbs.includes(each)) ?? "";
  const cache = process.env.XDG_CACHE_HOME ?? "";
  const [lock, out] = [join(argumentAfter(args, "--root"), "allocations.lock.json"), argumentAfter(args, "--out")];
  const state =
    verb === "synth" ? (existsSync(out) ? readFileSync(join(out, "stack"), "utf8") : "nothing") : existsSync(lock) ? "lock" : "";
  found.push(`${[verb, state].filter(Boolean).join(" on ")}: ${readdirSync(cache).join(" ") || "-"}`);
  const isLater = state === "first" || args.some((each) => /^m\d+$/.test(each));
  if (verb !== "validate") writeFileSync(join(cache, isLater ? `${verb}Later` : verb), "");
  if (verb === "allocate") writeFileSync(lock, '{"sites": {"s0": {"servers": {"a": {}, "b": {}}}}}');
  if (verb === "synth") {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, "stack"), state === "nothing" ? "first" : "second");
  }
  return { status: 0, output: [null, "", "", "1024"] };
}

test("a verb is measured with an empty memory, then with what it left or what was there before one grew; the user's own is as it was", () => {
  const folder = mkdtempSync(join(tmpdir(), "zirsakht-growth-"));
  const progress = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const before = process.env.XDG_CACHE_HOME;
  jest.mocked(spawnSync).mockImplementation(fake as never);
  try {
    growth([10, 20], join(folder, "speed.md"));
    expect(readFileSync(join(folder, "speed.md"), "utf8")).toContain("| granted servers |   2 |   2 |");
  } finally {
    progress.mockRestore();
    rmSync(folder, { recursive: true });
  }
  expect(process.env.XDG_CACHE_HOME).toBe(before);
  const thrice = (run: string) => [run, run, run];
  expect(found.slice(0, found.length / 2)).toEqual(
    [
      "allocate: -",
      "allocate: allocate",
      "validate on lock: -",
      "size on lock: -",
      "size on lock: size",
      "size on lock: -",
      "size on lock: size",
      "synth on nothing: -",
      "synth on nothing: synth",
      "allocate on lock: -",
      "allocate on lock: allocate",
      "synth on first: -",
      "synth on first: synth",
    ].flatMap(thrice),
  );
});
