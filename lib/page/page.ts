/** What a verb says to people: blocks in order, as plain text for a terminal or as Markdown for a pull request. */
import { widthOf } from "./width";

/** A part of a page. The first column of a table is text, the others are aligned to the right where `numbers` says so. */
export type Block =
  | { readonly heading: string; readonly level: 1 | 2 }
  | { readonly text: string }
  | { readonly list: readonly string[] }
  | { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly numbers?: readonly number[] };

/** Writes the blocks as `format` says, with an empty line between them. */
export function renderPage(blocks: readonly Block[], format: "text" | "markdown"): string {
  const shown = blocks.filter((block) => !("list" in block) || block.list.length > 0);
  return shown.map(format === "text" ? textOf : markdownOf).join("\n\n");
}

function textOf(block: Block): string {
  if ("heading" in block) return block.level === 1 ? `${block.heading}\n${"=".repeat(block.heading.length)}` : block.heading;
  if ("text" in block) return block.text;
  if ("list" in block) return block.list.map((item) => `- ${item}`).join("\n");
  return tableOf([block.head, ...block.rows], new Set(block.numbers));
}

/** The rows in columns that are two spaces apart, with no white space at the end of a line. */
function tableOf(rows: readonly (readonly string[])[], numbers: ReadonlySet<number>): string {
  const widths: number[] = [];
  for (const row of rows) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const blank = " ".repeat((widths[column] ?? 0) - widthOf(cell));
        return numbers.has(column) ? blank + cell : cell + blank;
      })
      .join("  ");
  return rows.map((row) => line(row).trimEnd()).join("\n");
}

function markdownOf(block: Block): string {
  if ("heading" in block) return `${"#".repeat(block.level + 1)} ${block.heading}`;
  if ("text" in block) return block.text;
  if ("list" in block) return block.list.map((item) => `- ${item}`).join("\n");
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = block.head.map((_, column) => (block.numbers?.includes(column) ? "---:" : "---"));
  return [row(block.head), row(rule), ...block.rows.map(row)].join("\n");
}

/** A number for people: three digits that count, thousands apart. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) >= 100) return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
  return String(Number(value.toPrecision(3)));
}
