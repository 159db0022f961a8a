import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { textOf } from "../../../lib/request/textFile";
import { TwinFolder, twinFolderOf } from "../../../lib/twin/control/folder";

const base = mkdtempSync(join(tmpdir(), "zirsakht-folder-"));
afterAll(() => rmSync(base, { recursive: true }));

test("a twin lies below its working folder, under an absolute path", () => {
  expect(twinFolderOf("/work/a b")).toBe("/work/a b/.zirsakht/twin");
  expect(new TwinFolder("here").path).toBe(join(process.cwd(), "here"));
});

test("a site's things lie below the twin's", () => {
  const twin = new TwinFolder("/t");
  const site = twin.site("thr1");
  expect([twin.temporary, site.temporary]).toEqual(["/t/tmp", "/t/tmp"]);
  expect([site.path, site.record, site.etcd, site.stages, site.pki("a.key"), site.log("etcd")]).toEqual([
    "/t/sites/thr1",
    "/t/sites/thr1/site.json",
    "/t/sites/thr1/etcd",
    "/t/sites/thr1/stages.yaml",
    "/t/sites/thr1/pki/a.key",
    "/t/sites/thr1/log/etcd.log",
  ]);
});

test("the sites that are there are found, sorted; none where there is no twin", () => {
  const twin = new TwinFolder(join(base, "twin"));
  expect(twin.sites()).toEqual([]);
  for (const site of ["thr1", "mhd1"]) mkdirSync(twin.site(site).path, { recursive: true });
  expect(twin.sites().map(({ site }) => site)).toEqual(["mhd1", "thr1"]);
});

test("a file that is not there has no text; what cannot be read is an error", () => {
  writeFileSync(join(base, "file"), "text");
  expect(textOf(join(base, "file"))).toBe("text");
  expect(textOf(join(base, "none"))).toBeUndefined();
  expect(() => textOf(base)).toThrow("EISDIR");
});
