/** A twin's processes: they outlive the command that starts them, and are found by the twin's folder in their command lines. */
import { execFile, spawn } from "node:child_process";
import { mkdirSync, openSync, closeSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { basename, dirname, sep } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { textOf } from "./folder";

/** What to start. */
export interface Start {
  /** The program's path. */
  readonly program: string;
  readonly args: readonly string[];
  /** Its whole environment; nothing of ours goes in, so that the same command starts the same process. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Where its output goes; what an earlier start wrote is kept beside it as `….before`. */
  readonly log: string;
}

/** A process that runs. */
export interface Running {
  readonly pid: number;
  /** The program's name, such as `etcd`. */
  readonly program: string;
  /** The command line, its parts separated by `separator`. */
  readonly command: string;
  /** Resident memory in bytes. */
  readonly memory: number;
}

/** Between the parts of a command line; `ps` knows spaces only. */
const separator = process.platform === "linux" ? "\0" : " ";
/** How a command line is shown by this system. */
export const commandLine = ({ program, args }: Pick<Start, "program" | "args">): string => [program, ...args].join(separator);

/** A process that was started, and how it ended once it has: `ended with 1`, `was ended by SIGKILL`. */
export interface Started {
  readonly pid: number;
  readonly end: () => string | undefined;
}

/** Starts a process that stays when we end. Throws where it cannot be started at all. */
export async function startProcess({ program, args, env, cwd, log }: Start): Promise<Started> {
  mkdirSync(dirname(log), { recursive: true, mode: 0o700 });
  try {
    renameSync(log, `${log}.before`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const output = openSync(log, "w", 0o600);
  try {
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", output, output] });
    await new Promise<void>((done, failed) => child.once("spawn", done).once("error", failed));
    child.unref();
    const { pid } = child;
    if (pid === undefined) throw new Error(`${program} has no process id`);
    const end = (): string | undefined =>
      child.signalCode !== null ? `was ended by ${child.signalCode}` : child.exitCode !== null ? `ended with ${child.exitCode}` : undefined;
    return { pid, end };
  } finally {
    closeSync(output);
  }
}

/** Whether a process runs; one that ended and waits for its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The processes of these programs that have something below `folder` in their command lines. */
export async function findProcesses(folder: string, programs: ReadonlySet<string>): Promise<Running[]> {
  const all = process.platform === "linux" ? procfs() : await listed(programs);
  // An argument is the path itself, or ends with it after `=`; a folder whose path only ends like ours is somebody else's.
  const marks = [`${separator}${folder}${sep}`, `=${folder}${sep}`];
  return all.filter(({ program, command }) => programs.has(program) && marks.some((mark) => command.includes(mark)));
}

function procfs(): Running[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replace(/\0$/, "");
      const program = basename(command.split("\0", 1)[0] ?? "");
      return [{ pid: Number(pid), program, command, memory: residentMemory(pid) }];
    } catch {
      // It ended while we looked.
      return [];
    }
  });
}

function residentMemory(pid: string): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kibibytes ?? 0) * 1024;
}

/** Where there is no /proc, `ps` knows; a program's name ends before its first option. */
async function listed(programs: ReadonlySet<string>): Promise<Running[]> {
  const { stdout } = await promisify(execFile)("ps", ["-axww", "-o", "pid=,rss=,args="], { maxBuffer: 2 ** 26 });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, kibibytes, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    const program = [...programs].find((name) => command.includes(`/${name} -`));
    return pid !== undefined && program !== undefined ? [{ pid: Number(pid), program, command, memory: Number(kibibytes) * 1024 }] : [];
  });
}

/** Between two looks, in milliseconds. */
const interval = 20;

/**
 * Ends processes: asks them to end, waits, and then ends them by force. They are gone when this returns.
 * @param patience how long they may take to end by themselves, in milliseconds
 */
export async function stopProcesses(pids: readonly number[], patience = 5000): Promise<void> {
  signal(pids, "SIGTERM");
  const deadline = performance.now() + patience;
  while (pids.some(isAlive) && performance.now() < deadline) await pause(interval);
  signal(pids, "SIGKILL");
  while (pids.some(isAlive)) await pause(interval);
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

/** More of a line says no more: some programs write all that they did before an error into it. */
const longest = 300;
/** Where a Go program that gives up begins to list what it was doing; why it gave up stands before. */
const stack = /^goroutine \d+ /;

/** The last lines of a log that say anything. */
export function lastLines(log: string, count: number): string[] {
  const lines = (textOf(log) ?? "").split("\n").filter(Boolean);
  const end = lines.findIndex((line) => stack.test(line));
  return lines
    .slice(0, end < 0 ? undefined : end)
    .slice(-count)
    .map((line) => (line.length > longest ? `${line.slice(0, longest)}…` : line));
}
