/** Reads a site's CSV of hosts: server, bmc, credentials, mac, switch, port; a row a server. */
import { CsvError, parse } from "csv-parse/sync";
import type { HostRows } from "./host";
import { nearest, render } from "./issues";
import type { Problem } from "./problem";
import type { Host } from "./server";
import { wholeFile } from "./source";
import { limits, readText } from "./textFile";

const columns = ["server", "bmc", "credentials", "mac", "switch", "port"] as const;

/** The rows by server with the line of each, and every problem. */
export interface HostsFile {
  readonly file: string;
  readonly rows: HostRows;
  readonly lines: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
}

/** Reads the file. Rows with problems are left out. */
export function readHosts(file: string): HostsFile {
  const read = readText(file, limits.csv);
  return "problem" in read ? { file, rows: new Map(), lines: new Map(), problems: [read.problem] } : parseHosts(file, read.text);
}

/** The same for a text that has been read. */
export function parseHosts(file: string, text: string): HostsFile {
  const rows = new Map<string, Host>();
  const lines = new Map<string, number>();
  const problems: Problem[] = [];
  let header: string[] | undefined;
  try {
    // `lines` counts up to the end of the row; quoted line feeds, which no value here may have, would shift it.
    for (const { record, info } of parse(text, { info: true, trim: true, skip_empty_lines: true }) as unknown as {
      record: string[];
      info: { lines: number };
    }[]) {
      const at = (message: string) => problems.push({ position: { file, line: info.lines, column: 1 }, message });
      if (!header) {
        header = record;
        headerProblems(header).forEach(at);
        if (problems.length > 0) break;
        continue;
      }
      const row = Object.fromEntries(header.map((column, index) => [column, record[index] ?? ""])) as Record<
        (typeof columns)[number],
        string
      >;
      if (lines.has(row.server)) at(`${render(row.server)} stands twice, first in line ${lines.get(row.server) ?? 0}; keep one row`);
      lines.set(row.server, info.lines);
      const host = hostOfRow(row);
      if (typeof host === "string") at(host);
      else rows.set(row.server, host);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    problems.push({ position: { file, line: Number(error.lines), column: 1 }, message: `not valid CSV: ${error.message}` });
  }
  if (!header && problems.length === 0) problems.push(wholeFile(file, `the file is empty; expected the columns ${columns.join(",")}`));
  return { file, rows, lines, problems };
}

function headerProblems(header: readonly string[]): string[] {
  const unknown = header.filter((column) => !(columns as readonly string[]).includes(column));
  const missing = columns.filter((column) => !header.includes(column));
  return [
    ...unknown.map((column) => `unknown column ${render(column)}, ${suggest(nearest(column, columns))}`),
    ...missing.map((column) => `missing column ${column}; expected ${columns.join(",")}`),
    ...header.filter((column, index) => header.indexOf(column) < index).map((column) => `the column ${column} stands twice; keep one`),
  ];
}

function suggest(near: string | undefined): string {
  return near === undefined ? `expected ${columns.join(",")}` : `did you mean ${near}?`;
}

/** The host of a row, or what is wrong with it; what its values must look like stands in check/hosts. */
function hostOfRow(row: Readonly<Record<(typeof columns)[number], string>>): Host | string {
  const empty = columns.find((column) => row[column] === "");
  if (empty) return `${empty} is empty; every server needs all of ${columns.join(",")}`;
  const macs = row.mac.toLowerCase().split(/\s+/);
  const ports = row.port.split(/\s+/);
  if (macs.length !== ports.length)
    return `${macs.length} MAC addresses and ${ports.length} ports; expected a port for each, separated by spaces in the same order`;
  return {
    server: row.server,
    bmc: { address: row.bmc, credentials: row.credentials },
    nics: macs.map((mac, index) => ({ mac, port: ports[index] ?? "" })),
    switch: row.switch,
  };
}
