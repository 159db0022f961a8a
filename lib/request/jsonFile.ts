/** Reads a JSON file: at the speed of JSON.parse while it is good, with places as soon as something is wrong. */
import { findNodeAtLocation, parseTree, type Node } from "jsonc-parser";
import { conflictIn, placeOf, problemOf, type Fault } from "./fault";
import { jsonFault } from "./jsonFault";
import type { Problem } from "./problem";
import { wholeFile, type Path, type Places, type Source } from "./source";

/** What to do about a file that is damaged as a whole. */
export interface Remedies {
  /** Where two versions of it were merged. */
  readonly merged: string;
  /** Where it is no JSON. */
  readonly broken: string;
  /** Where there is nothing in it. */
  readonly empty: string;
}

/** What verbs write is in the lock alone: whoever takes another branch's lock has to run them once more. */
function ofLock(file: string): Remedies {
  // A commit's files are named with the commit before them.
  const whole = `take the main branch's file whole (git checkout main -- ${file.slice(file.lastIndexOf(":") + 1)})`;
  const again = `${whole}, run \`npx zirsakht allocate\`, and run the other verbs of your branch (release, erase, roll) once more`;
  return {
    merged: again,
    broken: again,
    empty: `${whole}; only where there never was one remove it, and \`npx zirsakht allocate\` writes the first`,
  };
}

/** The value of a file's text, or every problem of its syntax. `file` is the file as the user would name it. @param remedies what to do about it. @default the lock's */
export function parseJson(file: string, text: string, remedies: Remedies = ofLock(file)): { source: Source } | { problems: Problem[] } {
  const conflict = conflictIn(text, remedies.merged);
  if (conflict) return { problems: [problemOf(file, text, conflict)] };
  const source = { ...jsonPlaces(file, text), value: parse(text) };
  if (source.value === undefined) return { problems: [syntaxProblem(file, text, remedies)] };
  const keys = countKeys(source.value);
  if (keys === undefined) return { problems: [wholeFile(file, "the file is nested far too deep; expected a handful of levels")] };
  // JSON.parse keeps the last of two equal keys in silence. Every key ends in a quote and a colon, so equal numbers prove that none was dropped.
  if (keys === countMarks(text)) return { source };
  const problems = Array.from(badKeys(treeOf(text), remedies), (fault) => problemOf(file, text, fault));
  return problems.length > 0 ? { problems } : { source };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The number of keys in all maps, without `__proto__`, so that the slow way meets it; nothing where the value is deeper than any of ours. */
function countKeys(value: unknown, depth = 0): number | undefined {
  if (typeof value !== "object" || value === null) return 0;
  if (depth > 20) return undefined;
  const table = value as Readonly<Record<string, unknown>>;
  const isMap = !Array.isArray(value);
  let keys = 0;
  // Object.entries would take several times as long: a list for each of a million values.
  for (const key in table) {
    const inner = countKeys(table[key], depth + 1);
    if (inner === undefined) return undefined;
    keys += inner + (isMap && key !== "__proto__" ? 1 : 0);
  }
  return keys;
}

/** The number of quotes with a colon behind them, and maybe white space between. */
function countMarks(text: string): number {
  let marks = 0;
  for (let colon = text.indexOf(":"); colon >= 0; colon = text.indexOf(":", colon + 1)) {
    let before = colon - 1;
    while (text.charCodeAt(before) <= 0x20) before--;
    if (text[before] === '"') marks++;
  }
  return marks;
}

function* badKeys(node: Node | undefined, remedies: Remedies): Generator<Fault> {
  const seen = new Set<unknown>();
  for (const child of node?.children ?? []) {
    const [key, value] = child.type === "property" ? (child.children ?? []) : [];
    if (!key) {
      yield* badKeys(child, remedies);
      continue;
    }
    const name = String(key.value);
    if (name === "__proto__") yield { offset: key.offset, message: "the key __proto__ is never allowed; remove it" };
    else if (seen.has(name)) yield { offset: key.offset, message: `the key ${name} stands twice; ${remedies.merged}` };
    seen.add(name);
    yield* badKeys(value, remedies);
  }
}

/** Programs write these files, and mend them by writing them again; so one problem is enough. */
function syntaxProblem(file: string, text: string, { broken, empty }: Remedies): Problem {
  if (text.trim() === "") return wholeFile(file, `the file is empty; ${empty}`);
  const { offset, message } = jsonFault(text);
  return problemOf(file, text, { offset, message: `not valid JSON: ${message}; ${broken}` });
}

/** The slow way: a tree with offsets. */
function treeOf(text: string): Node | undefined {
  return parseTree(text, [], { disallowComments: true });
}

/** The places of a file's parts, found by taking its text apart once more, on the first question. */
export function jsonPlaces(file: string, text: string): Places {
  let root: Node | undefined;
  const position: Places["position"] = (path: Path, at = "value") => {
    root ??= treeOf(text);
    for (let length = path.length; root && length >= 0; length--) {
      const node = findNodeAtLocation(root, path.slice(0, length));
      const key = at === "key" && length === path.length ? node?.parent?.children?.[0] : undefined;
      if (node) return placeOf(file, text, (key ?? node).offset);
    }
    return placeOf(file, text, 0);
  };
  return { file, position };
}
