import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../lib/cli/diff";
import { configIn, isSynthFolder, stackTextsIn } from "../../lib/cli/diffFolder";
import type { ExitCode, Terminal } from "../../lib/cli/terminal";
import { ran } from "./run";

const diff = (names: readonly string[], terminal: Terminal) =>
  run(names, { root: "stacks", format: "text" }, terminal) as Promise<ExitCode>;

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder with these files. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "folder-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const list = (...stacks: string[]): string => JSON.stringify({ stacks: Object.fromEntries(stacks.map((stack) => [stack, {}])) });
const refusal = (folder: string, work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, "");
  }
  return "";
};

test("a folder with cdktf's list is a synth's, another is none", () => {
  expect([isSynthFolder(folderOf({ "manifest.json": list() })), isSynthFolder(folderOf({})), isSynthFolder("main")]).toEqual([
    true,
    false,
    false,
  ]);
});

test("the stacks of the list are read, in order of names", () => {
  const folder = folderOf({
    "manifest.json": list("b.thr1", "a.thr1"),
    "stacks/a.thr1/cdk.tf.json": "1",
    "stacks/b.thr1/cdk.tf.json": "2",
  });
  expect([...stackTextsIn(folder)]).toEqual([
    ["a.thr1", "1"],
    ["b.thr1", "2"],
  ]);
});

test("a stack that the list names and the folder lacks is told", () => {
  const folder = folderOf({ "manifest.json": list("a.thr1") });
  expect(refusal(folder, () => stackTextsIn(folder))).toBe(
    "stacks/a.thr1/cdk.tf.json does not exist, and manifest.json names its stack; synthesize the folder anew",
  );
});

test.each([
  ["{", "manifest.json is no JSON; synthesize the folder anew"],
  ["{}", "manifest.json is no list of stacks as cdktf writes it; synthesize the folder anew"],
  ["null", "manifest.json is no list of stacks as cdktf writes it; synthesize the folder anew"],
  ['{"stacks":[]}', "manifest.json is no list of stacks as cdktf writes it; synthesize the folder anew"],
  [list("../../x"), 'manifest.json names "../../x", which is no name of a stack; synthesize the folder anew'],
  [list(".."), 'manifest.json names "..", which is no name of a stack; synthesize the folder anew'],
  [list("a\nb"), 'manifest.json names "a\\nb", which is no name of a stack; synthesize the folder anew'],
])("a list that says %j is refused, not taken for empty", (text, message) => {
  const folder = folderOf({ "manifest.json": text });
  expect(refusal(folder, () => stackTextsIn(folder))).toBe(message);
});

test.each([
  ["{", "is no JSON"],
  ["null", "is no configuration of resources"],
  ["[]", "is no configuration of resources"],
  ['{"resource":3}', "is no configuration of resources"],
  ['{"resource":{"kubernetes_namespace_v1":{"a":null}}}', "is no configuration of resources"],
])("a stack's text %j is refused by its file", (text, what) => {
  expect(refusal("out", () => configIn("out", "a.thr1", text))).toBe(`stacks/a.thr1/cdk.tf.json ${what}; synthesize the folder anew`);
});

test("a stack without resources has none", () => {
  expect(configIn("out", "a.thr1", "{}")).toEqual({});
});

test("a folder and a ref are not compared, nor a folder alone", async () => {
  const folder = folderOf({ "manifest.json": list() });
  const said = (...names: string[]) => ran(folder, (terminal) => diff(names, terminal));
  expect((await said(folder, "main")).error).toBe(
    `${folder} is the folder of a synth and main is none; compare two folders, or two git refs`,
  );
  expect((await said("main", folder)).error).toBe(
    `${folder} is the folder of a synth and main is none; compare two folders, or two git refs`,
  );
  expect((await said(folder)).error).toBe(`${folder} is the folder of a synth; name the folder to compare it with too`);
  expect((await said(folder, folder)).code).toBe(0);
});

test("an object that comes, changes or goes ends with 2", async () => {
  const role = (verb: string): string =>
    JSON.stringify({
      resource: {
        kubernetes_role_v1: {
          a: { metadata: { name: "a", namespace: "messenger-gap" }, rule: [{ api_groups: [""], resources: ["pods"], verbs: [verb] }] },
        },
      },
    });
  const of = (text?: string): string =>
    folderOf({
      "manifest.json": list(...(text === undefined ? [] : ["gap.thr1"])),
      ...(text !== undefined && { "stacks/gap.thr1/cdk.tf.json": text }),
    });
  const code = async (base: string, head: string): Promise<unknown> => (await ran(base, (terminal) => diff([base, head], terminal))).code;
  expect(await code(of(), of(role("get")))).toBe(2);
  expect(await code(of(role("get")), of(role("list")))).toBe(2);
  expect(await code(of(role("get")), of())).toBe(2);
  expect(await code(of(role("get")), of(role("get")))).toBe(0);
});
