/** The quotes and brackets of a YAML text: which of them are never closed, and where quoted texts stand. */
import { Lexer } from "yaml";
import { shortPlace, type Fault } from "./fault";
import { most } from "./source";

/** What opens and closes in a text. */
export interface Openings {
  readonly faults: readonly Fault[];
  /** Where the quoted text opens that ends at an offset. */
  readonly quoteBefore: (end: number) => number | undefined;
  /** Where a quote opens behind which nothing is sure. */
  readonly unclosedQuote: number;
}

const closers: Readonly<Record<string, string>> = { "[": "]", "{": "}" };
const nouns: Readonly<Record<string, string>> = { "[": "list", "{": "map" };
/** The lexer's marks of a document, of a plain text that follows, and of brackets that it gives up on; they take no room in the text. */
const [document, plain, givenUp] = ["\u0002", "\u001f", "\u0018"];

/** The parts of a text as YAML's own lexer sees them, each by its first character; plain texts, in which no character is a mark, by none. */
function* partsOf(text: string): Generator<{ readonly mark: string; readonly part: string; readonly offset: number }> {
  let offset = 0;
  let isPlain = false;
  for (const part of new Lexer().lex(text)) {
    if (!isPlain && (part === plain || part === document || part === givenUp)) {
      isPlain = part === plain;
      if (part === givenUp) yield { mark: givenUp, part: "", offset };
      continue;
    }
    yield { mark: isPlain ? "" : (part[0] ?? ""), part, offset };
    isPlain = false;
    offset += part.length;
  }
}

/** Where brackets stand within each other deeper than `levels`; the parser calls itself for each, the lexer does not. */
export function deeperThan(levels: number, text: string): number | undefined {
  let depth = 0;
  for (const { mark, offset } of partsOf(text)) {
    if (mark === "[" || mark === "{") depth++;
    else if ((mark === "]" || mark === "}") && depth > 0) depth--;
    if (depth > levels) return offset;
  }
  return undefined;
}

/** Looks at every quote and bracket once. */
export function openingsOf(text: string): Openings {
  const faults: Fault[] = [];
  const quotes = new Map<number, number>();
  let unclosedQuote = Infinity;
  let open: { readonly mark: string; readonly offset: number }[] = [];
  const giveUp = (): void => {
    faults.push(
      ...open.slice(0, most).map(({ mark, offset }) => ({
        offset,
        message: `the bracket ${mark} opens here and is never closed; write a ${closers[mark] ?? ""} where the ${nouns[mark] ?? ""} ends`,
      })),
    );
    open = [];
  };
  const close = (mark: string, offset: number): void => {
    const inner = open.pop();
    if (!inner || closers[inner.mark] === mark) return;
    // A hostile file has a million, and each looks for its line.
    if (faults.length < most) {
      const place = shortPlace(text, inner.offset);
      faults.push({ offset, message: `expected ${closers[inner.mark] ?? ""} to close the ${inner.mark} of ${place}, got ${mark}` });
    }
    // It was meant for the next one.
    if (closers[open.at(-1)?.mark ?? ""] === mark) open.pop();
  };
  for (const { mark, part, offset } of partsOf(text)) {
    if (mark === givenUp) giveUp();
    else if (mark === "[" || mark === "{") open.push({ mark, offset });
    else if (mark === "]" || mark === "}") close(mark, offset);
    else if (mark === '"' || mark === "'") {
      quotes.set(offset + part.length, offset);
      if (part.length === 1 || !part.endsWith(mark)) {
        faults.push({ offset, message: `the quote ${mark} opens here and is never closed; write another ${mark} where the text ends` });
        unclosedQuote = Math.min(unclosedQuote, offset);
        // What it swallowed may have closed them.
        open = [];
      }
    }
  }
  giveUp();
  return { faults, quoteBefore: (end) => quotes.get(end), unclosedQuote };
}
