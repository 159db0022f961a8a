import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { transformFileSync } from "@swc/core";
import { isAlive } from "../../lib/twin/control/process";
import { run } from "../../lib/twin/run";

const folder = mkdtempSync(join(tmpdir(), "run-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("answers with all that a program wrote and how it ended; with nothing where there is none", async () => {
  const script = "echo out; echo err >&2; echo $ONLY; pwd; exit 3";
  const answer = await run("/bin/sh", ["-c", script], { cwd: folder, env: { ONLY: "this" } });
  expect(answer).toMatchObject({ code: 3, out: `out\nthis\n${folder}\n`, err: "err\n" });
  await expect(run(join(folder, "none"), [])).resolves.toBeUndefined();
  await expect(run(folder, [])).rejects.toThrow("EACCES");
});

test("a program reads its input, or nothing, and its bytes come as they are", async () => {
  const answer = await run("/bin/cat", [], { input: "سلام\n" });
  expect(answer).toMatchObject({ code: 0, out: "سلام\n", bytes: Buffer.from("سلام\n") });
  await expect(run("/bin/cat", [])).resolves.toMatchObject({ code: 0, out: "" });
  await expect(run("/usr/bin/printf", ["\\377"])).resolves.toMatchObject({ bytes: Buffer.from([255]) });
  // One that ends before it has read all is no error of ours.
  await expect(run("/bin/sh", ["-c", "exit 5"], { input: "x".repeat(2 ** 20) })).resolves.toMatchObject({ code: 5 });
});

test("once the signal is aborted the program is told once, with what it started, and may end in order", async () => {
  const ending = new AbortController();
  // A shell that is told while a program of its own runs deals with it once that has ended.
  const script = "trap 'echo told; kept=1' INT; trap 'echo at once; exit 1' TERM; echo begun; sleep 60; sleep 0.2; echo in order; exit 4";
  const answer = run("/bin/sh", ["-c", script], { signal: ending.signal });
  await pause(300);
  ending.abort();
  await expect(answer).resolves.toMatchObject({ code: 4, out: "begun\ntold\nin order\n", err: "" });
  await expect(run("/bin/sh", ["-c", "true"], { signal: ending.signal })).rejects.toThrow("aborted");
});

test("a program does not outlive who runs it", async () => {
  const own = join(folder, "runs.cjs");
  const pidFile = join(folder, "pid");
  const { code } = transformFileSync(join(__dirname, "../../lib/twin/run.ts"), {
    jsc: { parser: { syntax: "typescript" }, target: "es2023" },
    module: { type: "commonjs" },
  });
  writeFileSync(join(folder, "run.js"), code);
  writeFileSync(
    own,
    `const { run } = require("./run.js");
     run("/bin/sh", ["-c", "echo $$ > ${pidFile}; sleep 60; true"], { signal: new AbortController().signal });
     setTimeout(() => process.exit(0), 400);`,
  );
  await new Promise((ended) => spawn(process.execPath, [own]).once("close", ended));
  const pid = Number(readFileSync(pidFile, "utf8"));
  for (let tries = 0; isAlive(pid) && tries < 50; tries++) await pause(20);
  expect(isAlive(pid)).toBe(false);
});
