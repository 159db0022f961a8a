/** What is wrong at an offset of a file's text, where the text has no form yet in which paths would lead to it. */
import type { Position, Problem } from "./problem";

/** Something wrong at an offset of a text. */
export interface Fault {
  readonly offset: number;
  readonly message: string;
}

/** The place of an offset. */
export function placeOf(file: string, text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { file, line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

/** A fault as people are told of it. */
export function problemOf(file: string, text: string, { offset, message }: Fault): Problem {
  return { position: placeOf(file, text, offset), message };
}

/** The line and column of an offset, for a message about another place of the same file. */
export function shortPlace(text: string, offset: number): string {
  const { line, column } = placeOf("", text, offset);
  return `${String(line)}:${String(column)}`;
}

/** What to do about a conflict in a file that people write. */
export const mergeByHand = "keep the lines that are right, and remove the lines <<<<<<<, ======= and >>>>>>>";

/** A merge that git left to a person, where the file still has its marks. No file of ours begins a line with them. */
export function conflictIn(text: string, remedy: string): Fault | undefined {
  const found = /^(?:<{7}|={7}|>{7}|\|{7})(?:[ \r\n]|$)/m.exec(text);
  return found ? { offset: found.index, message: `a merge conflict stands here, which git leaves to you; ${remedy}` } : undefined;
}
