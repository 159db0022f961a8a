/** What is wrong with the form of a YAML text: in words, where it begins, and what to do. The parser's own words are for those who write parsers. */
import type { YAMLParseError } from "yaml";
import { shortPlace, type Fault } from "./fault";
import { render } from "./issues";
import { most } from "./source";
import { openingsOf, type Openings } from "./yamlOpenings";

/** Where an error of the parser stands. */
interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly openings: Openings;
}
type Words = string | ((place: Place) => string | Fault);

/** A colon without the space that makes it one of a key; not an address's. */
export const spaceless = /:(?!\/\/)(?=\S)/;
/** What the parser says of openings; yamlOpenings says it of where they open. */
const ofOpenings = /^(?:MISSING_CHAR Missing closing ['"]quote|(?:MISSING_CHAR|BAD_INDENT) Flow (?:map|sequence) .*end with a [\]}])$/;
/** What it says of all that follows something that belongs nowhere. */
const ofTheRest = /^UNEXPECTED_TOKEN Unexpected .* in YAML (?:stream|document)/;

const misindented = ({ text, start }: Place): Fault => ({
  offset: firstMark(text, start),
  message: "this line is indented like no key above it; indent it as the keys that it belongs to",
});

/** By code and message of the parser, whose codes alone mean many things; what stands nowhere here it says itself. */
const explanations: readonly (readonly [RegExp, Words])[] = [
  [
    /^MULTIPLE_DOCS/,
    ({ text, start }) =>
      `a second document starts here; expected one document, remove the line ${text.startsWith("---", start) ? "---" : "... before it"}`,
  ],
  [/^TAB_AS_INDENT/, "a tab indents this line; YAML takes spaces only, write spaces in its place"],
  [/^NON_STRING_KEY/, "a key that is no text; expected a plain name"],
  [/^BAD_SCALAR_START|^BAD_ALIAS/, ({ text, start }) => reserved(text, start)],
  [
    /^BAD_DQ_ESCAPE/,
    // As JSON writes it, without the quote and the first of two \.
    ({ text, start }) =>
      `${render(text.slice(start, start + 2)).slice(2, -1)} means nothing in double quotes; write \\\\ for a \\, or use ' quotes`,
  ],
  [/^(?:BAD_INDENT All .* same column|MISSING_CHAR Sequence item without)/, misindented],
  [
    /^BLOCK_AS_IMPLICIT_KEY A block sequence/,
    ({ text, start }) => ({
      offset: firstMark(text, start),
      message: "a list item (-) stands where a key is expected; indent it as the list it belongs to",
    }),
  ],
  [/^BLOCK_AS_IMPLICIT_KEY/, colonInValue],
  [/^MULTILINE_IMPLICIT_KEY|^MISSING_CHAR Implicit map keys/, noKey],
  [
    /^BLOCK_IN_FLOW/,
    ({ text, start }) =>
      /^-\s/.test(text.slice(start, start + 2))
        ? "a list item (-) stands in brackets; there commas alone separate what a list holds, leave out the -"
        : "a value with a colon and a space in it; expected a comma before the next key, or the value in quotes",
  ],
  [/^UNEXPECTED_TOKEN Unexpected (?:,|empty item) in flow/, "a comma too many; remove it"],
  [/^MISSING_CHAR Missing space after :/, "expected a space after the colon"],
  [/^MISSING_CHAR Missing ,/, (place) => behind(place, "expected a comma before this")],
  [
    /^UNEXPECTED_TOKEN Unexpected .* at node end/,
    (place) => behind(place, "nothing can stand behind this value; put the whole value in quotes"),
  ],
  [
    /^UNEXPECTED_TOKEN Unexpected block-seq-ind on same line/,
    "a list item (-) begins on the line of its key; begin it on a line of its own",
  ],
  [
    /^UNEXPECTED_TOKEN Block scalar header/,
    ({ text, start }) => {
      const offset = Math.max(text.lastIndexOf("|", start), text.lastIndexOf(">", start));
      return { offset, message: reserved(text, offset) };
    },
  ],
  [
    /^MISSING_CHAR Comments must be separated/,
    "expected a space before #, with which a comment begins; if it is none, put the whole value in quotes",
  ],
  [
    ofTheRest,
    ({ text, start }) =>
      /[\]}]/.test(text[start] ?? "")
        ? `this ${text[start] ?? ""} closes nothing; remove it`
        : "nothing can stand here; the file's value ends before it",
  ],
];

