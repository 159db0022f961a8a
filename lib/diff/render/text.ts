/** The report for a terminal. */
import { renderPage, type Block } from "../../page/page";
import type { Report } from "../report";
import { allWithoutBody, withBodies } from "./bodies";
import { textInk } from "./ink";
import { sectionsOf, unchangedText } from "./sections";

/** A body is longer than all that is said of its object: here it would push the verdict off the screen. */
const elsewhere = "What the created and destroyed objects hold is shown by --format markdown, html and json.";

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
      ...(allWithoutBody(withBodies(report, 0, 0)) === 0 ? [] : [{ text: elsewhere }]),
      ...(unchanged === "" ? [] : [{ text: unchanged }]),
    ],
    "text",
  );
}
