import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiObject } from "../../../lib/manifests/apiObject";
import { TwinFolder } from "../../../lib/twin/control/folder";
import { TwinSite } from "../../../lib/twin/control/twinSite";
import { ByManifests } from "../../../lib/twin/deploy/byManifests";
import { FakeApi } from "../../support/fakeApi";

let server: Awaited<ReturnType<typeof FakeApi.start>>;
let folder: string;
beforeEach(async () => {
  server = await FakeApi.start();
  folder = mkdtempSync(join(tmpdir(), "zirsakht-manifests-"));
  mkdirSync(new TwinFolder(folder).site("thr1").path, { recursive: true });
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const banner = (name: string): ApiObject => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "a" } });

/** A deploy, as it is done: the site's own stack, then its messengers'. */
async function deployed(objects: Readonly<Record<string, readonly string[]>>): Promise<number> {
  class Site extends TwinSite {
    override admin = () => Promise.resolve(server.api);
  }
  const site = new Site({ site: "thr1", server: "", authority: { cert: "", key: "" }, temporary: folder });
  const placed = Object.entries(objects).flatMap(([stack, names]) =>
    names.map((name) => ({ site: "thr1", stack, address: `config_map.${name}`, object: banner(name) })),
  );
  const way = new ByManifests(new TwinFolder(folder), placed);
  const stacks = [...new Set([...Object.keys(objects), ...way.deployedTo("thr1")])];
  let removed = 0;
  for (const group of [["site.thr1"], stacks.filter((stack) => stack !== "site.thr1")])
    removed += (await way.bring(site, group, () => undefined)).removed;
  return removed;
}

const there = () => [...server.fake.objects.keys()].map((path) => path.split("/").at(-1)).sort();

test("what a messenger's stack has no more is removed, though the site's stack is brought before it", async () => {
  await deployed({ "site.thr1": ["shared"], "gap.thr1": ["one", "two"], "soroush.thr1": ["three"] });
  expect(await deployed({ "site.thr1": ["shared"], "gap.thr1": ["one"], "soroush.thr1": ["three"] })).toBe(1);
  expect(there()).toEqual(["one", "shared", "three"]);
  expect(await deployed({ "site.thr1": [], "gap.thr1": ["one"] })).toBe(2);
  expect(there()).toEqual(["one"]);
  expect(await deployed({ "site.thr1": [], "gap.thr1": ["one"] })).toBe(0);
});
