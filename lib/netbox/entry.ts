/** What NetBox says of one key of estate.yaml, and where it says so. */
import { parseDocument, visit } from "yaml";
import type { Position } from "../request/problem";
import type { Path } from "../request/source";

/** A value as estate.yaml writes it; `undefined` takes the key away. */
export interface Entry {
  readonly path: Path;
  readonly value: unknown;
  readonly at: () => Position;
}

/** A whole number where the text is one; else the text, so that the check of the estate says what is wrong with it. */
export function wholeNumber(text: string): number | string {
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** A value that is written as YAML in one line; the text itself where it is none, or has aliases, so that the check of the estate says so. */
export function yamlValue(text: string): unknown {
  const document = parseDocument(text, { logLevel: "silent", stringKeys: true, resolveKnownTags: false });
  let aliases = 0;
  visit(document, {
    Alias: () => {
      aliases++;
      return visit.BREAK;
    },
  });
  return document.errors.length > 0 || aliases > 0 ? text : (document.toJS() as unknown);
}

/** The words of a text, separated by spaces or commas. */
export function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}
