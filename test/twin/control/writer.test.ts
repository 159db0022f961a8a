import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { alone } from "../../../lib/twin/control/writer";
import { holding } from "./holder";

const base = mkdtempSync(join(tmpdir(), "zirsakht-writer-"));
afterAll(() => rmSync(base, { recursive: true }));
const silent = { progress: (): void => undefined };

test("two at once follow each other, and the second says that it waits", async () => {
  const path = join(base, "a", "twin");
  const seen: string[] = [];
  const first = alone(path, silent, async () => {
    await pause(300);
    seen.push("first");
  });
  await pause(50);
  await alone(path, { progress: (what) => seen.push(what) }, () => Promise.resolve(seen.push("second")));
  await first;
  expect(seen).toEqual(["waiting for another command that works on this twin", "first", "second"]);
});

test("a command that does not move is not taken for dead, and once it is killed it holds nobody up", async () => {
  const path = join(base, "b", "twin");
  const holder = holding(path);
  process.kill(holder.pid, "SIGSTOP");
  // Long ago by its time, and still in.
  let isIn = false;
  const second = alone(path, silent, () => Promise.resolve((isIn = true)));
  await pause(600);
  expect(isIn).toBe(false);
  await holder.end();
  await expect(second).resolves.toBe(true);
});

test("the mark of a killed command whose id is another's by now is nobody's", async () => {
  const path = join(base, "c", "twin");
  mkdirSync(join(base, "c"));
  symlinkSync(`${process.pid} 1`, `${path}.lock`);
  const began = performance.now();
  await expect(alone(path, silent, () => Promise.resolve("done"))).resolves.toBe("done");
  expect(performance.now() - began).toBeLessThan(200);
});

test("of many who find the mark of a killed command, one at a time is in", async () => {
  const path = join(base, "d", "twin");
  mkdirSync(join(base, "d"));
  symlinkSync(`${process.pid} 1`, `${path}.lock`);
  let [inside, most] = [0, 0];
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await pause(5);
    inside--;
  };
  await Promise.all(Array.from({ length: 8 }, () => alone(path, silent, work)));
  expect(most).toBe(1);
});

test("who is told to end while it waits ends, and does nothing", async () => {
  const path = join(base, "e", "twin");
  const { pid, end } = holding(path);
  const ending = new AbortController();
  const waiting = alone(path, { ...silent, signal: ending.signal }, () => Promise.reject(new Error("it was done")));
  ending.abort();
  await expect(waiting).rejects.toThrow(`another command, process ${pid}, works on the twin in ${path}; nothing was done`);
  expect(lstatSync(`${path}.lock`).isSymbolicLink()).toBe(true);
  await end();
});

test("what a killed command left for the moment is gone before anything is done", async () => {
  const path = join(base, "f", "twin");
  mkdirSync(join(path, "tmp", "kubectl-1"), { recursive: true });
  writeFileSync(join(path, "tmp", "kubectl-1", "kubeconfig"), "a key");
  await expect(alone(path, silent, () => Promise.resolve(existsSync(join(path, "tmp"))))).resolves.toBe(false);
  expect(existsSync(path)).toBe(true);
});

test("nothing is left of it, and what it threw is thrown", async () => {
  const path = join(base, "g", "twin");
  await expect(alone(path, silent, () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(existsSync(join(base, "g"))).toBe(false);
});
