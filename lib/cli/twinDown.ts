/** `twin down`: throws the twin of this working folder away. */
import { several } from "../allocation/words";
import { twinFolderOf } from "../twin/control/folder";
import { lowerTwin } from "../twin/control/twin";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** Ends every process of the twin and removes every file of it. */
export async function run({ format }: CommonOptions, terminal: Terminal): Promise<ExitCode> {
  const { processes, sites } = await lowerTwin(twinFolderOf(process.cwd()), (what) => terminal.err(what));
  if (format === "json") terminal.out(JSON.stringify({ version: 1, processes, sites }, undefined, 2));
  else if (processes === 0 && sites.length === 0) terminal.out("There is no twin here.");
  else
    terminal.out(
      `The twin is gone: ${several(processes, "process", "processes")} ended, the files of ${several(sites.length, "site")} removed. The programs stay in the user's cache.`,
    );
  return 0;
}
