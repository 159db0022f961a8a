import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { InputError } from "../../../lib/request/problem";
import {
  birthIn,
  birthOf,
  findProcesses,
  isAlive,
  lastLines,
  type Running,
  startProcess,
  type Started,
  stopProcesses,
} from "../../../lib/twin/control/process";

/** A folder with a space, and one whose path ends like it. */
const base = mkdtempSync(join(tmpdir(), "zirsakht process-"));
const folder = join(base, "twin");
const started: Running[] = [];
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await stopProcesses(started);
  rmSync(base, { recursive: true });
});

/** A shell that waits; what follows its script is in its command line, and means nothing to it. */
async function launch(script: string, mark: string, cwd = folder): Promise<Started> {
  const process = await startProcess({
    program: "/bin/sh",
    args: ["-c", script, "sh", mark],
    env: { ONLY: "this" },
    cwd,
    log: join(folder, "log", "sh.log"),
  });
  started.push(runningOf(process.pid));
  return process;
}

const runningOf = (pid: number): Running => ({ pid, birth: birthOf(pid) ?? "", program: "sh", command: "", memory: 0 });

const start = async (script: string, mark: string, cwd = folder): Promise<number> => (await launch(script, mark, cwd)).pid;

const shells = new Set(["sh"]);
const pidsBelow = async (path: string): Promise<number[]> => (await findProcesses(path, shells)).map(({ pid }) => pid);
const wait = "while true; do sleep 1; done";

beforeAll(() => mkdirSync(folder));

test("a process is found by the folder in its command line, and by nothing that only looks like it", async () => {
  const own = await start(wait, `--data=${join(folder, "a")}`);
  const bare = await start(wait, join(folder, "b"));
  const others = [await start(wait, `--data=${folder}-other/a`, base), await start(wait, `--data=/elsewhere${folder}/a`, base)];
  // A shell that is about to become `sleep` is a shell with the same command line for a moment.
  const below = await pidsBelow(folder);
  expect(below).toEqual(expect.arrayContaining([own, bare]));
  expect(others.filter((pid) => below.includes(pid))).toEqual([]);
  await expect(findProcesses(folder, new Set(["etcd"]))).resolves.toEqual([]);
  const [found] = await findProcesses(folder, shells);
  expect(found?.memory).toBeGreaterThan(0);
  await stopProcesses([own, bare, ...others].map(runningOf));
  await expect(pidsBelow(folder)).resolves.toEqual([]);
});

const onLinux = process.platform === "linux" ? test : test.skip;

onLinux("a process is found after a move of the folder that it works in", async () => {
  const [before, after] = [join(base, "before"), join(base, "after")];
  mkdirSync(join(before, "site"), { recursive: true });
  const pid = await start(wait, join(before, "site", "data"), join(before, "site"));
  renameSync(before, after);
  await expect(pidsBelow(after)).resolves.toContain(pid);
  await expect(pidsBelow(join(after, "site"))).resolves.toContain(pid);
  await expect(pidsBelow(join(after, "si"))).resolves.toEqual([]);
  await stopProcesses([runningOf(pid)]);
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
  await stopProcesses([runningOf(pid)], 200);
  expect(isAlive(pid)).toBe(false);
});

test("who ended when asked gets no second signal, for its id may be another's by then", async () => {
  const [willing, stubborn] = [await start(wait, join(folder, "i")), await start(`trap '' TERM; ${wait}`, join(folder, "j"))];
  await pause(100);
  const kill = jest.spyOn(process, "kill");
  await stopProcesses([willing, stubborn].map(runningOf), 200);
  expect(kill.mock.calls).toEqual([
    [willing, "SIGTERM"],
    [stubborn, "SIGTERM"],
    [stubborn, "SIGKILL"],
  ]);
});

test("a process that has the id of one that ended is left alone", async () => {
  const pid = await start(wait, join(folder, "k"));
  await stopProcesses([{ ...runningOf(pid), birth: "long ago" }], 200);
  expect(isAlive(pid)).toBe(true);
  await stopProcesses([runningOf(pid)]);
});

test("who does not end by force either is told, and not waited for without end", async () => {
  const pid = await start(wait, join(folder, "l"));
  const refused = Object.assign(new Error("kill EPERM"), { code: "EPERM" });
  jest.spyOn(process, "kill").mockImplementation(() => {
    throw refused;
  });
  const stopping = stopProcesses([runningOf(pid)], 50);
  await expect(stopping).rejects.toThrow(
    new InputError([{ message: `sh, process ${pid}, does not end; end it as whoever started it, then try again` }]),
  );
  jest.restoreAllMocks();
  await stopProcesses([runningOf(pid)]);
});

test("another user's process is alive", async () => {
  const pid = await start(wait, join(folder, "m"));
  jest.spyOn(process, "kill").mockImplementation(() => {
    throw Object.assign(new Error("kill EPERM"), { code: "EPERM" });
  });
  expect(isAlive(pid)).toBe(true);
  jest.restoreAllMocks();
  await stopProcesses([runningOf(pid)]);
});

onLinux("a process that ended and that nobody waits for is not alive, and holds nobody up", async () => {
  const log = join(folder, "log", "sh.log");
  // sleep takes the shell's place, and does not know of the child.
  await start("sleep 0.05 & echo $!; exec sleep 30", join(folder, "n"));
  while (lastLines(log, 1).length === 0) await pause(10);
  const [pid] = lastLines(log, 1).map(Number);
  if (pid === undefined) throw new Error("the child was not named");
  const child = runningOf(pid);
  while (!readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ")) await pause(10);
  expect(isAlive(pid)).toBe(false);
  await expect(stopProcesses([child])).resolves.toBeUndefined();
});

test("a process whose first thread has ended is there until the others have", () => {
  const stat = (state: string, threads: number): string =>
    `7 (a (b) c) ${state} 1 7 7 0 -1 4194560 0 0 0 0 5 5 0 0 20 0 ${threads} 0 123456 0 0 18446744073709551615`;
  expect([birthIn(stat("S", 9)), birthIn(stat("Z", 9)), birthIn(stat("Z", 1))]).toEqual(["123456", "123456", undefined]);
});

test("stopping what is gone is no error", async () => {
  const pid = await start("true", join(folder, "f"));
  while (isAlive(pid)) await pause(10);
  await expect(stopProcesses([{ ...runningOf(pid), birth: "1" }])).resolves.toBeUndefined();
});

test("how a process ended is known to whoever started it", async () => {
  const failed = await launch("exit 3", join(folder, "g"));
  const killed = await launch(wait, join(folder, "h"));
  expect(killed.end()).toBeUndefined();
  process.kill(killed.pid, "SIGKILL");
  while (failed.end() === undefined || killed.end() === undefined) await pause(10);
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
