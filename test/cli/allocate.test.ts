import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, type AllocateOptions } from "../../lib/cli/allocate";
import type { Lock } from "../../lib/request/lock";
import { fixtures } from "../support/estate";

let root: string;
beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), "allocate-")), "stacks");
  cpSync(fixtures, root, { recursive: true });
  // Four shards, two of them parity: the shared pool of three racks can hold them.
  appendFileSync(join(root, "messengers/bale.yaml"), "profile: {ec_shards: 4, ec_parity: 2}\n");
});
afterEach(() => rmSync(join(root, ".."), { recursive: true }));

const lockFile = () => join(root, "allocations.lock.json");
const lock = () => JSON.parse(readFileSync(lockFile(), "utf8")) as Lock;

async function allocate(names: string[], options: Partial<AllocateOptions> = {}) {
  const printed = { out: [] as string[], err: [] as string[] };
  const terminal = { out: (text: string) => void printed.out.push(text), err: (text: string) => void printed.err.push(text), color: false };
  const code = await run(names, { root, format: "text", ...options }, terminal);
  return { code, out: printed.out.join("\n"), err: printed.err.join("\n") };
}

/** Grows an audience in the messenger's file. */
function grow(id: string, from: string, to: string): void {
  const file = join(root, `messengers/${id}.yaml`);
  const text = readFileSync(file, "utf8");
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

test("writes the lock and says what changed and why; again it changes nothing", async () => {
  const first = await allocate([], { asOf: "2026-11-24" });
  expect(first.code).toBe(0);
  expect(first.out).toMatch(/^- the pool at thr1: \+12 servers \(thr1-r08-s01…s04, thr1-r09-s01…s04, thr1-r10-s01…s04\), 12 in all \(/m);
  expect(first.out).toMatch(
    /^- soroush at thr1: \+3 compute servers \(thr1-r01-s01, thr1-r02-s01, thr1-r03-s01\), 3 in all, because on 2027-01-05 \(surge arrival-of-all \(all messengers\)\) it uses [\d.]+ threads, .* out at peak and, after the loss of the other site, [\d.]+ threads; at most 60% of its servers, 85% of what is left after a loss$/m,
  );
  expect(first.out).toMatch(/^- bale at thr1: threads of the pool 0 → \d+, because on 2026-12-20/m);
  expect(lock()).toMatchObject({ version: 1, asOf: "2026-11-24", horizon: "90d", coefficients: "1" });
  const bytes = readFileSync(lockFile());
  const second = await allocate([]);
  expect(second).toEqual({
    code: 0,
    err: "",
    out: "Allocation on 2026-11-24\n========================\n\nNothing changes: everybody has what is needed, or is recorded as short of it.",
  });
  expect(readFileSync(lockFile()).equals(bytes)).toBe(true);
  expect((await allocate([], { check: true })).code).toBe(0);
});

test("a need that fits is stale until it is allocated by name; nobody else's line changes", async () => {
  await allocate([], { asOf: "2026-11-24" });
  const before = lock();
  grow("hodhod", "active: 50k", "active: 1M");
  grow("hodhod", "registered: 200k", "registered: 2M");
  const check = await allocate([], { check: true });
  expect(check.code).toBe(2);
  expect(check.out).toContain("- hodhod: it fits; run allocate hodhod");
  expect(check.out).toMatch(/^- hodhod at mhd1, all: it has .* that it needs .*: about \d+ servers? (is|are) missing$/m);
  expect((await allocate(["soroush"], { check: true })).code).toBe(0);
  expect(lock()).toEqual(before);
  expect((await allocate(["hodhod"])).code).toBe(0);
  const after = lock();
  const others = ({ sites }: Lock) =>
    Object.values(sites).map(({ servers }) => Object.entries(servers).filter(([, line]) => line.messenger !== "hodhod"));
  expect(others(after)).toEqual(others(before));
  expect((await allocate([], { check: true })).code).toBe(0);
});

test("what does not fit is refused with all that is missing, and nothing is written", async () => {
  await allocate([], { asOf: "2026-11-24" });
  grow("hodhod", "active: 50k", "active: 15M");
  grow("hodhod", "registered: 200k", "registered: 20M");
  const before = readFileSync(lockFile());
  const refused = await allocate([]);
  expect(refused.code).toBe(1);
  expect(refused.out).toBe("");
  expect(refused.err).toContain(
    "Nothing is written, because not everything fits in this order (focus first, then by id); another order might fit, and --partial grants what does:",
  );
  expect(refused.err).toMatch(
    /^- hodhod at mhd1, all: with the \d+ general-48 servers that it holds and the \d+ in \d+ racks that are free at mhd1 it would have .* Missing: \d+ servers\. What would help: add \d+ general-48 servers or more/m,
  );
  expect(readFileSync(lockFile()).equals(before)).toBe(true);
  const check = await allocate([], { check: true });
  expect(check.code).toBe(2);
  expect(check.out).toContain("- hodhod: it does not fit in this order");
  const partial = await allocate([], { partial: true });
  expect(partial.code).toBe(0);
  expect(partial.out).toContain("What does not fit, and is recorded as short");
  expect(lock().sites.mhd1?.short.hodhod?.groups?.all).toBeGreaterThan(0);
  expect((await allocate([], { check: true })).code).toBe(0);
});

test("a dead server is a deficit: said, and nobody's fault", async () => {
  await allocate([], { asOf: "2026-11-24" });
  const estate = readFileSync(join(root, "estate.yaml"), "utf8");
  const [dead] = Object.keys(lock().sites.thr1?.servers ?? {}).filter((name) => name.includes("-r04-"));
  writeFileSync(
    join(root, "estate.yaml"),
    estate.replace('{thr1-r01-s07: "memory errors"}', `{thr1-r01-s07: "memory errors", ${dead ?? ""}: "no disk"}`),
  );
  const check = await allocate([], { check: true });
  expect(check.code).toBe(0);
  expect(check.out).toMatch(
    new RegExp(
      `^- soroush at thr1, object: without ${dead ?? ""} \\(no disk\\), it has .* \\(law 4, every loss of a rack or site is survived\\)\\. What would mend it: mend ${dead ?? ""}, or release it, which grants another in its place where one fits\\.$`,
      "m",
    ),
  );
});

test("a lowered uplink is a broken promise", async () => {
  await allocate([], { asOf: "2026-11-24" });
  const estate = readFileSync(join(root, "estate.yaml"), "utf8");
  writeFileSync(join(root, "estate.yaml"), estate.replace("uplink: 400 Gbit/s", "uplink: 1 Gbit/s"));
  const check = await allocate([], { check: true });
  expect(check.code).toBe(2);
  expect(check.out).toMatch(/^- thr1: of the uplink of thr1 900 Mbit\/s may be promised out and .* are; bale, soroush bear it$/m);
  const { code, out } = await allocate([]);
  expect({ code, said: out.split("\n").filter((line) => /^Nothing changes|^Broken promises|bear it$/.test(line)) }).toEqual({
    code: 0,
    said: [
      "Nothing changes: nobody lacks anything that can be granted; what else is broken is said below.",
      "Broken promises: a law fails though everything is taken as alive; put back what the estate lost, or release what is promised",
      expect.stringMatching(/^- thr1: of the uplink of thr1 900 Mbit\/s may be promised out and .* bear it$/) as string,
    ],
  });
});

test("what if: --set tries another file and writes nothing", async () => {
  await allocate([], { asOf: "2026-11-24" });
  const before = readFileSync(lockFile());
  const tried = await allocate(["soroush"], { check: true, set: ["audience.active=900k"] });
  expect(tried.code).toBe(2);
  expect(tried.out).toContain("What would change");
  expect(readFileSync(lockFile()).equals(before)).toBe(true);
});

test("the book date moves by --as-of, forward, for all", async () => {
  await allocate([], { asOf: "2026-11-24" });
  const moved = await allocate([], { asOf: "2026-12-01" });
  expect(moved.out).toContain("The book date moves from 2026-11-24 to 2026-12-01.");
  expect(lock().asOf).toBe("2026-12-01");
  await expect(allocate([], { asOf: "2026-11-30" })).rejects.toThrow(
    "--as-of 2026-11-30: the book date is 2026-12-01 and moves forward only",
  );
});

test("without a lock the book date is today, and --check says that all are stale", async () => {
  const check = await allocate([], { check: true });
  expect(check.code).toBe(2);
  expect(existsSync(lockFile())).toBe(false);
  await allocate([]);
  expect(lock().asOf).toBe(new Date().toISOString().slice(0, 10));
});

test.each([
  [["soroush"], { set: ["audience.active=1M"] }, "--set tries values and writes nothing; add --check"],
  [[], { partial: true, check: true }, "--partial writes what fits and --check writes nothing; take one of them"],
  [["soroush"], { asOf: "2026-12-01" }, "--as-of moves the book date of all messengers at once; leave out soroush"],
  [[], { asOf: "2026-02-30" }, "--as-of 2026-02-30: expected a day that exists, as YYYY-MM-DD, such as 2026-11-24"],
  [["sorush"], {}, /there is no messenger "sorush": .* does not exist; did you mean soroush\?/],
])("%j with %j is refused", async (names, options, message) => {
  await expect(allocate(names, options)).rejects.toThrow(message);
  expect(existsSync(lockFile())).toBe(false);
});

test("bad input touches nothing", async () => {
  await allocate([], { asOf: "2026-11-24" });
  const before = readFileSync(lockFile());
  grow("bale", "active: 60k", "active: -3");
  await expect(allocate([])).rejects.toThrow(/bale\.yaml:\d+:\d+: /);
  expect(readFileSync(lockFile()).equals(before)).toBe(true);
});

test("json is one document, and markdown the same page for a pull request", async () => {
  const json = JSON.parse((await allocate([], { asOf: "2026-11-24", format: "json" })).out) as Record<string, unknown>;
  expect(json).toMatchObject({ version: 1, asOf: "2026-11-24", written: true, refused: [], stale: [], deficits: [], violations: [] });
  const check = JSON.parse((await allocate([], { check: true, format: "json" })).out) as Record<string, unknown>;
  expect(check).toMatchObject({ version: 1, stale: [], fits: [], violations: [], fittingShorts: [] });
  expect((await allocate([], { format: "markdown" })).out).toMatch(/^## Allocation on 2026-11-24\n\nNothing changes/);
});
