/** Reads the CSV of what messengers already use: site, kind, resource, messenger, group, address, servers; a row a resource. */
import { CsvError, parse } from "csv-parse/sync";
import { adoptableKinds, type AdoptedRow } from "../allocation/adoption";
import { nearest, render } from "../request/issues";
import type { Problem } from "../request/problem";
import { wholeFile } from "../request/source";
import { limits, readText } from "../request/textFile";
import { address, network } from "../request/words";

const columns = ["site", "kind", "resource", "messenger", "group", "address", "servers"] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/** The rows, the line of each, and every problem. */
export interface AdoptFile {
  readonly rows: readonly AdoptedRow[];
  readonly lines: readonly number[];
  readonly problems: readonly Problem[];
}

/** Reads the file. Rows with problems are left out. */
export function readAdoptFile(file: string): AdoptFile {
  const read = readText(file, limits.csv);
  if ("problem" in read) return { rows: [], lines: [], problems: [read.problem] };
  const rows: AdoptedRow[] = [];
  const lines: number[] = [];
  const problems: Problem[] = [];
  let header: string[] | undefined;
  try {
    for (const { record, info } of parse(read.text, { info: true, trim: true, skip_empty_lines: true }) as unknown as {
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
      const row = Object.fromEntries(header.map((column, index) => [column, record[index] ?? ""])) as Row;
      const wrong = rowProblems(row);
      wrong.forEach(at);
      if (wrong.length > 0) continue;
      rows.push({ ...row, kind: row.kind as AdoptedRow["kind"], servers: row.servers.split(/\s+/).filter((server) => server !== "") });
      lines.push(info.lines);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    problems.push({ position: { file, line: Number(error.lines), column: 1 }, message: `not valid CSV: ${error.message}` });
  }
  if (!header && problems.length === 0) problems.push(wholeFile(file, `the file is empty; expected the columns ${columns.join(",")}`));
  return { rows, lines, problems };
}

function headerProblems(header: readonly string[]): string[] {
  const suggest = (column: string): string => {
    const near = nearest(column, columns);
    return near === undefined ? `expected ${columns.join(",")}` : `did you mean ${near}?`;
  };
  return [
    ...header
      .filter((column) => !(columns as readonly string[]).includes(column))
      .map((column) => `unknown column ${render(column)}, ${suggest(column)}`),
    ...columns.filter((column) => !header.includes(column)).map((column) => `missing column ${column}; expected ${columns.join(",")}`),
    ...header.filter((column, index) => header.indexOf(column) < index).map((column) => `the column ${column} stands twice; keep one`),
  ];
}

/** What a kind of row may say beside site, kind, resource and messenger. */
const extras: Readonly<Record<AdoptedRow["kind"], readonly (keyof Row)[]>> = {
  server: ["group", "address"],
  vlan: [],
  private: [],
  vips: [],
  egress: ["servers"],
};

function rowProblems(row: Row): string[] {
  const { kind, resource } = row;
  const empty = (["site", "kind", "resource", "messenger"] as const).filter((column) => row[column] === "");
  if (empty.length > 0) return empty.map((column) => `${column} is empty; every row names its site, kind, resource and messenger`);
  if (!isKind(kind)) return [`unknown kind ${render(kind)}, expected one of ${adoptableKinds.join(", ")}`];
  const idle = (["group", "address", "servers"] as const).filter((column) => row[column] !== "" && !extras[kind].includes(column));
  const problems = idle.map((column) => `a row of kind ${kind} says nothing of ${column}, got ${render(row[column])}; leave it empty`);
  if (kind === "server" && !address.safeParse(row.address).success)
    problems.push(`${resource}: expected its IPv4 address, got ${render(row.address)}`);
  if (kind === "vlan" && !/^[1-9]\d{0,3}$/.test(resource)) problems.push(`expected the number of a VLAN, got ${render(resource)}`);
  if (kind !== "server" && kind !== "vlan" && !network.safeParse(resource).success)
    problems.push(`expected a prefix such as 10.64.8.0/21, got ${render(resource)}`);
  return problems;
}

function isKind(text: string): text is AdoptedRow["kind"] {
  return (adoptableKinds as readonly string[]).includes(text);
}
