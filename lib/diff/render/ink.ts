/** How plain text and Markdown write the same thing. */

/** One way of writing. */
export interface Ink {
  /** Words of the tool's own, which may hold values. */
  readonly words: (text: string) => string;
  /** A value, a name, a path. */
  readonly code: (text: string) => string;
  readonly strong: (text: string) => string;
}

/** Characters that turn the direction of text or hide: a value could make a line say what it does not. */
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** On one line, and without what hides. Persian's own zero-width non-joiner stays. */
const oneLine = (text: string): string => text.replace(/\s+/g, " ").replace(invisible, "\ufffd");

/** For a terminal. */
export const textInk: Ink = { words: oneLine, code: oneLine, strong: oneLine };

/** Text in which nothing is markup, nobody is mentioned and nothing is linked. */
function escaped(text: string): string {
  return oneLine(text)
    .replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? sign)
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replace(/[@#]/g, (sign) => `${sign}\u2060`)
    .replace(/:\/\//g, ":\u2060//");
}

/** A code span: its fence is longer than any row of backticks in it. */
function codeSpan(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([row]) => row.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 || line === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** For a comment on a pull request. */
export const markdownInk: Ink = { words: escaped, code: codeSpan, strong: (text) => `**${escaped(text)}**` };
