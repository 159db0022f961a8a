/** HTML that is safe by the way it is written: what is put into a `markup` template is escaped, unless it came out of one. */

/** A piece of HTML. */
export class Markup {
  constructor(readonly html: string) {}
}

/** What a template takes; nothing is written for undefined. */
export type Part = Markup | string | undefined | readonly Part[];

/** Writes a piece of HTML. Attributes stand in double quotes; no value of a report becomes an address or a style. */
export function markup(fixed: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(fixed.reduce((html, next, index) => html + htmlOf(parts[index - 1]) + next));
}

function htmlOf(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Markup) return part.html;
  return typeof part === "string" ? escaped(part) : part.map(htmlOf).join("");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/**
 * Characters that show nothing or turn the order of others around: a reviewer must see that they are there. The joiners of Persian words and
 * line breaks stay.
 */
const hidden =
  /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0](?!(?<=\p{Script=Arabic}[\u200c\u200d])\p{Script=Arabic})/gu;

function escaped(text: string): string {
  return text.replace(hidden, named).replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

function named(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}
