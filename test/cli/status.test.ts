/** `status` with a kubectl that answers from files: what it prints is what `roll --ready` reads. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { tmpdir } from "node:os";
import { run as status } from "../../lib/cli/status";
import { readReadiness } from "../../lib/request/readiness";
import { sampleRoot } from "../support/root";
import { lockOf, ran } from "./run";

const path = process.env.PATH ?? "";
let root: string;
let folder: string;
beforeEach(() => {
  root = sampleRoot();
  folder = mkdtempSync(join(tmpdir(), "zirsakht-kubectl-"));
  process.env.PATH = `${folder}${delimiter}${path}`;
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true });
});

/** A kubectl for which every held server stands as the lock says; `change` makes it otherwise. */
function kubectl(change: (host: { status: { provisioning: { state: string } } }, name: string) => void = () => undefined): void {
  for (const [site, { servers, images }] of Object.entries(lockOf(root).sites)) {
    const hosts = Object.entries(servers).map(([name, { state, image = "" }]) => {
      const { url = "" } = images[image] ?? {};
      const host = {
        metadata: { name, labels: { "zirsakht.ir/state": state } },
        spec: { image: { url } },
        status: { provisioning: { state: "provisioned", image: { url } } },
      };
      change(host, name);
      return host;
    });
    const nodes = hosts.map(({ metadata: { name } }) => ({
      metadata: { name },
      status: { conditions: [{ type: "Ready", status: "True" }] },
    }));
    writeFileSync(join(folder, `${site}.baremetalhosts`), JSON.stringify({ items: hosts }));
    writeFileSync(join(folder, `${site}.nodes`), JSON.stringify({ items: nodes }));
  }
  const script = `#!/bin/sh\nfor word; do case "$word" in baremetalhosts|nodes) kind=$word;; esac; done\nexec cat "${folder}/$2.$kind"\n`;
  writeFileSync(join(folder, "kubectl"), script);
  chmodSync(join(folder, "kubectl"), 0o755);
}

const of = (names: string[], format: "text" | "json" = "text") => ran(root, (terminal) => status(names, { root, format }, terminal));

test("all stand as the lock says", async () => {
  kubectl();
  expect(await of([])).toEqual({
    code: 0,
    error: "",
    out: `Status of all servers
=====================

5 servers, as the lock says.

Servers

- hodhod at mhd1, granted: provisioned, node Ready: 1 server (mhd1-r01-s01)
- soroush at mhd1, granted: provisioned, node Ready: 1 server (mhd1-r02-s01)
- soroush at thr1, granted: provisioned, node Ready: 1 server (thr1-r01-s02)
- the pool at thr1, granted: provisioned, node Ready: 2 servers (thr1-r08-s01, thr1-r09-s01)`,
  });
});

test("what is otherwise is named, and ends it with 2", async () => {
  kubectl((host, name) => {
    if (name === "thr1-r09-s01") host.status.provisioning.state = "deprovisioning";
  });
  const { code, out } = await of(["pool"]);
  expect(code).toBe(2);
  expect(out).toContain("1 of 2 servers is otherwise than the lock says.");
  expect(out).toContain("- thr1-r09-s01: its host is deprovisioning, expected provisioned");
  expect((await of(["soroush", "mhd1"])).code).toBe(0);
});

test("json is what roll --ready reads", async () => {
  kubectl();
  const { out } = await of(["soroush"], "json");
  const file = join(root, "status.json");
  writeFileSync(file, out);
  const read = readReadiness(file);
  expect(
    "problems" in read ? read.problems : read.value.hosts.map(({ name, provisioning, ready }) => ({ name, provisioning, ready })),
  ).toEqual([
    { name: "mhd1-r02-s01", provisioning: "provisioned", ready: true },
    { name: "thr1-r01-s02", provisioning: "provisioned", ready: true },
  ]);
});

test("a name of nothing, a cluster that does not answer, and no kubectl are said", async () => {
  expect((await of(["sorush"])).error).toBe("sorush is no messenger, site or server, and not pool");
  kubectl();
  rmSync(join(folder, "thr1.nodes"));
  expect((await of(["thr1"])).error).toMatch(/^kubectl --context thr1 get nodes --output json failed: .*No such file or directory$/);
  process.env.PATH = folder;
  rmSync(join(folder, "kubectl"));
  expect((await of(["thr1"])).error).toBe("there is no kubectl on the PATH, and clusters are asked through it; install it");
});
