/** Runs the built command line as a user does, and kills it where a test says. */
import { spawn } from "node:child_process";
import { join } from "node:path";

const main = join(__dirname, "../../../dist/lib/cli/main.js");
const preload = join(__dirname, "crash.cjs");

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** Where a command is to end: at the nth effect of a kind whose words fit. */
export interface Crash {
  /** What is counted: a call of `fs`, such as `rename`, or a request, such as `PATCH`. */
  readonly effect: string;
  /** A part of the file's path or of the request's; @default any */
  readonly of?: string;
  /** Counted from 1. */
  readonly at: number;
  /** Whether the effect still happens: a file's text is then written by half. @default before */
  readonly when?: "before" | "half" | "after";
  /** What dies: the command, or a process by its id. @default the command */
  readonly pid?: number;
}

/** Runs `zirsakht` in a working folder, to its end or to the crash. */
export function run(workingFolder: string, args: readonly string[], crash?: Crash): Promise<Ended> {
  const env = { ...process.env, NODE_OPTIONS: "", ...(crash && { ZIRSAKHT_CRASH: JSON.stringify(crash) }) };
  const child = spawn(process.execPath, [...(crash ? ["--require", preload] : []), main, ...args], { cwd: workingFolder, env });
  const text = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (text.out += piece));
  child.stderr.setEncoding("utf8").on("data", (piece: string) => (text.err += piece));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, ...text }));
  });
}

/** Runs it to its end, and answers what it printed as JSON; throws where it ends with anything but 0. */
export async function runCli(workingFolder: string, args: readonly string[]): Promise<unknown> {
  const { code, out, err } = await run(workingFolder, [...args, "--format", "json"]);
  if (code !== 0) throw new Error(`zirsakht ${args.join(" ")} ended with ${code}: ${err}`);
  return JSON.parse(out);
}