/** What is wrong, in the order of the text; one fault a line, for others there mostly follow from it. */
export function yamlFaults(text: string, errors: readonly Pick<YAMLParseError, "code" | "message" | "pos">[]): Fault[] {
  const openings = openingsOf(text);
  const said = errors.map(({ code, message, pos: [start, end] }) => ({
    said: `${code} ${message}`,
    message,
    place: { text, start, end, openings },
  }));
  const rest = said.findIndex((each) => ofTheRest.test(each.said));
  const faults = said
    .filter((each, index) => !ofOpenings.test(each.said) && (index <= rest || !ofTheRest.test(each.said)))
    // A hostile file has a million.
    .slice(0, most)
    .map(({ said, message, place }) => explained(said, message, place));
  const sorted = [...openings.faults, ...faults]
    .filter(({ offset }) => offset <= openings.unclosedQuote)
    .sort((a, b) => a.offset - b.offset);
  // A broken text never counts as whole, whatever is left out above.
  if (sorted.length === 0)
    return said.slice(0, 1).map(({ message, place }) => ({ offset: place.start, message: `not valid YAML: ${message}` }));
  return sorted.filter(({ offset }, index) => index === 0 || text.slice(sorted[index - 1]?.offset, offset).includes("\n"));
}

function explained(said: string, message: string, place: Place): Fault {
  const words = explanations.find(([pattern]) => pattern.test(said))?.[1] ?? `not valid YAML: ${message}`;
  const fault = typeof words === "string" ? words : words(place);
  return typeof fault === "string" ? { offset: place.start, message: fault } : fault;
}

/** The first mark that is no white space, from an offset on. */
function firstMark(text: string, offset: number): number {
  const space = /\s*/y;
  space.lastIndex = offset;
  space.test(text);
  return space.lastIndex < text.length ? space.lastIndex : offset;
}

function reserved(text: string, offset: number): string {
  return `a value cannot begin with ${text[offset] ?? ""}; put it in quotes`;
}

/** The line from an offset on, without what is a comment. */
function restOfLine(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text
    .slice(offset, end < 0 ? text.length : end)
    .replace(/\s#.*/, "")
    .trimEnd();
}

/** The value of a key is a map that begins on the key's line. */
function colonInValue({ text, start }: Place): string | Fault {
  if (text[start] === "?") return reserved(text, start);
  if (/:(?:\s|$)/.test(restOfLine(text, start)))
    return "a value with a colon and a space in it; put the whole value in quotes, or the key in it on a line of its own";
  return tooFarIn(text, text.indexOf("\n", start));
}

function tooFarIn(text: string, lineFeed: number): Fault {
  return {
    offset: firstMark(text, lineFeed),
    message: "this line is indented deeper than the key above it, which has its value already; indent it as that key",
  };
}

/** What was taken for a key has no colon behind it, or none with a space, or belongs to the line before. */
function noKey({ text, start, end }: Place): string | Fault {
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  if (/[^\s-]/.test(before) && text.slice(start, end).includes("\n")) return tooFarIn(text, text.lastIndexOf("\n", end - 1));
  const line = restOfLine(text, start);
  if (/^["']/.test(line)) return "a key that goes over more than one line; write it on one, with a colon behind it";
  if (/^-\S/.test(line)) return "expected a space after the -";
  const colon = line.search(spaceless);
  if (colon >= 0) return { offset: start + colon, message: `expected a space after the colon, got ${render(line)}` };
  return `expected a key with a colon and a value, got ${render(line)}; if it goes on with the value above, indent it deeper`;
}

/** Something stands where a value has ended, by its quote or its bracket. */
function behind({ text, start, openings }: Place, otherwise: string): string | Fault {
  const end = text.slice(0, start).trimEnd().length;
  const quote = openings.quoteBefore(end);
  const mark = text[end - 1] ?? "";
  if (quote === undefined) return otherwise;
  if (text.slice(quote, end).includes("\n"))
    return {
      offset: quote,
      message: `the quote ${mark} opens here and is closed only at ${shortPlace(text, end - 1)}; write another ${mark} where the text ends`,
    };
  if (otherwise.startsWith("expected") && end < start) return otherwise;
  const inside = mark === "'" ? "''" : '\\"';
  return `text stands behind the closing ${mark}; move the ${mark} behind it, or write ${inside} for a ${mark} inside the text`;
}
