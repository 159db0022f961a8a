import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TwinFolder } from "../../../lib/twin/control/folder";
import { keptCertificate, makeSiteKeys } from "../../../lib/twin/control/siteKeys";
import { writeRecord } from "../../../lib/twin/control/siteRecord";
import { openTwin, raiseTwin } from "../../../lib/twin/control/twin";
import type { Programs } from "../../../lib/twin/programs/programs";

const base = mkdtempSync(join(tmpdir(), "zirsakht-twin-"));
afterAll(() => rmSync(base, { recursive: true }));

test("an API server that hangs does not hang whoever opens the twin", async () => {
  const folder = new TwinFolder(join(base, "hangs"));
  const site = folder.site("thr1");
  await makeSiteKeys(site);
  const server = createServer(keptCertificate(site, "server") ?? {}, () => undefined);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  writeRecord(site, { context: "thr1", ports: { apiServer: port, controllerManager: 1, scheduler: 2, kwok: 3, hosts: 4 } });
  const began = performance.now();
  try {
    await expect(openTwin(folder.path)).rejects.toThrow("the twin is not up: the API server of thr1 does not answer");
    expect(performance.now() - began).toBeLessThan(8000);
  } finally {
    await new Promise((done) => server.close(done).closeAllConnections());
  }
}, 20_000);

test("sites that are the estate's no more are thrown away, and it is said", async () => {
  const folder = new TwinFolder(join(base, "smaller"));
  mkdirSync(folder.site("old1").path, { recursive: true });
  writeFileSync(join(folder.site("old1").path, "site.json"), "{}");
  const crds = join(base, "crds");
  mkdirSync(crds);
  const said: string[] = [];
  const programs: Programs = { folder: base, crds, stages: "", path: (name) => join(base, name) };
  const twin = await raiseTwin({ folder: folder.path, contexts: new Map(), programs, progress: (what) => said.push(what) });
  expect(twin).toEqual({ kubeconfig: folder.kubeconfig, sites: [], removed: ["old1"] });
  expect(said).toEqual(["old1 is no site of this estate: it was thrown away, with 0 processes"]);
  expect(existsSync(folder.site("old1").path)).toBe(false);
});
