/** Measures whole processes, from start to exit. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** What one process took. */
export interface Run {
  readonly seconds: number;
  /** The most memory that it had. */
  readonly peakMiB: number;
}

/** What a benchmark found. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** What the value must be, in words; none for a figure that is only shown. */
  readonly limit?: string;
  /** @default true */
  readonly holds?: boolean;
}

/**
 * Runs `node` with these arguments.
 * @throws Error with what the process wrote where it fails
 */
export function runNode(args: readonly string[]): Run {
  const begin = process.hrtime.bigint();
  const { status, output, error } = spawnSync(process.execPath, ["--require", join(__dirname, "peak.js"), ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    maxBuffer: 2 ** 28,
  });
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const [, , written = "", peakKiB = ""] = output.map((text) => text ?? "");
  if (error) throw error;
  // 2 is done, and something differs.
  if (status !== 0 && status !== 2) throw new Error(`node ${args.join(" ")} ended with ${status ?? "a signal"}: ${written.slice(0, 1000)}`);
  return { seconds, peakMiB: Number(peakKiB) / 1024 };
}

/** Runs a verb of the command line. */
export function runZirsakht(...args: readonly string[]): Run {
  return runNode([join(__dirname, "../lib/cli/main.js"), ...args]);
}

/** The middle value; the higher one of two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Runs each way `times` times, in turn, so that whatever else the machine does meets all alike; their medians. */
export function alternate(times: number, ways: readonly (() => Run)[]): Run[] {
  const rounds = Array.from({ length: times }, () => ways.map((way) => way()));
  return ways.map((_, index) => {
    const runs = rounds.flatMap((round) => round[index] ?? []);
    return { seconds: median(runs.map(({ seconds }) => seconds)), peakMiB: median(runs.map(({ peakMiB }) => peakMiB)) };
  });
}

/** What part of another run's time a run took, in per cent. */
const percentOf = (run: Run, whole: Run): number => (100 * run.seconds) / whole.seconds;

/**
 * The figure of a part of another run's time. @param aim the part that is to be reached, in per cent; shown whether it is
 * @param limit the part above which the gate fails: farther off than what else the machine does can move it
 */
export function partOf(name: string, run: Run, whole: Run, aim: number, limit: number): Figure {
  const part = percentOf(run, whole);
  return {
    name,
    value: `${run.seconds.toFixed(2)} s, ${part.toFixed(1)} %`,
    limit: `at most ${aim} %: ${part <= aim ? "reached" : "NOT REACHED"}; gate ${limit} %`,
    holds: part <= limit,
  };
}

/** The figure of a time that has a limit, in seconds. */
export function within(name: string, seconds: number, limit: number): Figure {
  return { name, value: `${seconds.toFixed(2)} s`, limit: `at most ${limit} s`, holds: seconds <= limit };
}

/** The figure of a time that has an aim, in seconds: shown whether it is reached, and no failure where it is not. */
export function aimedAt(name: string, seconds: number, aim: number): Figure {
  return { name, value: `${seconds.toFixed(2)} s`, limit: `aim ${aim} s: ${seconds <= aim ? "reached" : "NOT REACHED"}` };
}
