/** `size`: what messengers need, and the basis of every number. Writes nothing. */
import { formatProblem } from "../request/problem";
import { caveatsOf } from "../sizing/caveat";
import { sizeDocument } from "../sizing/document";
import { sizeMessenger } from "../sizing/size";
import { calendarOf } from "../sizing/timeline";
import { readWhatIf } from "./set";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/**
 * Prints the size of the named messengers, or of all. Warnings stand in the page; with `--format json` they go to standard error,
 * for the document is a contract. Without a lock the book date is today.
 */
export async function run(names: string[], options: CommonOptions & { set?: string[] }, terminal: Terminal): Promise<ExitCode> {
  const { estate, lock, messengers, warnings } = readWhatIf(options.root, names, options.set);
  const calendar = calendarOf(estate, lock?.asOf ?? new Date().toISOString().slice(0, 10));
  for (const warning of warnings) terminal.err(`warning: ${formatProblem(warning)}`);
  if (options.format === "json") {
    terminal.out(JSON.stringify(sizeDocument(messengers, calendar), undefined, 2));
    for (const messenger of messengers)
      for (const caveat of caveatsOf(sizeMessenger(messenger, calendar), messenger)) terminal.err(`warning: ${caveat}`);
    return 0;
  }
  const [{ renderPage }, { sizePage }] = await Promise.all([import("../page/page.js"), import("./sizePage.js")]);
  terminal.out(renderPage(sizePage(messengers, calendar), options.format));
  return 0;
}
