/** A process that is alone with a twin, as if it were a command. */
import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { birthOf } from "../../../lib/twin/control/process";

export interface Holder {
  readonly pid: number;
  /** Kills it, and waits until it is gone; its mark stays. */
  readonly end: () => Promise<unknown>;
}

/** Begins one at the twin of this path. */
export function holding(path: string): Holder {
  const child = spawn("sleep", ["60"], { stdio: "ignore" });
  const { pid = 0 } = child;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(`${pid} ${birthOf(pid) ?? ""}`, `${path}.lock`);
  const ended = new Promise((done) => child.once("close", done));
  const end = (): Promise<unknown> => {
    child.kill("SIGKILL");
    return ended;
  };
  return { pid, end };
}
