import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { run } from "../../lib/cli/synth";
import type { CommonOptions } from "../../lib/cli/terminal";
import type { TerraformConfig } from "../../lib/manifests/apiObject";
import { readRequest } from "../../lib/request/read";
import { buildApp } from "../../lib/stacks/app";
import { edit, sampleRoot } from "../support/root";
import { filesOf } from "./filesOf";
import { freshRoot, relock } from "./freshRoot";

const root = freshRoot();
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "out-"));
  folders.push(folder);
  return folder;
}

async function synth(out: string, stacks: string[] = [], from = root, format: CommonOptions["format"] = "text") {
  const [said, warned]: [string[], string[]] = [[], []];
  const terminal = { out: (text: string) => void said.push(text), err: (text: string) => void warned.push(text), color: false };
  const code = await run(stacks, { root: from, format, out }, terminal);
  return { code, out: said.join("\n").replaceAll(out, "OUT"), err: warned };
}

const whole = newFolder();
const all = ["bale.thr1", "hodhod.mhd1", "site.mhd1", "site.thr1", "soroush.mhd1", "soroush.thr1"];
beforeAll(() => synth(whole));

test("writes each stack, its manifests by site, and a switch plan a site", () => {
  expect(Object.keys(filesOf(whole))).toEqual([
    ".zirsakht.json",
    "manifest.json",
    ...["hodhod", "site", "soroush"].map((holder) => `manifests/mhd1/${holder}.mhd1.yaml`),
    ...["bale", "site", "soroush"].map((holder) => `manifests/thr1/${holder}.thr1.yaml`),
    "network/mhd1.yaml",
    "network/thr1.yaml",
    ...all.map((stack) => `stacks/${stack}/cdk.tf.json`),
  ]);
});

test("there are as many manifests as resources in every stack", () => {
  for (const stack of all) {
    const { resource = {} } = JSON.parse(readFileSync(join(whole, "stacks", stack, "cdk.tf.json"), "utf8")) as TerraformConfig;
    const yaml = readFileSync(join(whole, "manifests", stack.split(".")[1] ?? "", `${stack}.yaml`), "utf8");
    const resources = Object.values(resource).flatMap(Object.keys);
    expect(resources.length).toBeGreaterThan(1);
    expect(parseAllDocuments(yaml)).toHaveLength(resources.length);
  }
});

test("stacks and manifest.json are byte for byte what cdktf's own app writes", () => {
  const outdir = newFolder();
  const { lock, ...request } = readRequest(root);
  if (!lock) throw new Error("the fresh root has no lock");
  buildApp({ ...request, lock }, { outdir }).synth();
  const expected = filesOf(outdir);
  const written = filesOf(whole);
  expect(Object.keys(expected)).toHaveLength(all.length + 1);
  expect(Object.fromEntries(Object.keys(expected).map((path) => [path, written[path]]))).toEqual(expected);
});

test("says what it did; done again it writes nothing", async () => {
  const out = newFolder();
  const objects = /^6 stacks with (\d+) objects in OUT; 15 files written, 0 removed$/.exec((await synth(out)).out)?.[1];
  expect(Number(objects)).toBeGreaterThan(100);
  expect(await synth(out)).toEqual({ code: 0, out: `6 stacks with ${objects ?? ""} objects in OUT; 0 files written, 0 removed`, err: [] });
  expect(JSON.parse((await synth(out, [], root, "json")).out)).toEqual({
    version: 1,
    out: "OUT",
    stacks: 6,
    objects: Number(objects),
    written: 0,
    removed: 0,
  });
});

test("stacks alone are the same as among all others, and come without a switch plan", async () => {
  const out = newFolder();
  expect((await synth(out, ["soroush.*", "site.thr1"])).out).toMatch(/^3 stacks /);
  const files = filesOf(out);
  const stacks = Object.keys(files).filter((path) => path.includes("/"));
  expect(stacks).toHaveLength(6);
  expect(filesOf(whole)).toMatchObject(Object.fromEntries(stacks.map((path) => [path, files[path]])));
  expect(Object.keys((JSON.parse(files["manifest.json"] ?? "") as { stacks: object }).stacks)).toEqual([
    "site.thr1",
    "soroush.mhd1",
    "soroush.thr1",
  ]);
  expect(files[".zirsakht.json"]).toContain("stacks/soroush.thr1/cdk.tf.json");
});

test("stacks alone leave the others as they are, and cdktf still knows all", async () => {
  const out = newFolder();
  await synth(out);
  const before = filesOf(out);
  writeFileSync(join(out, "stacks/bale.thr1/cdk.tf.json"), "{}");
  expect((await synth(out, ["bale.thr1"])).out).toMatch(/1 files written, 0 removed$/);
  expect(filesOf(out)).toEqual(before);

  const grown = newFolder();
  for (const stack of all) await synth(grown, [stack]);
  expect(Object.keys((JSON.parse(filesOf(grown)["manifest.json"] ?? "") as { stacks: object }).stacks)).toEqual(all);
  await synth(grown);
  expect(filesOf(grown)).toEqual(before);
});

