import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { serializeLock } from "../../lib/allocation/lockText";
import { lockTextOf, writeLock } from "../../lib/cli/lockFile";
import type { Lock } from "../../lib/request/lock";

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), "lock-"))));
afterEach(() => rmSync(root, { recursive: true }));

const lock = (asOf: string): Lock => ({ version: 1, asOf, horizon: "90d", coefficients: "1", sites: {} });
const file = () => join(root, "allocations.lock.json");

test("writes the lock where it differs, and leaves no other file", async () => {
  expect(lockTextOf(root)).toBeUndefined();
  expect(await writeLock(root, undefined, lock("2026-11-24"))).toBe(true);
  expect(lockTextOf(root)).toBe(serializeLock(lock("2026-11-24")));
  expect(await writeLock(root, lockTextOf(root), lock("2026-11-24"))).toBe(false);
  expect(readdirSync(root)).toEqual(["allocations.lock.json"]);
});

test("refuses where the lock has changed since it was read", async () => {
  await writeLock(root, undefined, lock("2026-11-24"));
  await expect(writeLock(root, undefined, lock("2026-12-01"))).rejects.toThrow(
    /allocations\.lock\.json has changed since it was read; nothing is written, run the command again$/,
  );
  expect(lockTextOf(root)).toBe(serializeLock(lock("2026-11-24")));
});

test("of two that write at once one writes, and the other is refused", async () => {
  const results = await Promise.allSettled([
    writeLock(root, undefined, lock("2026-11-24")),
    writeLock(root, undefined, lock("2026-12-01")),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(existsSync(`${file()}.lock`)).toBe(false);
});

test("the mark of a writer that died is taken over", async () => {
  mkdirSync(`${file()}.lock`);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(`${file()}.lock`, longAgo, longAgo);
  expect(await writeLock(root, undefined, lock("2026-11-24"))).toBe(true);
});

test("what killed writers left beside the lock goes with the next write, and nothing else", async () => {
  writeFileSync(`${file()}.1377995777`, "half a lo");
  writeFileSync(`${file()}.mine`, "somebody's");
  await writeLock(root, undefined, lock("2026-11-24"));
  expect(readdirSync(root).sort()).toEqual(["allocations.lock.json", "allocations.lock.json.mine"]);
});

test("a writer that is killed at any moment leaves a whole lock", async () => {
  writeFileSync(file(), serializeLock(lock("2026-11-24")));
  const swc = join(__dirname, "../../node_modules/@swc/core");
  const script = `
    require("node:module")._extensions[".ts"] = (module, file) => module._compile(require(${JSON.stringify(swc)}).transformFileSync(file, { module: { type: "commonjs" }, jsc: { parser: { syntax: "typescript" }, target: "es2022" } }).code, file);
    const { writeLock, lockTextOf } = require(${JSON.stringify(join(__dirname, "../../lib/cli/lockFile.ts"))});
    const lock = (asOf, messengers) => ({ version: 1, asOf, horizon: "90d", coefficients: "1", sites: { thr1: { servers: {}, images: {}, vlans: {}, private: {}, vips: {}, egress: {}, bandwidth: Object.fromEntries(Array.from({ length: messengers }, (_, index) => ["m" + index, { egressMbps: 1, ingressMbps: 1, groups: {} }])), quotas: {}, short: {}, quarantine: { servers: {}, prefixes: {}, vlans: {} } } } });
    (async () => { for (let turn = 0; ; turn++) { await writeLock(process.argv[1], lockTextOf(process.argv[1]), lock("2026-11-24", 20000 + (turn % 2))); process.stdout.write("."); } })();`;
  for (const moment of [1, 15, 40]) {
    const writer = spawn(process.execPath, ["-e", script, root], { stdio: ["ignore", "pipe", "inherit"] });
    await once(writer.stdout, "data");
    await pause(moment);
    writer.kill("SIGKILL");
    await once(writer, "close");
    expect(() => JSON.parse(readFileSync(file(), "utf8")) as unknown).not.toThrow();
    rmSync(`${file()}.lock`, { recursive: true, force: true });
  }
  expect(lockTextOf(root)).not.toBe(serializeLock(lock("2026-11-24")));
}, 60_000);
