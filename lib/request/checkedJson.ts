/** A JSON file that people or other tools hand to a verb: checked against its schema, with every problem and its place. */
import type { z } from "zod";
import { findingsOf } from "./issues";
import { parseJson, type Remedies } from "./jsonFile";
import type { Problem } from "./problem";
import { problemsOf, type Source } from "./source";
import { limits, readText } from "./textFile";

/** A file that its schema accepts. */
export interface CheckedJson<T> {
  readonly source: Source;
  readonly value: T;
  /** Its text, as it was read. */
  readonly text: string;
}

/** Reads the file, or says all that is wrong with it. */
export function readChecked<S extends z.ZodType>(
  file: string,
  schema: S,
  remedies: Remedies,
): CheckedJson<z.output<S>> | { problems: Problem[] } {
  const read = readText(file, limits.lock);
  if ("problem" in read) return { problems: [read.problem] };
  const { text } = read;
  const parsed = parseJson(file, text, remedies);
  if ("problems" in parsed) return parsed;
  const { source } = parsed;
  const result = schema.safeParse(source.value);
  if (!result.success) return { problems: problemsOf(source, findingsOf(schema, source.value, result.error.issues)) };
  return { source, value: result.data, text };
}
