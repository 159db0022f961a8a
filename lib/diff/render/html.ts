/** The change report as one page: it loads nothing, runs nothing, and prints. */
import { createHash } from "node:crypto";
import type { Report } from "../report";
import { hatch } from "./bar";
import { withBodies } from "./bodies";
import { capacitySites } from "./capacitySection";
import { changeList } from "./changeList";
import { findingList } from "./findingList";
import { grantTable } from "./grantTable";
import { type Markup, markup, Markup as Html } from "./markup";
import { style } from "./style";
import { code, sentence, Voice } from "./voice";
import type { Language } from "./words";

export interface HtmlOptions {
  readonly language: Language;
}

/** A part of the page that is there only when it has something to say. */
interface Section {
  readonly id: "risk" | "security" | "capacity" | "grants" | "changes" | "drift";
  readonly title: string;
  /** How much it has. */
  readonly count: number;
  readonly content: () => Markup;
}

/** Writes the page. The style is let in by its hash; scripts, images, frames, forms and addresses are not. */
export function renderHtml(report: Report, { language }: HtmlOptions): string {
  const voice = new Voice(language);
  const sections = sectionsOf(report, voice).filter(({ count }) => count > 0);
  const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'`;
  const page = markup`<!doctype html>
<html lang="${language}" dir="${voice.direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${voice.word("title")}: ${report.base} – ${report.head}</title>
<style>${new Html(style)}</style>
</head>
<body>
${header(report, sections, voice)}
<main>
${sections.map(
  (
    section,
  ) => markup`<section id="${section.id}" aria-labelledby="${section.id}-title"><h2 id="${section.id}-title">${section.title} <span class="count">${voice.figure(section.count)}</span></h2>
${section.content()}</section>
`,
)}</main>
<footer><p>${voice.count("unchangedStacks", report.unchanged)}</p></footer>
${hatch}
</body>
</html>
`;
  return page.html;
}

function header({ verdict, base, head, notes, risk, security }: Report, sections: readonly Section[], voice: Voice): Markup {
  const mood = risk.length > 0 ? "grave" : security.some(({ direction }) => direction === "widens") ? "warned" : "calm";
  const side = (word: "base" | "head", name: string): Markup => markup`<span>${voice.word(word)} ${code(name)}</span>`;
  const links = sections.map(({ id, title, count }) => markup`<li><a href="#${id}">${title} <b>${voice.figure(count)}</b></a></li>`);
  const list =
    notes.length > 0
      ? markup`<aside aria-labelledby="notes-title"><h2 id="notes-title">${voice.word("notes")}</h2><ul>${notes.map((note) => markup`<li>${sentence(note)}</li>`)}</ul></aside>`
      : undefined;
  const contents = links.length > 0 ? markup`<nav aria-label="${voice.word("contents")}"><ul>${links}</ul></nav>` : undefined;
  return markup`<header class="${mood}"><p class="sides"><strong>${voice.word("title")}</strong> ${side("base", base)} ${side("head", head)}</p>
<h1>${sentence(verdict)}</h1>
${contents}${list}</header>`;
}

/** Bodies of one row, and of the page: it must open on a phone. */
const mostBodies = { inRow: 20, inAll: 500 };

function sectionsOf(report: Report, voice: Voice): Section[] {
  const { risk, security, capacity, grants, changes, drift = [] } = withBodies(report, mostBodies.inRow, mostBodies.inAll);
  const widens = security.filter(({ direction }) => direction === "widens");
  const narrows = security.filter(({ direction }) => direction === "narrows");
  return [
    { id: "risk", title: voice.word("risk"), count: risk.length, content: () => findingList(risk, voice) },
    {
      id: "security",
      title: voice.word("security"),
      count: security.length,
      content: () =>
        markup`${widens.length > 0 ? findingList(widens, voice, voice.word("widens")) : undefined}${
          narrows.length > 0
            ? markup`<details class="narrowings"><summary>${voice.count("narrowings", narrows.length)}</summary>${findingList(narrows, voice, voice.word("narrows"))}</details>`
            : undefined
        }`,
    },
    {
      id: "capacity",
      title: voice.word("capacity"),
      count: capacity.sites.length,
      content: () => capacitySites(capacity.sites, voice),
    },
    { id: "grants", title: voice.word("grants"), count: grants.length, content: () => grantTable(grants, voice) },
    { id: "changes", title: voice.word("changes"), count: totalOf(changes), content: () => changeList(changes, "change", voice) },
    {
      id: "drift",
      title: voice.word("driftTitle"),
      count: totalOf(drift),
      content: () => markup`<p class="meaning">${voice.word("driftMeaning")}</p>${changeList(drift, "drift", voice)}`,
    },
  ];
}

const totalOf = (rows: Report["changes"]): number => rows.reduce((sum, { count }) => sum + count, 0);
