/** A twin's processes: they outlive the command that starts them, and are found by the twin's folder. */
import { execFile, spawn, spawnSync } from "node:child_process";
import { mkdirSync, openSync, closeSync, readdirSync, readFileSync, readlinkSync, renameSync } from "node:fs";
import { basename, dirname, sep } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { InputError } from "../../request/problem";
import { textOf } from "../../request/textFile";

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
  /** When it began; see `birthOf`. */
  readonly birth: string;
  /** The program's name, such as `etcd`. */
  readonly program: string;
  /** The command line, its parts separated by `separator`. */
  readonly command: string;
  /** The folder that it works in, which is known on Linux only; it follows a move. */
  readonly cwd?: string;
  /** Resident memory in bytes. */
  readonly memory: number;
}

/** Linux tells of processes by files; elsewhere `ps` does. */
const hasFiles = process.platform === "linux";
/** Between the parts of a command line; `ps` knows spaces only. */
const separator = hasFiles ? "\0" : " ";
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

/**
 * When a process began, as this system says it: with its id, it tells a process from a later one that has the same id. `undefined` where
 * there is none; one that ended and waits for its parent is none.
 */
export function birthOf(pid: number): string | undefined {
  if (!hasFiles) return spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim() || undefined;
  try {
    return birthIn(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * The beginning of a process in what Linux says of it in /proc/…/stat; `undefined` where it ended and waits for its parent. As long as it
 * has more threads than the one that ended, it keeps its ports and files.
 */
export function birthIn(stat: string): string | undefined {
  // In the program's name anything may stand; what follows it is the state, and then only numbers.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, threads, birth] = [fields[0], fields[17], fields[19]];
  return (state === "Z" || state === "X") && threads === "1" ? undefined : birth;
}

/** Whether a process runs, whoever's it is. */
export function isAlive(pid: number): boolean {
  if (hasFiles) return birthOf(pid) !== undefined;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

const isCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** Whether a process has something below `folder` in its command line, or works in it. */
export function isOf(folder: string, { command, cwd }: Running): boolean {
  // An argument is the path itself, or ends with it after `=`; a folder whose path only ends like ours is somebody else's.
  const marks = [`${separator}${folder}${sep}`, `=${folder}${sep}`];
  return marks.some((mark) => command.includes(mark)) || `${cwd ?? ""}${sep}`.startsWith(`${folder}${sep}`);
}

/** The processes of these programs that are of `folder`. */
export async function findProcesses(folder: string, programs: ReadonlySet<string>): Promise<Running[]> {
  const all = hasFiles ? procfs(programs) : await listed(programs);
  return all.filter((running) => isOf(folder, running));
}

function procfs(programs: ReadonlySet<string>): Running[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const pid = Number(name);
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replace(/\0$/, "");
      const program = basename(command.split("\0", 1)[0] ?? "");
      const birth = programs.has(program) ? birthOf(pid) : undefined;
      return birth === undefined ? [] : [{ pid, birth, program, command, memory: residentMemory(pid), cwd: folderOf(pid) }];
    } catch {
      // It ended while we looked.
      return [];
    }
  });
}

function residentMemory(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kibibytes ?? 0) * 1024;
}

/** Nothing where it is another user's. */
function folderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "";
  }
}

/** A line of `ps`: the process id, kibibytes, the five words of its beginning, and the command line. */
const line = /^\s*(\d+)\s+(\d+)\s+(\S+(?:\s+\S+){4})\s+(.*)$/;

/** Where there is no /proc, `ps` knows; a program's name ends before its first option. */
async function listed(programs: ReadonlySet<string>): Promise<Running[]> {
  const { stdout } = await promisify(execFile)("ps", ["-axww", "-o", "pid=,rss=,lstart=,args="], { maxBuffer: 2 ** 26 });
  return stdout.split("\n").flatMap((each) => {
    const [, pid, kibibytes, birth, command = ""] = line.exec(each) ?? [];
    const program = [...programs].find((name) => command.includes(`/${name} -`));
    if (pid === undefined || birth === undefined || program === undefined) return [];
    return [{ pid: Number(pid), birth, program, command, memory: Number(kibibytes) * 1024 }];
  });
}

/** Between two looks, in milliseconds. */
const interval = 20;

/**
 * Ends processes: asks them to end, waits, and then ends those by force that are left. They are gone when this returns.
 * @param patience how long they may take to end by themselves, and once more by force, in milliseconds
 * @throws InputError where one is there even then: it waits for the disk, or is another user's
 */
export async function stopProcesses(running: readonly Running[], patience = 5000): Promise<void> {
  let left = running.filter(isThere);
  for (const name of ["SIGTERM", "SIGKILL"] as const) {
    for (const { pid } of left) signal(pid, name);
    const deadline = performance.now() + patience;
    while ((left = left.filter(isThere)).length > 0 && performance.now() < deadline) await pause(interval);
  }
  if (left.length > 0)
    throw new InputError(
      left.map(({ pid, program }) => ({
        message: `${program}, process ${pid}, does not end; end it as whoever started it, then try again`,
      })),
    );
}

/** Whether it is still that process: its id may be another's by now. */
const isThere = ({ pid, birth }: Running): boolean => birthOf(pid) === birth;

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It is gone, or another user's.
    if (!isCode(error, "ESRCH") && !isCode(error, "EPERM")) throw error;
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
