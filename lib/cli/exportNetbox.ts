/** `export netbox`: writes the estate and who holds what of it as CSV files for NetBox's bulk import. */
import { readFileSync } from "node:fs";
import { estateFile } from "../request/files";
import { formatProblem, InputError } from "../request/problem";
import { readRequest } from "../request/read";
import { parseYaml } from "../request/yamlFile";
import type { EstateText } from "../netbox/exportInput";
import { exportTables } from "../netbox/exportTables";
import { writeFolder } from "./outputFolder";
import { figure, renderPage } from "../page/page";
import { remembering } from "./remembering";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** Writes them, all or, where NetBox would refuse anything, none. */
export async function run(options: CommonOptions & { readonly out: string }, terminal: Terminal): Promise<ExitCode> {
  const request = remembering(options.root, (memory) => readRequest(options.root, { memory }));
  for (const warning of request.warnings) terminal.err(`warning: ${formatProblem(warning)}`);
  const file = estateFile(options.root);
  const read = parseYaml(file, readFileSync(file, "utf8"));
  if ("problems" in read) throw new InputError(read.problems);
  // readRequest has just accepted the same text.
  const text = read.source.value as EstateText;
  const { files, rows, problems } = exportTables({ ...request, text });
  if (problems.length > 0) throw new InputError(problems);
  const { written, removed } = writeFolder(options.out, files, { isAsked: () => true, recordFile: ".zirsakht-netbox.json" });
  if (options.format === "json") {
    terminal.out(JSON.stringify({ version: 1, out: options.out, written, removed, rows: Object.fromEntries(rows) }, undefined, 2));
    return Promise.resolve(0);
  }
  const page = renderPage(
    [
      { text: `${options.out} holds ${String(files.size)} files. Import them into NetBox in this order, with a comma as the delimiter:` },
      { head: ["file", "rows"], rows: [...rows].map(([name, count]) => [name, figure(count)]), numbers: [1] },
    ],
    options.format,
  );
  terminal.out(page);
  return Promise.resolve(0);
}