test.each(["{", "{}", "[]", "null"])("a list of stacks that somebody broke (%s) is written anew", async (text) => {
  const out = newFolder();
  await synth(out, ["soroush.thr1"]);
  const whole = readFileSync(join(out, "manifest.json"), "utf8");
  writeFileSync(join(out, "manifest.json"), text);
  expect((await synth(out, ["soroush.thr1"])).code).toBe(0);
  expect(readFileSync(join(out, "manifest.json"), "utf8")).toBe(whole);
});

test("a stack that is no more is cleared, but not what Terraform put beside it, nor anybody else's file", async () => {
  const out = newFolder();
  const changed = freshRoot();
  await synth(out, [], changed);
  mkdirSync(join(out, "stacks/hodhod.mhd1/.terraform"));
  writeFileSync(join(out, "stacks/hodhod.mhd1/.terraform.lock.hcl"), "lock");
  writeFileSync(join(out, "manifests/mhd1/own.yaml"), "own");
  rmSync(join(changed, "messengers/hodhod.yaml"));
  rmSync(join(changed, "allocations.lock.json"));
  relock(changed);
  expect((await synth(out, [], changed)).out).toMatch(/^5 stacks .* 2 removed$/);
  const files = Object.keys(filesOf(out));
  expect(files.filter((path) => path.includes("hodhod"))).toEqual(["stacks/hodhod.mhd1/.terraform.lock.hcl"]);
  expect(files).toContain("manifests/mhd1/own.yaml");
  expect(existsSync(join(out, "stacks/hodhod.mhd1/.terraform"))).toBe(true);
});

test("an unknown stack is refused with the nearest; nothing is written", async () => {
  const out = newFolder();
  await expect(synth(out, ["soroush.thr2", "site.*"])).rejects.toThrow("there is no stack soroush.thr2; did you mean soroush.thr1?");
  await expect(synth(out, ["soroosh.thr1"])).rejects.toThrow(/there is no messenger .*soroosh.*; did you mean soroush\?/);
  await expect(synth(out, ["*.thr9"])).rejects.toThrow(/^there is no stack \*\.thr9; did you mean /);
  expect(readdirSync(out)).toEqual([]);
});

test("a lock that is not there is refused", async () => {
  const unlocked = sampleRoot();
  rmSync(join(unlocked, "allocations.lock.json"));
  await expect(synth(newFolder(), [], unlocked)).rejects.toThrow(
    `${unlocked} has no allocations.lock.json; write it with \`npx zirsakht allocate --root ${unlocked}\``,
  );
});

test("only a stale messenger's own stacks are refused", async () => {
  const stale = freshRoot();
  edit(stale, "messengers/soroush.yaml", { "active: 500k": "active: 900k" });
  const out = newFolder();
  const refused = (await synth(out, [], stale).catch((error: unknown) => (error as Error).message)) as string;
  expect(
    refused
      .split("\n")
      .every((line) => /^soroush is stale at (thr1|mhd1): \w+: .*; run `npx zirsakht allocate soroush --root .*`$/.test(line)),
  ).toBe(true);
  await expect(synth(out, ["soroush.mhd1"], stale)).rejects.toThrow("soroush is stale at");
  expect(readdirSync(out)).toEqual([]);
  expect((await synth(out, ["bale.thr1", "site.*"], stale)).code).toBe(0);
});

test("a finding of the policy is an error, all findings are shown, and nothing is written", async () => {
  const shared = freshRoot();
  for (const id of ["bale", "soroush"]) edit(shared, `messengers/${id}.yaml`, { [`admins: [${id}-admins]`]: "admins: [everybody]" });
  const out = newFolder();
  const refused = (await synth(out, [], shared).catch((error: unknown) => (error as Error).message)) as string;
  const finding = (site: string) =>
    `soroush.${site}: RoleBinding messenger-soroush/admin (kubernetes_role_binding_v1.access_binding-admin): subjects[0].name: Group everybody has rights in messenger-bale and in messenger-soroush; give each messenger groups of its own, in access of its file [one-messenger-per-identity]`;
  expect(refused).toBe(`${finding("mhd1")}
${finding("thr1")}`);
  expect(readdirSync(out)).toEqual([]);
});

test("a synth that is killed leaves whole files, and the next one clears up", async () => {
  const out = newFolder();
  await synth(out);
  const expected = filesOf(out);
  // What is left where a synth is killed between writing a text and giving it its name.
  rmSync(join(out, "manifests/thr1/bale.thr1.yaml"));
  writeFileSync(join(out, "manifests/thr1/bale.thr1.yaml.123456"), "apiVersion: v1\nki");
  writeFileSync(join(out, "manifest.json.42"), "{");
  await synth(out);
  expect(filesOf(out)).toEqual(expected);
});
