/** The report for a terminal. */
import { renderPage, type Block } from "../../page/page";
import type { Report } from "../report";
import { textInk } from "./ink";
import { sectionsOf, unchangedText } from "./sections";

/** The report as plain text. @param isUnfolded shows also what is folded elsewhere */
export function renderText(report: Report, isUnfolded = false): string {
  const blocks = sectionsOf(report, textInk).flatMap(({ heading, table, items, folded }): Block[] => [
    { heading, level: 2 },
    ...(table ? [{ ...table, numbers: table.head.flatMap((_, index) => (index > 0 ? [index] : [])) }] : []),
    folded !== undefined && !isUnfolded ? { text: `${folded} (shown by --security-only)` } : { list: items },
  ]);
  const unchanged = unchangedText(report);
  return renderPage(
    [
      { text: textInk.words(report.verdict) },
      { text: textInk.words(`${report.base} → ${report.head}`) },
      ...blocks,
      ...(unchanged === "" ? [] : [{ text: unchanged }]),
    ],
    "text",
  );
}
