import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiObject } from "../../../../lib/manifests/apiObject";
import { Api } from "../../../../lib/twin/api";
import type { TwinSite } from "../../../../lib/twin/control/twinSite";
import { tryKubectl } from "../../../../lib/twin/drills/wipe/kubectl";

const folder = mkdtempSync(join(tmpdir(), "kubectl-"));
const server = createServer((_, response) => response.end("{}"));
let api: Api;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  api = new Api({ server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ca: "", cert: "", key: "a key" });
});
afterAll(async () => {
  await api.close();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true });
});

const host: ApiObject = { apiVersion: "metal3.io/v1alpha1", kind: "BareMetalHost", metadata: { name: "thr1-r01-s01" }, spec: {} };

/** A kubectl that is a shell's script. */
function kubectl(script: string): string {
  const file = join(folder, "kubectl");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const at = (temporary: string): TwinSite => ({ access: { temporary }, admin: () => Promise.resolve(api) }) as unknown as TwinSite;

const never = (): AbortSignal => new AbortController().signal;

test("keys lie in the twin's folder, for their owner only, while it is tried, and nowhere after", async () => {
  const temporary = join(folder, "twin", "tmp");
  const seen = join(folder, "seen");
  const tried = await tryKubectl(
    kubectl(`echo "\${1#--kubeconfig=}" >> ${seen}; ls -l "\${1#--kubeconfig=}" | cut -c 1-10 >> ${seen}; exit 1`),
    at(temporary),
    host,
    never(),
  );
  const [kubeconfig = "", mode] = readFileSync(seen, "utf8").split("\n");
  expect({ inside: kubeconfig.startsWith(`${temporary}/kubectl-`), mode }).toEqual({ inside: true, mode: "-rw-------" });
  expect(existsSync(kubeconfig)).toBe(false);
  expect({ left: readdirSync(temporary), mode: statSync(temporary).mode & 0o777 }).toEqual({ left: [], mode: 0o700 });
  expect(tried.map(({ refused }) => refused)).toEqual([false, false, false, false, false]);
});

test("a kubectl that hangs is ended with the rehearsal, and its key goes with it", async () => {
  const ending = new AbortController();
  const temporary = join(folder, "other", "tmp");
  const trying = tryKubectl(kubectl("sleep 60"), at(temporary), host, ending.signal);
  setTimeout(() => ending.abort(), 300);
  await expect(trying).rejects.toThrow("aborted");
  expect(readdirSync(temporary)).toEqual([]);
});
