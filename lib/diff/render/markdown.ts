/** The report for a comment on a pull request: whatever the change, it fits. */
import type { Report } from "../report";
import { markdownInk } from "./ink";
import { sectionsOf, unchangedText, type Section } from "./sections";

/** GitHub's comments hold 65,536 characters; what marks the comment as ours needs some of them. */
const mostCharacters = 64_000;

const { words, code } = markdownInk;

function tableText({ head, rows }: NonNullable<Section["table"]>): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

/** A section with its first `shown` items. */
function sectionText({ heading, table, items, folded, isDetail }: Section, shown: number): string {
  const left = items.length - shown;
  const parts = [
    ...(table ? [tableText(table)] : []),
    ...(shown > 0
      ? [
          items
            .slice(0, shown)
            .map((item) => `- ${item}`)
            .join("\n"),
        ]
      : []),
    ...(left > 0 ? [`*${String(left)} of ${String(items.length)} are left out here.*`] : []),
  ];
  const body = parts.join("\n\n");
  if (folded === undefined && !(isDetail && items.length > 10)) return `### ${heading}\n\n${body}`;
  return `<details><summary><b>${heading}</b></summary>\n\n${body}\n\n</details>`;
}

/** Sections cut to a length: details first, from the end of the last; then, where that is not enough, what is to be read whole. */
function fitted(sections: readonly Section[], length: number): { texts: string[]; cut: number } {
  const shown = sections.map(({ items }) => items.length);
  const texts = sections.map((section, index) => sectionText(section, shown[index] ?? 0));
  const total = (): number => texts.reduce((sum, text) => sum + text.length + 2, 0);
  const order = sections.map((_, index) => index).reverse();
  const cutOrder = [...order.filter((index) => sections[index]?.isDetail), ...order.filter((index) => !sections[index]?.isDetail)];
  for (const index of cutOrder) {
    const section = sections[index];
    if (!section || total() <= length) break;
    const room = length - (total() - (texts[index]?.length ?? 0));
    let [fits, tooMany] = [0, section.items.length + 1];
    while (tooMany - fits > 1) {
      const middle = (fits + tooMany) >> 1;
      if (sectionText(section, middle).length <= room) fits = middle;
      else tooMany = middle;
    }
    shown[index] = fits;
    texts[index] = sectionText(section, fits);
  }
  return { texts, cut: sections.reduce((sum, { items }, index) => sum + items.length - (shown[index] ?? 0), 0) };
}

/** The report as GitHub and GitLab show it. */
export function renderMarkdown(report: Report): string {
  const head = [`## ${words(report.verdict)}`, `${code(report.base)} → ${code(report.head)}`];
  const unchanged = unchangedText(report);
  const sections = sectionsOf(report, markdownInk);
  const cutNote = (cut: number): string =>
    `**${String(cut)} rows are left out**, for a comment holds no more. The whole report is among the artifacts of this run; here, \`zirsakht diff\` with \`--format html\` writes it.`;
  const spent = [...head, unchanged, cutNote(sections.reduce((sum, { items }) => sum + items.length, 0))].join("\n\n").length;
  const { texts, cut } = fitted(sections, mostCharacters - spent);
  return [...head, ...(cut > 0 ? [cutNote(cut)] : []), ...texts, ...(unchanged === "" ? [] : [unchanged])].join("\n\n");
}
