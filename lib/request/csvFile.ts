/** Reads a CSV file with a header: rows by column, each with its line, and everything that is wrong with its form. */
import { CsvError, parse } from "csv-parse/sync";
import { conflictIn, mergeByHand, problemOf } from "./fault";
import { nearest, render } from "./issues";
import type { Problem } from "./problem";
import { wholeFile } from "./source";
import { disk, limits, readText } from "./textFile";

/** One row; a column that the row ends before is empty. */
export interface CsvRow<Column extends string> {
  readonly line: number;
  readonly values: Readonly<Record<Column, string>>;
}

/** The rows, and what is wrong with the file; no rows where its header is wrong. */
export interface CsvFile<Column extends string> {
  readonly rows: readonly CsvRow<Column>[];
  readonly problems: readonly Problem[];
}

/** Reads the file, whose header names just these columns, in any order. */
export function readCsv<Column extends string>(file: string, columns: readonly Column[], store = disk): CsvFile<Column> {
  const read = readText(file, limits.csv, store);
  if ("problem" in read) return { rows: [], problems: [read.problem] };
  const conflict = conflictIn(read.text, mergeByHand);
  if (conflict) return { rows: [], problems: [problemOf(file, read.text, conflict)] };
  const at = (line: number, message: string): Problem => ({ position: { file, line, column: 1 }, message });
  try {
    // `lines` counts up to the end of the row; quoted line feeds, which no value here may have, would shift it.
    const [header, ...records] = parse(read.text, { info: true, trim: true, skip_empty_lines: true }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    if (!header) return { rows: [], problems: [wholeFile(file, `the file is empty; expected the columns ${columns.join(",")}`)] };
    const problems = headerProblems(header.record, columns).map((message) => at(header.info.lines, message));
    if (problems.length > 0) return { rows: [], problems };
    const rows = records.map(({ record, info }) => ({
      line: info.lines,
      values: Object.fromEntries(header.record.map((column, index) => [column, record[index] ?? ""])) as Record<Column, string>,
    }));
    return { rows, problems: [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows: [], problems: [at(Number(error.lines), `not valid CSV: ${error.message}`)] };
  }
}

function headerProblems(header: readonly string[], columns: readonly string[]): string[] {
  const suggest = (column: string): string => {
    const near = nearest(column, columns);
    return near === undefined ? `expected ${columns.join(",")}` : `did you mean ${near}?`;
  };
  return [
    ...header.filter((column) => !columns.includes(column)).map((column) => `unknown column ${render(column)}, ${suggest(column)}`),
    ...columns.filter((column) => !header.includes(column)).map((column) => `missing column ${column}; expected ${columns.join(",")}`),
    ...header.filter((column, index) => header.indexOf(column) < index).map((column) => `the column ${column} stands twice; keep one`),
  ];
}
