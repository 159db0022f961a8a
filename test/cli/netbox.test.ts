/** `export netbox` and `import netbox` on folders: whole or not at all, and one the other's answer. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run as exportNetbox } from "../../lib/cli/exportNetbox";
import { run as importNetbox } from "../../lib/cli/importNetbox";
import { company, lists } from "../netbox/lists";
import { edit, sampleRoot } from "../support/root";
import { ran } from "./run";

const exported = async (root: string, format: "text" | "json" = "text") =>
  ran(root, (terminal) => exportNetbox({ root, out: join(root, "netbox"), format }, terminal));
const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .map((name) => join(folder, name));

test("what was exported changes nothing when it is imported", async () => {
  const root = sampleRoot();
  const { code, out, error } = await exported(root);
  expect([code, error]).toEqual([0, ""]);
  expect(out).toContain("01-custom-fields.csv");
  expect(readdirSync(join(root, "netbox")).filter((name) => name.endsWith(".csv"))).toEqual([
    "01-custom-fields.csv",
    "02-tenants.csv",
    "03-manufacturers.csv",
    "04-device-roles.csv",
    "05-sites.csv",
    "06-racks.csv",
    "07-device-types.csv",
    "08-devices.csv",
    "09-interfaces.csv",
    "10-mac-addresses.csv",
    "11-cables.csv",
    "12-ip-addresses.csv",
    "13-vlan-groups.csv",
    "14-vlans.csv",
    "15-prefix-roles.csv",
    "16-prefixes.csv",
  ]);
  const files = filesIn(join(root, "netbox"));
  const back = await ran(root, (terminal) => importNetbox(files, { root, out: join(root, "back"), format: "json" }, terminal));
  expect([back.code, back.error]).toEqual([0, ""]);
  expect(JSON.parse(back.out)).toMatchObject({ version: 1, changed: [], kept: [], disputed: [] });
  expect(readFileSync(join(root, "back/estate.yaml"), "utf8")).toBe(readFileSync(join(root, "estate.yaml"), "utf8"));
});

test("a name that NetBox would refuse stops the export, and nothing is written", async () => {
  const root = sampleRoot();
  edit(root, "estate.yaml", { "en: Mashhad 1": "en: Tehran 1" });
  expect(await exported(root)).toMatchObject({
    code: undefined,
    error: "two sites are called Tehran 1; NetBox needs a name of its own for each",
  });
  expect(existsSync(join(root, "netbox"))).toBe(false);
});

/** A folder of NetBox's own lists. */
function netboxRoot(change: Readonly<Record<string, string | undefined>> = {}): { root: string; files: string[] } {
  const root = sampleRoot();
  mkdirSync(join(root, "lists"));
  for (const [name, text] of lists(change)) writeFileSync(join(root, "lists", name), text);
  mkdirSync(join(root, "company"));
  writeFileSync(join(root, "company/estate.yaml"), company);
  return { root, files: filesIn(join(root, "lists")) };
}

test("NetBox's lists and the company's numbers become a folder that reads as one", async () => {
  const { root, files } = netboxRoot();
  const out = join(root, "made");
  const result = await ran(root, (terminal) => importNetbox(files, { root: join(root, "company"), out, format: "text" }, terminal));
  expect([result.code, result.error]).toEqual([0, ""]);
  expect(readdirSync(out).sort()).toEqual(["adopt.csv", "estate.yaml", "thr1-hosts.csv"]);
  expect(result.out).toContain("made holds estate.yaml, thr1-hosts.csv, adopt.csv.");
  expect(result.out).toContain("- classes.x640: threads, memory, nic, nvme, power, rootDevice, serves");
  expect(result.out).toMatch(/lists\/three\.json +device types +2/);
  expect(result.out).toContain("zirsakht adopt made/adopt.csv");
});

test("an import into the folder of its lists leaves them, and an export beside an estate leaves the estate", async () => {
  const root = sampleRoot();
  await exported(root);
  const out = join(root, "netbox");
  const tables = filesIn(out);
  const { code } = await ran(root, (terminal) => importNetbox(tables, { root, out, format: "text" }, terminal));
  expect(code).toBe(0);
  expect(filesIn(out)).toEqual(expect.arrayContaining([...tables, join(out, "estate.yaml")]));
  await exported(root);
  expect(filesIn(out)).toEqual(expect.arrayContaining([...tables, join(out, "estate.yaml")]));
});

test("bad lists and a bad estate.yaml are told of together, and nothing is written", async () => {
  const { root, files } = netboxRoot({ "two.csv": "a,b\n" });
  writeFileSync(join(root, "company/estate.yaml"), "horizon: [\n");
  const out = join(root, "made");
  const { code, error } = await ran(root, (terminal) =>
    importNetbox(files, { root: join(root, "company"), out, format: "text" }, terminal),
  );
  expect(code).toBeUndefined();
  expect(error).toMatch(/^lists\/two\.csv:1:1: nothing tells what this lists/m);
  expect(error).toMatch(/^company\/estate\.yaml:1:10: the bracket \[ opens here and is never closed;/m);
  expect(existsSync(out)).toBe(false);
});

test("without an estate.yaml all that NetBox never knows is asked for", async () => {
  const { root, files } = netboxRoot();
  const { error } = await ran(root, (terminal) => importNetbox(files, { out: join(root, "made"), format: "text" }, terminal));
  expect(error).toBe(
    "made/estate.yaml:1:1: the estate lacks company, horizon, headroom, quarantine, reserve, image, eraser, images; NetBox does not know it; add it to the estate.yaml that --root reads",
  );
});

test("a folder in a file's place is told of before anything is written, and a missing page too", async () => {
  const { root, files } = netboxRoot();
  const out = join(root, "made");
  mkdirSync(join(out, "adopt.csv"), { recursive: true });
  const into = (lists_: string[]) =>
    ran(root, (terminal) => importNetbox(lists_, { root: join(root, "company"), out, format: "json" }, terminal));
  expect((await into(files)).error).toBe(
    "made/adopt.csv:1:1: made/adopt.csv is a folder, and a file of this name is to be written; move it away",
  );
  expect(readdirSync(out)).toEqual(["adopt.csv"]);
  const page = join(root, "lists/eight.json");
  writeFileSync(page, readFileSync(page, "utf8").replace('"count": 1', '"count": 3'));
  expect((await into(files)).error).toMatch(/^lists\/eight\.json:1:1: the list goes on: the files have 1 of its 3 VLANs; /);
});

test("a list that is given twice is taken once, and said", async () => {
  const { root, files } = netboxRoot();
  const out = join(root, "made");
  const twice = [...files, join(root, "lists/four.json")];
  const result = await ran(root, (terminal) => importNetbox(twice, { root: join(root, "company"), out, format: "json" }, terminal));
  expect([result.code, result.error]).toEqual([0, ""]);
  expect((JSON.parse(result.out) as { aside: string[] }).aside).toContain("what stands in several files, 5 times");
});
