/** What the verbs of the command line have in common: their options, and how they end. */
import { Command, Option } from "commander";
import { InputError } from "../request/problem";
import type { CommonOptions, Terminal } from "./terminal";

/** A verb of the command line, with the options that all verbs share. */
export function verb(name: string, description: string): Command {
  return rootless(name, description).addOption(
    new Option("--root <dir>", "the folder that holds estate.yaml, messengers/ and the lock").default("stacks"),
  );
}

/** A verb that works without the company's files too. */
export function rootless(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json", "markdown"]).default("text"))
    .option("--no-color", "print without colours")
    .showHelpAfterError("(add --help for the options)");
}

/** Whether the disk refused (no such place, no room, no right), or another writer keeps the lock: nothing that a stack trace explains. */
function isOfTheMachine(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && ("syscall" in error || ("code" in error && error.code === "ELOCKED"));
}

/** Runs a verb and sets the process's exit code; bad input, or a disk that refuses, ends in one line each on standard error, never in a stack trace. */
export async function finish(options: { readonly color: boolean }, work: (terminal: Terminal) => Promise<number>): Promise<void> {
  const terminal: Terminal = {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    color: options.color && process.stdout.isTTY && !("NO_COLOR" in process.env),
  };
  try {
    process.exitCode = await work(terminal);
  } catch (error) {
    if (!(error instanceof InputError) && !isOfTheMachine(error)) throw error;
    terminal.err(error.message);
    process.exitCode = 1;
  }
}

/** What every verb is given. */
export type Common = CommonOptions & { color: boolean };
