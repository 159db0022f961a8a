import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { alone } from "../../../lib/twin/control/writer";

const base = mkdtempSync(join(tmpdir(), "zirsakht-writer-"));
afterAll(() => rmSync(base, { recursive: true }));
const silent = (): void => undefined;

test("two at once follow each other, and the second says that it waits", async () => {
  const path = join(base, "a", "twin");
  const seen: string[] = [];
  const first = alone(path, silent, async () => {
    await pause(300);
    seen.push("first");
  });
  await pause(50);
  await alone(
    path,
    (what) => seen.push(what),
    () => Promise.resolve(seen.push("second")),
  );
  await first;
  expect(seen).toEqual(["waiting for another command that works on this twin", "first", "second"]);
});

test("the mark of a command that was killed does not hold others up for long", async () => {
  const path = join(base, "b", "twin");
  mkdirSync(`${path}.lock`, { recursive: true });
  const began = performance.now();
  await expect(alone(path, silent, () => Promise.resolve("done"))).resolves.toBe("done");
  expect(performance.now() - began).toBeLessThan(10_000);
}, 20_000);

test("nothing is left of it, and what it threw is thrown", async () => {
  const path = join(base, "c", "twin");
  await expect(alone(path, silent, () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(existsSync(join(base, "c"))).toBe(false);
});
