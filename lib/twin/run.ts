/** Other programs: Go, terraform, cdktf, kubectl, run to their end. */
import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";

/** What a program answered; one that a signal ended has the code 1. */
export interface Answered {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What `out` was decoded from. */
  readonly bytes: Buffer;
}

/** How a program is run. */
export interface RunOptions extends Pick<SpawnOptions, "cwd" | "env" | "signal"> {
  /** What it reads from standard input. @default nothing */
  readonly input?: string;
}

/** Programs that are not to outlive this process. */
const running = new Set<ChildProcess>();

/** As Ctrl-C at a terminal: whatever a program has started is told too. */
function tell({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // It has just ended.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function endAll(): void {
  for (const child of running) tell(child, "SIGTERM");
}

/**
 * Runs a program, and answers once it has ended; with `undefined` where there is no such program. Once the signal is aborted it is told to
 * end as by Ctrl-C, and answers with what it did until then; where this process ends before, it is told to end at once.
 * @throws AbortError where the signal was aborted before
 */
export function run(
  program: string,
  args: readonly string[],
  { signal, input, ...options }: RunOptions = {},
): Promise<Answered | undefined> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    // Of a group of its own where we tell it: the terminal's own Ctrl-C would come on top, which to terraform means at once.
    const child = spawn(program, args, { ...options, detached: signal !== undefined, stdio: ["pipe", "pipe", "pipe"] });
    // A program may end before it has read all.
    child.stdin.on("error", () => undefined).end(input);
    const interrupt = (): void => tell(child, "SIGINT");
    if (signal) {
      running.add(child);
      if (!process.listeners("exit").includes(endAll)) process.on("exit", endAll);
      signal.addEventListener("abort", interrupt);
    }
    const over = (): void => {
      running.delete(child);
      signal?.removeEventListener("abort", interrupt);
    };
    const pieces: Buffer[] = [];
    const text = { err: "" };
    child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
    child.stderr.setEncoding("utf8").on("data", (piece: string) => (text.err += piece));
    child.on("error", (error: NodeJS.ErrnoException) => {
      over();
      if (error.code === "ENOENT") resolve(undefined);
      else reject(error);
    });
    child.on("close", (code) => {
      over();
      const bytes = Buffer.concat(pieces);
      resolve({ code: code ?? 1, ...text, bytes, out: bytes.toString("utf8") });
    });
  });
}
