/** Says in our words what zod found: what is wrong, the value, what is allowed, and the nearest thing that is. */
import { distance } from "fastest-levenshtein";
import { z } from "zod";
import type { Finding, Path } from "./source";

type Schema = z.core.$ZodType;
type Issue = z.core.$ZodIssue;

/** Zod's own words where a schema gives none. */
const untold = "Invalid input";

/** What is wrong with `value`, which `schema` refused. */
export function findingsOf(schema: Schema, value: unknown, issues: readonly Issue[]): Finding[] {
  return issues.flatMap((issue) => findingOf(schema, value, issue, []));
}

function findingOf(schema: Schema, value: unknown, issue: Issue, parent: Path): Finding[] {
  const path = [...parent, ...(issue.path as (string | number)[])];
  const given = valueAt(value, path);
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(schema, path, key));
  if (issue.code === "invalid_key") {
    return [
      {
        path,
        at: "key",
        message: `${prefix(path.slice(0, -1))}${issue.issues[0]?.message ?? "expected another key"}, got ${render(path.at(-1))}`,
      },
    ];
  }
  if (given === undefined) return [missingKey(schema, path)];
  if (issue.code === "invalid_union") {
    const branch = branchOf(issue);
    if (branch) return branch.flatMap((inner) => findingOf(schema, value, inner, path));
    const unknown = isMap(given) ? Object.keys(given).filter((key) => !keysAt(schema, path).includes(key)) : [];
    if (unknown.length > 0) return unknown.map((key) => unknownKey(schema, path, key));
  }
  return [{ path, message: `${prefix(path)}${expectation(issue)}, got ${render(given)}${hint(issue, given)}` }];
}

/** The one branch of a union that the value was meant for: the one that knows all its keys. */
function branchOf(issue: Extract<Issue, { code: "invalid_union" }>): readonly Issue[] | undefined {
  const meant = issue.errors.filter((branch) => branch.every(({ code, path }) => path.length > 0 && code !== "unrecognized_keys"));
  return meant.length === 1 ? meant[0] : undefined;
}

function unknownKey(schema: Schema, path: Path, key: string): Finding {
  const known = keysAt(schema, path);
  const near = nearest(key, known);
  const secret = /pass|secret|token|access_?key|private_?key|conn_str|credential/i.test(key)
    ? "; a secret never stands in a file, give it by the environment"
    : "";
  const advice = near === undefined ? `expected one of ${listed(known)}` : `did you mean ${near}?`;
  return { path: [...path, key], at: "key", message: `${prefix(path)}unknown key ${plain(key)}, ${advice}${secret}` };
}

function missingKey(schema: Schema, path: Path): Finding {
  const description = schemasAt(schema, path).map(describe).find(Boolean);
  return {
    path,
    message: `${prefix(path.slice(0, -1))}missing key ${plain(String(path.at(-1)))}${description === undefined ? "" : `: ${description}`}`,
  };
}

function expectation(issue: Issue): string {
  if (issue.code === "invalid_value" && issue.message.startsWith("Invalid"))
    return `expected ${issue.values.length > 1 ? "one of " : ""}${listed(issue.values.map(String))}`;
  if (issue.code === "invalid_type" && issue.message.startsWith(untold)) {
    const kinds: Readonly<Record<string, string>> = { object: "a map of keys", record: "a map of keys", array: "a list", string: "a text" };
    return `expected ${kinds[issue.expected] ?? `a ${issue.expected}`}`;
  }
  return issue.message;
}

function hint(issue: Issue, given: unknown): string {
  if (typeof given !== "string") return "";
  if (/[\u06f0-\u06f9\u0660-\u0669]/.test(given)) return "; write Western digits, 0 to 9";
  const near = issue.code === "invalid_value" ? nearest(given, issue.values.map(String)) : undefined;
  return near === undefined ? "" : `; did you mean ${near}?`;
}

/** The nearest of `known`, if it is near enough to be meant: at most two letters off, or a third of the word. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map((candidate) => ({ candidate, letters: distance(word, candidate) }))
    .sort((one, other) => one.letters - other.letters || (one.candidate < other.candidate ? -1 : 1))[0];
  return near && near.letters <= Math.max(2, word.length / 3) && near.letters < near.candidate.length ? near.candidate : undefined;
}

/** A value for a message: short, on one line, without what a map or list holds. */
export function render(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (isMap(value)) return "a map";
  if (typeof value === "string") return plain(JSON.stringify(value));
  return String(value);
}

/** Text that people wrote, cut to a line, with control and direction marks made visible. */
function plain(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return short.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function listed(words: readonly string[]): string {
  return words.length > 30 ? `${words.slice(0, 30).join(", ")}, …` : words.join(", ");
}

function prefix(path: Path): string {
  return path.length === 0 ? "" : `${plain(path.join("."))}: `;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, step) => (typeof part === "object" && part !== null ? (part as Record<string | number, unknown>)[step] : undefined),
    value,
  );
}

/** The keys that a map at this path may have, as the schema says. */
function keysAt(schema: Schema, path: Path): string[] {
  return schemasAt(schema, path)
    .flatMap(bare)
    .flatMap((part) => (part instanceof z.ZodObject ? Object.keys(part.shape as object) : []));
}

/** The schemas that stand at a path; several where unions lie on the way. */
function schemasAt(schema: Schema, path: Path): Schema[] {
  return path.reduce<Schema[]>((schemas, step) => schemas.flatMap(bare).flatMap((part) => childOf(part, step)), [schema]);
}

function childOf(schema: Schema, step: string | number): Schema[] {
  if (schema instanceof z.ZodObject) {
    const child = (schema.shape as Readonly<Record<string, Schema | undefined>>)[step];
    return child ? [child] : [];
  }
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  return schema instanceof z.ZodArray ? [schema.element] : [];
}

/** A schema without its wrappings: defaults, transforms and unions. */
function bare(schema: Schema): Schema[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return bare(schema.unwrap());
  if (schema instanceof z.ZodPipe) return bare(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(bare);
  return [schema];
}

function describe(schema: Schema): string | undefined {
  return z.globalRegistry.get(schema)?.description;
}
