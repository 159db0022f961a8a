/** How plain text and Markdown write the same thing. */

/** One way of writing. */
export interface Ink {
  /** Words of the tool's own, which may hold values. */
  readonly words: (text: string) => string;
  /** A value, a name, a path. */
  readonly code: (text: string) => string;
  readonly strong: (text: string) => string;
  /** Objects of one item, and fields of one object: more of them are another item, or a number. */
  readonly most: number;
}

/** Characters that turn the direction of text, hide, or move a terminal's cursor: a value could make a line say what it does not. Persian's own zero-width joiners stay. */
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** On one line, and without what hides. */
const oneLine = (text: string): string => text.replace(/\s+/g, " ").replace(invisible, "\ufffd");

/** For a terminal. */
export const textInk: Ink = { words: oneLine, code: oneLine, strong: oneLine, most: Infinity };

/** A longer value would take the place of what stands below it. */
const longest = 1000;
const short = (text: string): string => oneLine(text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** Text in which nothing is markup, nobody is mentioned and nothing is linked. */
function escaped(text: string): string {
  return short(text)
    .replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? sign)
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replace(/[@#]/g, (sign) => `${sign}\u2060`)
    .replace(/!(?=\d)|\bGH-(?=\d)|\bwww(?=\.)/gi, "$&\u2060")
    .replace(/:\/\//g, ":\u2060//");
}

/** A code span: its fence is longer than any row of backticks in it. */
function codeSpan(text: string): string {
  const line = short(text);
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([row]) => row.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 || line === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** For a comment on a pull request. */
export const markdownInk: Ink = { words: escaped, code: codeSpan, strong: (text) => `**${escaped(text)}**`, most: 25 };
