/** Where a verb writes: so that tests can read it, and so that only the command line touches the process. */
export interface Terminal {
  /** Writes to standard output. */
  out(text: string): void;
  /** Writes to standard error: errors, warnings, progress. */
  err(text: string): void;
  readonly color: boolean;
}

/** What every verb takes. */
export interface CommonOptions {
  /** The folder that holds estate.yaml, messengers/ and the lock. */
  readonly root: string;
  readonly format: "text" | "json" | "markdown";
}

/** The process's exit code: 0 done and nothing differs, 2 done and something differs, 1 an error. */
export type ExitCode = 0 | 1 | 2;
