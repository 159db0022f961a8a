import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findProcesses, isAlive, lastLines, startProcess, type Started, stopProcesses } from "../../../lib/twin/control/process";

/** A folder with a space, and one whose path ends like it. */
const base = mkdtempSync(join(tmpdir(), "zirsakht process-"));
const folder = join(base, "twin");
const started: number[] = [];
afterAll(async () => {
  await stopProcesses(started);
  rmSync(base, { recursive: true });
});

/** A shell that waits; what follows its script is in its command line, and means nothing to it. */
async function launch(script: string, mark: string): Promise<Started> {
  const process = await startProcess({
    program: "/bin/sh",
    args: ["-c", script, "sh", mark],
    env: { ONLY: "this" },
    cwd: folder,
    log: join(folder, "log", "sh.log"),
  });
  started.push(process.pid);
  return process;
}

const start = async (script: string, mark: string): Promise<number> => (await launch(script, mark)).pid;

const shells = new Set(["sh"]);
const pidsBelow = async (path: string): Promise<number[]> => (await findProcesses(path, shells)).map(({ pid }) => pid);
const wait = "while true; do sleep 0.05; done";

beforeAll(() => mkdirSync(folder));

test("a process is found by the folder in its command line, and by nothing that only looks like it", async () => {
  const own = await start(wait, `--data=${join(folder, "a")}`);
  const bare = await start(wait, join(folder, "b"));
  const others = [await start(wait, `--data=${folder}-other/a`), await start(wait, `--data=/elsewhere${folder}/a`)];
  expect(new Set(await pidsBelow(folder))).toEqual(new Set([own, bare]));
  await expect(findProcesses(folder, new Set(["etcd"]))).resolves.toEqual([]);
  const [found] = await findProcesses(folder, shells);
  expect(found?.memory).toBeGreaterThan(0);
  await stopProcesses([own, bare, ...others]);
  await expect(pidsBelow(folder)).resolves.toEqual([]);
});

test("a process gets the environment that it is given and nothing else, and its output is kept", async () => {
  const log = join(folder, "log", "sh.log");
  await start("env | grep -v -e ^PWD= -e ^_= -e ^SHLVL=; echo $PWD", join(folder, "c"));
  while (lastLines(log, 9).length < 2) await pause(10);
  expect(lastLines(log, 9)).toEqual(["ONLY=this", folder]);
  await start("echo again", join(folder, "d"));
  while (!readFileSync(log, "utf8").includes("again")) await pause(10);
  expect(lastLines(`${log}.before`, 1)).toEqual([folder]);
});

test("who does not end when asked is ended by force", async () => {
  const pid = await start(`trap '' TERM; ${wait}`, join(folder, "e"));
  await pause(100);
  await stopProcesses([pid], 200);
  expect(isAlive(pid)).toBe(false);
});

test("stopping what is gone is no error", async () => {
  const pid = await start("true", join(folder, "f"));
  while (isAlive(pid)) await pause(10);
  await expect(stopProcesses([pid])).resolves.toBeUndefined();
});

test("how a process ended is known to whoever started it", async () => {
  const failed = await launch("exit 3", join(folder, "g"));
  const killed = await launch(wait, join(folder, "h"));
  expect(killed.end()).toBeUndefined();
  process.kill(killed.pid, "SIGKILL");
  while (isAlive(failed.pid) || isAlive(killed.pid)) await pause(10);
  expect([failed.end(), killed.end()]).toEqual(["ended with 3", "was ended by SIGKILL"]);
});

test("a program that is not there cannot be started", async () => {
  const missing = { program: join(base, "none"), args: [], env: {}, cwd: folder, log: join(folder, "log", "none.log") };
  await expect(startProcess(missing)).rejects.toThrow("ENOENT");
});

test("the last lines of a log, and none of a log that is not there", () => {
  writeFileSync(join(folder, "log.txt"), "one\ntwo\nthree\n");
  expect(lastLines(join(folder, "log.txt"), 2)).toEqual(["two", "three"]);
  writeFileSync(join(folder, "log.txt"), "before\npanic: why\n\ngoroutine 1 [running]:\nmain.main()\n");
  expect(lastLines(join(folder, "log.txt"), 2)).toEqual(["before", "panic: why"]);
  writeFileSync(join(folder, "log.txt"), "x".repeat(1000));
  expect(lastLines(join(folder, "log.txt"), 2)).toEqual([`${"x".repeat(300)}…`]);
  expect(lastLines(join(folder, "none"), 2)).toEqual([]);
});
