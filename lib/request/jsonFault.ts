/** What is wrong with the form of a JSON text: in words, where it begins, and what was expected. */
import { ParseErrorCode, visit } from "jsonc-parser";
import { shortPlace, type Fault } from "./fault";
import { render } from "./issues";

/** Where the parser stumbled, and in which bracket. */
interface Stumble {
  readonly code: ParseErrorCode;
  readonly offset: number;
  readonly length: number;
  readonly bracket: number | undefined;
}

const closers: Readonly<Record<string, string>> = { "[": "]", "{": "}" };

/** The first thing that is wrong with a text that is no JSON; what a parser finds behind it mostly follows from it. */
export function jsonFault(text: string): Fault {
  try {
    const stumble = stumbleIn(text);
    return stumble ? wordsOf(text, stumble) : { offset: 0, message: "no value that JSON knows" };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // The parser calls itself for every level.
    return { offset: 0, message: "nested far too deep, expected a handful of levels" };
  }
}

function stumbleIn(text: string): Stumble | undefined {
  const brackets: number[] = [];
  let last: number | undefined;
  let found: Stumble | undefined;
  const begin = (offset: number): void => void brackets.push(offset);
  const end = (): void => {
    last = brackets.pop();
  };
  const onError = (code: ParseErrorCode, offset: number, length: number): void => {
    // It tells of an end before it misses the bracket there.
    const isEnd = code === ParseErrorCode.CloseBraceExpected || code === ParseErrorCode.CloseBracketExpected;
    found ??= { code, offset, length, bracket: isEnd ? last : brackets.at(-1) };
  };
  visit(text, { onObjectBegin: begin, onArrayBegin: begin, onObjectEnd: end, onArrayEnd: end, onError }, { disallowComments: true });
  return found;
}

function wordsOf(text: string, { code, offset, length, bracket }: Stumble): Fault {
  const token = text.slice(offset, offset + length);
  const got = wordOf(token);
  const before = text.slice(0, offset).trimEnd().length;
  const opening = text[bracket ?? -1] ?? "";
  const closer = closers[opening];
  const isCloser = token === "]" || token === "}";
  if (closer !== undefined && (token === "" || (isCloser && token !== closer)))
    return {
      offset: token === "" ? before : offset,
      message: `expected ${closer} to close the ${opening} of ${shortPlace(text, bracket ?? 0)}, got ${got}`,
    };
  if (isCloser && text[before - 1] === ",") return { offset: before - 1, message: `a comma too many before the ${token}` };
  switch (code) {
    case ParseErrorCode.CommaExpected:
      return { offset: before, message: `expected a comma, got ${got}` };
    case ParseErrorCode.ColonExpected:
      return { offset: before, message: `expected a colon behind the key, got ${got}` };
    case ParseErrorCode.PropertyNameExpected:
      return { offset, message: `expected a key in double quotes, got ${got}` };
    case ParseErrorCode.EndOfFileExpected:
      return { offset, message: `expected the end of the file, got ${got}` };
    case ParseErrorCode.InvalidCommentToken:
      return { offset, message: "a comment stands here; JSON has none" };
    case ParseErrorCode.UnexpectedEndOfString:
      return { offset, message: 'the quote " opens here and is not closed on its line' };
    case ParseErrorCode.UnexpectedEndOfNumber:
    case ParseErrorCode.InvalidNumberFormat:
      return { offset, message: `expected a number, got ${got}` };
    case ParseErrorCode.InvalidEscapeCharacter:
    case ParseErrorCode.InvalidUnicode:
      return { offset, message: "in this text a \\ stands before what it means nothing with" };
    case ParseErrorCode.InvalidCharacter:
      return { offset, message: "in this text stands a control character" };
    default:
      if (bracket === undefined && before > 0) return { offset, message: `expected the end of the file, got ${got}` };
      return { offset, message: `expected a value${isCloser ? "" : ", or a key in double quotes"}, got ${got}` };
  }
}

function wordOf(token: string): string {
  if (token === "") return "the end of the file";
  if (/^[[\]{},:]$/.test(token)) return token;
  return render(token.replace(/^"(.*)"$/, "$1"));
}
