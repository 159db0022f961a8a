/** What is wrong with an input, where, and what to do; all problems are collected before any is shown. */

/** A place in a file; lines and columns start at 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong. The message says what, the value, what is allowed and the remedy. */
export interface Problem {
  readonly position?: Position;
  readonly message: string;
}

/** Bad input, with every problem found. The command line prints the problems and exits with 1; no stack trace. */
export class InputError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.name = "InputError";
  }
}

/** `file:line:column: message`, as compilers write it. */
export function formatProblem({ position, message }: Problem): string {
  return position ? `${position.file}:${position.line}:${position.column}: ${message}` : message;
}
