import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stackOf, writeFolder, writeSources } from "../../lib/cli/outputFolder";
import { textOf } from "../../lib/request/textFile";

const parent = mkdtempSync(join(tmpdir(), "folder-"));
const folder = join(parent, "out");
beforeEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => rmSync(parent, { recursive: true }));

const everything = { isAsked: (): boolean => true };
const files = (...entries: [string, string][]): Map<string, string> => new Map(entries);
const text = (path: string): string | undefined => textOf(join(folder, path));

test("writes what is new or changed, and removes what it wrote before, with the folders that are empty then", () => {
  expect(writeFolder(folder, files(["a/b/one", "1"], ["a/two", "2"], ["three", "3"]), everything)).toEqual({ written: 3, removed: 0 });
  utimesSync(join(folder, "three"), 1, 1);
  expect(writeFolder(folder, files(["a/two", "changed"], ["three", "3"]), everything)).toEqual({ written: 1, removed: 1 });
  expect(text("a/two")).toBe("changed");
  expect(existsSync(join(folder, "a/b"))).toBe(false);
  expect(statSync(join(folder, "three")).mtimeMs).toBe(1000);
  expect(text(".zirsakht.json")).toBe('{\n  "version": 1,\n  "files": [\n    "a/two",\n    "three"\n  ]\n}\n');
});

test("files that are not asked about stay, and stay known", () => {
  writeFolder(folder, files(["a", "1"], ["b", "2"]), everything);
  expect(writeFolder(folder, files(["c", "3"]), { isAsked: (path) => path === "a" })).toEqual({ written: 1, removed: 1 });
  expect([text("a"), text("b"), text("c")]).toEqual([undefined, "2", "3"]);
  expect(writeFolder(folder, files(), everything)).toEqual({ written: 0, removed: 2 });
});

test("what others wrote stays, also in a folder that is no longer ours", () => {
  writeFolder(folder, files(["a/one", "1"]), everything);
  writeFileSync(join(folder, "a/theirs"), "x");
  writeFileSync(join(folder, "a/theirs.12"), "x");
  writeFolder(folder, files(), everything);
  expect([text("a/one"), text("a/theirs"), text("a/theirs.12")]).toEqual([undefined, "x", "x"]);
});

test("a text that a killed run did not name yet goes, and its file is made anew", () => {
  mkdirSync(join(folder, "a"), { recursive: true });
  writeFileSync(join(folder, "a/one.1234"), "ha");
  writeFolder(folder, files(["a/one", "whole"]), everything);
  expect([text("a/one"), text("a/one.1234")]).toEqual(["whole", undefined]);
});

test.each([
  ["that is no JSON", "{"],
  ["without files", "{}"],
  ["with paths that lead out of the folder", JSON.stringify({ files: ["../outside", "/etc/x", "a/../../outside", 5, ""] })],
])("a record %s removes nothing", (_, record) => {
  mkdirSync(folder);
  writeFileSync(join(parent, "outside"), "x");
  writeFileSync(join(folder, ".zirsakht.json"), record);
  expect(writeFolder(folder, files(["one", "1"]), everything)).toEqual({ written: 1, removed: 0 });
  expect(readFileSync(join(parent, "outside"), "utf8")).toBe("x");
});

test.each([
  ["stacks/soroush.thr1/cdk.tf.json", "soroush.thr1"],
  ["manifests/thr1/soroush.thr1.yaml", "soroush.thr1"],
  ["network/thr1.yaml", undefined],
  ["manifest.json", undefined],
])("%s is about the stack %s", (path, stack) => {
  expect(stackOf(path)).toBe(stack);
});

test("whoever writes under a record of his own removes nobody else's files", () => {
  writeFolder(folder, files(["stacks/one", "1"]), everything);
  expect(writeFolder(folder, files(["tables.csv", "2"]), { ...everything, recordFile: ".other.json" })).toEqual({ written: 1, removed: 0 });
  expect(writeFolder(folder, files(), { ...everything, recordFile: ".other.json" })).toEqual({ written: 0, removed: 1 });
  expect(textOf(join(folder, "stacks/one"))).toBe("1");
});

test("people's own files are never removed, and written where they change only", () => {
  expect(writeSources(folder, files(["estate.yaml", "1"], ["hosts.csv", "2"]))).toBe(2);
  expect(writeSources(folder, files(["estate.yaml", "1"]))).toBe(0);
  writeFolder(folder, files(["stacks/one", "1"]), everything);
  writeFolder(folder, files(), everything);
  expect([textOf(join(folder, "estate.yaml")), textOf(join(folder, "hosts.csv"))]).toEqual(["1", "2"]);
});
