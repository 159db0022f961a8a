/** What if: values set on the command line, as in `--set audience.active=10M`. Nothing is written. */
import { isNode, parseDocument } from "yaml";
import type { Problem } from "./problem";
import type { Path } from "./source";

/** A value for a path of a messenger's file. */
export interface Assignment {
  /** As it was written, with the option's name. */
  readonly text: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Reads `path=value`, the value as YAML. A string in the result says what is wrong. */
export function parseAssignment(text: string): Assignment | Problem {
  const [, keys, written] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  const wrong = { message: `--set ${text}: expected a path and a value, such as audience.active=10M` };
  const path = keys?.split(".") ?? [];
  if (written === undefined || path.some((key) => key === "" || key === "__proto__")) return wrong;
  const document = parseDocument(written, { prettyErrors: false, logLevel: "error", stringKeys: true, resolveKnownTags: false });
  if (document.errors.length > 0 || document.warnings.length > 0 || (isNode(document.contents) && /[*!]/.test(written))) return wrong;
  return { text: `--set ${text}`, path, value: document.toJS() };
}

/** The file's value with the assignments made; maps on the way are made where they are missing. */
export function assign(file: unknown, assignments: readonly Assignment[]): unknown {
  return assignments.reduce((value, { path, value: set }) => assignOne(value, path, set), file);
}

function assignOne(into: unknown, [key, ...rest]: readonly string[], set: unknown): unknown {
  if (key === undefined) return set;
  const map = typeof into === "object" && into !== null && !Array.isArray(into) ? (into as Readonly<Record<string, unknown>>) : {};
  return { ...map, [key]: assignOne(Object.hasOwn(map, key) ? map[key] : undefined, rest, set) };
}

/** The assignment that gave the value at this path, or a part of it. */
export function assignmentOf(assignments: readonly Assignment[], path: Path): Assignment | undefined {
  return assignments.findLast((assignment) => assignment.path.every((key, index) => index >= path.length || String(path[index]) === key));
}
