/** The tables for NetBox's bulk import, as files numbered in the order in which NetBox must import them. */
import type { Problem } from "../request/problem";
import { csvText } from "./csvText";
import { deviceTables } from "./exportDevices";
import type { ExportInput } from "./exportInput";
import { networkTables } from "./exportNetwork";
import { siteTables } from "./exportSites";
import type { Table, TableRow } from "./table";

/** The files, how many rows each has, and what NetBox would refuse. */
export interface Exported {
  readonly files: ReadonlyMap<string, string>;
  readonly rows: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
}

/** Makes them; a table without rows has no file, as NetBox refuses one. */
export function exportTables(input: ExportInput): Exported {
  const tables = [...siteTables(input), ...deviceTables(input), ...networkTables(input)].filter(({ rows }) => rows.length > 0);
  const named = tables.map((table, index) => [`${String(index + 1).padStart(2, "0")}-${table.name}.csv`, table] as const);
  return {
    files: new Map(named.map(([file, { columns, rows }]) => [file, csvText(columns, rows)])),
    rows: new Map(named.map(([file, { rows }]) => [file, rows.length])),
    problems: tables.flatMap(problemsOf),
  };
}

/** How long NetBox lets a name be. */
const longest: Readonly<Record<string, number>> = { sites: 100, tenants: 100, devices: 64, interfaces: 64 };

/** What NetBox would refuse: long names, two sites of one name, a port with two cables. */
function problemsOf({ name, rows }: Table): Problem[] {
  const limit = longest[name];
  const long = rows.filter((row) => limit !== undefined && (row.name ?? "").length > limit);
  const problems = long.map((row) => ({
    message: `${name}: ${row.name ?? ""} has more than the ${String(limit)} characters that NetBox takes; shorten it`,
  }));
  if (name === "sites")
    problems.push(
      ...twice(
        rows,
        ({ name: site = "" }) => site,
        (site) => `two sites are called ${site}; NetBox needs a name of its own for each`,
      ),
    );
  if (name === "cables")
    problems.push(
      ...twice(
        rows,
        (row) => `${row.side_b_device ?? ""} ${row.side_b_name ?? ""}`,
        (port) => `port ${port} has two NICs, and NetBox takes one cable a port; correct the port of one of them`,
      ),
    );
  return problems;
}

function twice(rows: readonly TableRow[], nameOf: (row: TableRow) => string, words: (name: string) => string): Problem[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const row of rows) (seen.has(nameOf(row)) ? again : seen).add(nameOf(row));
  return [...again].map((name) => ({ message: words(name) }));
}
