/** The report for a comment on a pull request: whatever the change, it fits. */
import type { Report } from "../report";
import { several } from "../../allocation/words";
import { allWithoutBody, withBodies } from "./bodies";
import { markdownInk } from "./ink";
import { sectionsOf, unchangedText, type Section } from "./sections";

/** GitHub's comments hold 65,536 characters; what marks the comment as ours needs some of them. */
const mostCharacters = 64_000;

const { words, code } = markdownInk;

function tableText({ head, rows }: NonNullable<Section["table"]>): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

/** How much of a section can be left out: the rows of its table, then its items. */
const sizeOf = ({ table, items }: Section): number => (table?.rows.length ?? 0) + items.length;

/** A section with the first `shown` of its rows and items. */
function sectionText(section: Section, shown: number): string {
  const { heading, table, items, folded, isDetail } = section;
  const rows = table?.rows.slice(0, shown) ?? [];
  const listed = items.slice(0, Math.max(0, shown - (table?.rows.length ?? 0)));
  const left = sizeOf(section) - rows.length - listed.length;
  const parts = [
    ...(table && rows.length > 0 ? [tableText({ ...table, rows })] : []),
    ...(listed.length > 0 ? [listed.map((item) => `- ${item}`).join("\n")] : []),
    ...(left > 0 ? [`*${String(left)} of ${String(sizeOf(section))} are left out here.*`] : []),
  ];
  const body = parts.join("\n\n");
  if (folded === undefined && !(isDetail && items.length > 10)) return `### ${heading}\n\n${body}`;
  return `<details><summary><b>${heading}</b></summary>\n\n${body}\n\n</details>`;
}

/** The greatest number up to `most` of which it holds, if it holds of all below; else 0. */
function mostThat(holds: (count: number) => boolean, most: number): number {
  let [yes, no] = [0, most + 1];
  while (no - yes > 1) {
    const middle = (yes + no) >> 1;
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

/**
 * Sections cut to a length: details first, from the end of the last; then, where that is not enough, what is to be read whole. Where even
 * the headings are too many, the last go.
 */
function fitted(sections: readonly Section[], length: number): { texts: string[]; cut: number } {
  const shown = sections.map(sizeOf);
  const texts = sections.map((section, index) => sectionText(section, shown[index] ?? 0));
  const lengthOf = (text: string | undefined): number => (text ? text.length + 2 : 0);
  let total = texts.reduce((sum, text) => sum + lengthOf(text), 0);
  const put = (index: number, text: string, count: number): void => {
    total += lengthOf(text) - lengthOf(texts[index]);
    [texts[index], shown[index]] = [text, count];
  };
  const order = sections.map((_, index) => index).reverse();
  const cutOrder = [...order.filter((index) => sections[index]?.isDetail), ...order.filter((index) => !sections[index]?.isDetail)];
  for (const index of cutOrder) {
    const section = sections[index];
    if (!section || total <= length) break;
    const room = length - (total - lengthOf(texts[index]));
    const fits = mostThat((count) => lengthOf(sectionText(section, count)) <= room, sizeOf(section));
    put(index, sectionText(section, fits), fits);
  }
  for (const index of order) if (total > length) put(index, "", 0);
  return { texts: texts.filter(Boolean), cut: sections.reduce((sum, section, index) => sum + sizeOf(section) - (shown[index] ?? 0), 0) };
}

/** Bodies of one row; a row of many objects is no catalogue of them. */
const mostBodies = 5;

/** The report as GitHub and GitLab show it. What objects hold goes before anything else does. */
export function renderMarkdown(report: Report): string {
  const head = [`## ${words(report.verdict)}`, `${code(report.base)} → ${code(report.head)}`];
  const unchanged = unchangedText(report);
  const notesOf = (rows: number, bodies: number): string[] => [
    ...(rows > 0
      ? [
          `**${String(rows)} rows are left out**, for a comment holds no more. The whole report is among the artifacts of this run; here, \`zirsakht diff\` with \`--format html\` writes it.`,
        ]
      : []),
    ...(bodies > 0
      ? [`**What ${several(bodies, "object")} ${bodies === 1 ? "holds" : "hold"} is left out**; \`--format json\` has it.`]
      : []),
  ];
  const written = (bodies: number): { readonly parts: readonly string[]; readonly isWhole: boolean } => {
    const shown = withBodies(report, mostBodies, bodies);
    const sections = sectionsOf(shown, markdownInk);
    const without = allWithoutBody(shown);
    const most = sections.reduce((sum, section) => sum + sizeOf(section), 0);
    const spent = [...head, unchanged, ...notesOf(most, without)].join("\n\n").length;
    const { texts, cut } = fitted(sections, mostCharacters - spent);
    return { parts: [...head, ...notesOf(cut, without), ...texts, ...(unchanged === "" ? [] : [unchanged])], isWhole: cut === 0 };
  };
  const all = report.changes.concat(report.drift ?? []).reduce((sum, { bodies = [] }) => sum + Math.min(bodies.length, mostBodies), 0);
  return written(mostThat((bodies) => written(bodies).isWhole, all)).parts.join("\n\n");
}
