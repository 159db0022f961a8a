import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../lib/cli/release";
import type { LockVerbOptions } from "../../lib/cli/lockVerb";
import { edit } from "../support/root";
import { freshRoot } from "./freshRoot";
import { lockOf, ran, textOf } from "./run";

let root: string;
beforeEach(() => (root = freshRoot()));

const release = (names: string[], options: Partial<LockVerbOptions> = {}) =>
  ran(root, (terminal) => run(names, { root, format: "text", ...options }, terminal));
const shrink = () =>
  edit(root, "messengers/soroush.yaml", {
    "registered: 1M, active: 500k": "registered: 1M, active: 5k",
    "200k": "2k",
    "600k": "6k",
    "800k": "8k",
  });

test("nothing to give back changes nothing", async () => {
  const before = textOf(root);
  expect(await release(["soroush"])).toEqual({
    code: 0,
    out: "Release of soroush on 2026-11-24\n================================\n\nNothing changes.",
    error: "",
  });
  expect((await release(["soroush"], { check: true })).code).toBe(0);
  expect(textOf(root)).toBe(before);
});

test("--check says what would change and ends with 2; then it is written, and only soroush's lines change", async () => {
  shrink();
  const before = textOf(root);
  const preview = await release(["soroush"], { check: true });
  expect(preview.code).toBe(2);
  expect(preview.out).toContain("Nothing is written; this is what would change.");
  expect(textOf(root)).toBe(before);
  const done = await release(["soroush"]);
  expect(done.code).toBe(0);
  expect(done.out).toBe(preview.out.replace("Nothing is written; this is what would change.", "The lock is written."));
  expect(done.out).toMatch(/^- soroush at thr1, compute: \d+ servers? granted → draining \(thr1-r0\d-s0\d.*\)$/m);
  expect(done.out).toMatch(/^- soroush at thr1: bandwidth out [\d.]+ [GM]bit\/s → [\d.]+ [GM]bit\/s \(it needs no more\)$/m);
  expect(done.out).toMatch(/^ {4}kubectl --context thr1 drain thr1-r0[\w -]+ --ignore-daemonsets --delete-emptydir-data$/m);
  expect(done.out).not.toContain("delete node");
  expect(done.out).toMatch(/^ {4}once nothing runs on them: zirsakht erase thr1-r0[\w -]+$/m);
  const [old, now] = [before.split("\n"), textOf(root).split("\n")];
  for (const line of now.filter((each) => !old.includes(each))) expect(line).toContain("soroush");
  expect((await release(["soroush"])).out).toContain("Nothing changes.");
});

test("a server is replaced; of a dead one only the node is deleted, as its pods never end", async () => {
  const [server = ""] = Object.entries(lockOf(root).sites.thr1?.servers ?? {}).flatMap(([name, { group }]) =>
    group === "compute" ? [name] : [],
  );
  edit(root, "estate.yaml", { '{thr1-r01-s07: "memory errors"}': `{thr1-r01-s07: "memory errors", ${server}: "no disk"}` });
  const { code, out } = await release([server]);
  expect(code).toBe(0);
  expect(out).toContain(`Release of ${server} on 2026-11-24`);
  expect(out).toMatch(/^- soroush at thr1: \+1 compute server \(thr1-r0\d-s0\d\), \d+ in all \(it uses /m);
  expect(out).toContain(`    kubectl --context thr1 delete node ${server}`);
  expect(out).not.toContain("kubectl --context thr1 drain");
  expect(lockOf(root).sites.thr1?.servers[server]?.state).toBe("draining");
});

test("hosts that join no cluster have no node to drain", async () => {
  appendFileSync(join(root, "messengers/hodhod.yaml"), "lifecycle: retired\n");
  const { out } = await release(["hodhod"]);
  expect(out).toMatch(/^- hodhod at mhd1, all: \d+ servers granted → draining/m);
  expect(out).not.toContain("kubectl");
});

test("json is one document", async () => {
  shrink();
  const { code, out } = await release(["soroush"], { check: true, format: "json" });
  expect(code).toBe(2);
  const document = JSON.parse(out) as Record<string, unknown>;
  expect(Object.keys(document)).toEqual([
    "version",
    "asOf",
    "written",
    "moves",
    "changes",
    "rested",
    "egress",
    "notes",
    "commands",
    "commandsOnceWiped",
  ]);
  expect(document).toMatchObject({ version: 1, asOf: "2026-11-24", written: false });
});

test("markdown shows the commands as code", async () => {
  shrink();
  const { out } = await release(["soroush"], { check: true, format: "markdown" });
  expect(out).toMatch(/^## Release of soroush on 2026-11-24\n\nNothing is written; this is what would change\.\n\n### Servers\n\n- /);
  expect(out).toMatch(/### Run by hand, once this is applied\n\n {4}kubectl /);
});

test.each([
  [["sorush"], 'there is no messenger "sorush": messengers/sorush.yaml does not exist; did you mean soroush?'],
  [["soroush", "bale"], "release takes one messenger, or servers; got soroush, bale"],
  [["soroush", "thr1-r01-s01"], "release takes one messenger, or servers; got soroush, thr1-r01-s01"],
  [["thr1-r01-s99"], "there is no server thr1-r01-s99, did you mean thr1-r01-s01?"],
  [["thr1-r01-s08", "thr1-r07-s06"], "thr1-r01-s08 is held by nobody\nthr1-r07-s06 is held by nobody"],
])("%j is refused", async (names, message) => {
  const before = textOf(root);
  expect(await release(names)).toEqual({ code: undefined, out: "", error: message });
  expect(textOf(root)).toBe(before);
});

test("without a lock there is nothing to give back", async () => {
  rmSync(join(root, "allocations.lock.json"));
  const { error } = await release(["soroush"]);
  expect(error.replaceAll(root, "ROOT")).toBe("ROOT has no allocations.lock.json; write it with `npx zirsakht allocate --root ROOT`");
});
