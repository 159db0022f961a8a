/** How plain text and Markdown write the same thing. */
import type { Body } from "../report";
import { linesOf } from "./bodies";

/** One way of writing. */
export interface Ink {
  /** Words of the tool's own, which may hold values. */
  readonly words: (text: string) => string;
  /** A value, a name, a path. */
  readonly code: (text: string) => string;
  readonly strong: (text: string) => string;
  /** Objects of one item, and fields of one object: more of them are another item, or a number. */
  readonly most: number;
  /** What objects hold, as lines; none where it is not shown. @param names which of a row's objects. @default all */
  readonly body: (body: Body, names?: string) => readonly string[];
}

/** Characters that turn the direction of text, hide, or move a terminal's cursor: a value could make a line say what it does not. Persian's own zero-width joiners stay. */
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** On one line, and without what hides. */
const oneLine = (text: string): string => text.replace(/\s+/g, " ").replace(invisible, "\ufffd");

/** For a terminal. */
export const textInk: Ink = { words: oneLine, code: oneLine, strong: oneLine, most: Infinity, body: () => [] };

/** A longer value would take the place of what stands below it. */
const longest = 1000;
/** So is a longer body. */
const longestBody = 4000;
const short = (text: string): string => oneLine(text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

const asHtml = (text: string): string =>
  short(text).replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? sign);

/** Text in which nothing is markup, nobody is mentioned and nothing is linked. */
function escaped(text: string): string {
  return asHtml(text)
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replace(/[@#]/g, (sign) => `${sign}\u2060`)
    .replace(/!(?=\d)|\bGH-(?=\d)|\bwww(?=\.)/gi, "$&\u2060")
    .replace(/:\/\//g, ":\u2060//");
}

const mostTicks = (text: string): number => Math.max(0, ...Array.from(text.matchAll(/`+/g), ([row]) => row.length));

/** A code span: its fence is longer than any row of backticks in it. */
function codeSpan(text: string): string {
  const line = short(text);
  const ticks = mostTicks(line);
  const fence = "`".repeat(ticks + 1);
  const pad = ticks > 0 || line === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A fold with a block of code in it. Around the block stand empty lines: without them it would be taken for HTML. */
function foldedBody(body: Body, names?: string): string[] {
  const lines = linesOf(body, { line: longest, text: longestBody }).map((line) =>
    line.replace(/[\u2028\u2029]/g, " ").replace(invisible, "\ufffd"),
  );
  const fence = "`".repeat(Math.max(3, mostTicks(lines.join("\n")) + 1));
  const title = names === undefined ? "what it holds" : `<code>${asHtml(names)}</code>`;
  return ["", `<details><summary>${title}</summary>`, "", `${fence}yaml`, ...lines, fence, "", "</details>"];
}

/** For a comment on a pull request. */
export const markdownInk: Ink = {
  words: escaped,
  code: codeSpan,
  strong: (text) => `**${escaped(text)}**`,
  most: 25,
  body: foldedBody,
};
