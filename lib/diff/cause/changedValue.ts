/** What people changed in a file: the deepest keys whose values differ. */
import { isDeepStrictEqual } from "node:util";
import type { Path } from "../../request/source";

/** A value that differs. */
export interface ChangedValue {
  readonly path: Path;
  /** As written. @default it was not there */
  readonly before?: unknown;
  /** @default it is no longer there */
  readonly after?: unknown;
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The values that differ, by path; a list that differs is one value where its length changes, and its items else. */
export function changedValues(before: unknown, after: unknown, path: Path = []): ChangedValue[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isTable(before) && isTable(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      changedValues(before[key], after[key], [...path, key]),
    );
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((item, index) => changedValues(item, after[index], [...path, index]));
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

/** A copy of a value with one of its parts as it is in a changed value. */
export function withChange(value: unknown, { path, after }: ChangedValue): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return after;
  const inner = { path: rest, after };
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === step ? withChange(item, inner) : item));
  const table = isTable(value) ? value : {};
  const changed = { ...table, [step]: withChange(table[String(step)], inner) };
  return rest.length === 0 && after === undefined
    ? Object.fromEntries(Object.entries(changed).filter(([key]) => key !== String(step)))
    : changed;
}

/** `audience.active`, `surges[0].factor`. */
export function pathText(path: Path): string {
  return path.map((step, index) => (typeof step === "number" ? `[${String(step)}]` : `${index > 0 ? "." : ""}${step}`)).join("");
}
