/** Writes CSV as NetBox and our own readers take it: a comma, a line feed, quotes only where they are needed. */

/** The text of a table; a row's missing columns are empty. */
export function csvText(columns: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string {
  const line = (cells: readonly string[]): string => `${cells.map(cellOf).join(",")}\n`;
  return line(columns) + rows.map((row) => line(columns.map((column) => row[column] ?? ""))).join("");
}

function cellOf(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
