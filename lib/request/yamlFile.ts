/**
 * Reads a YAML file as plain data: one document of YAML 1.2, text keys, each once. Aliases, tags and directives are refused:
 * a file that says everything in place can be reviewed line by line, and no alias can blow it up.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node, type YAMLMap } from "yaml";
import type { Position, Problem } from "./problem";
import { forbiddenKeys, most, problemsOf, wholeFile, type Path, type Places, type Source } from "./source";

/** What the parser's error codes mean; the others speak for themselves. */
const explanations: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: "a second document starts here; expected one document, remove the line ---",
  TAB_AS_INDENT: "a tab indents this line; YAML takes spaces only",
  NON_STRING_KEY: "a key that is no text; expected a plain name",
};

/** The value of a file's text, or every problem of its syntax. `file` is the file as the user would name it. */
export function parseYaml(file: string, text: string): { source: Source } | { problems: Problem[] } {
  const deep = tooDeep(text);
  if (deep !== undefined)
    return { problems: [{ position: placeOf(file, text, deep), message: "nested far too deep; expected a handful of levels" }] };
  const document = parse(text);
  const problems = syntaxProblems(file, text, document);
  if (problems.length > 0) return { problems };
  const value: unknown = document.toJS();
  if (value === null) return { problems: [wholeFile(file, "the file says nothing; expected a map of keys")] };
  const source = { ...yamlPlaces(file, text), value };
  const forbidden = problemsOf(source, forbiddenKeys(value));
  return forbidden.length > 0 ? { problems: forbidden } : { source };
}

/**
 * Where nesting becomes deeper than any file of ours; the parser calls itself for every level, and its end of the stack can be the
 * process's. It counts brackets, also quoted ones, and what indents a line: nobody has a hundred of either.
 */
function tooDeep(text: string): number | undefined {
  const indented = /^[-?: \t]{200}/m.exec(text)?.index;
  for (let index = 0, depth = 0; index < text.length; index++) {
    const mark = text[index];
    if (mark === "[" || mark === "{") depth++;
    else if ((mark === "]" || mark === "}") && depth > 0) depth--;
    if (depth > 100) return index;
  }
  return indented;
}

function parse(text: string, lineCounter?: LineCounter): Document.Parsed {
  return parseDocument(text, {
    prettyErrors: false,
    logLevel: "error",
    stringKeys: true,
    resolveKnownTags: false,
    // The parser compares every key with every other; badNodes needs one look at each.
    uniqueKeys: false,
    ...(lineCounter ? { lineCounter } : {}),
  });
}

function syntaxProblems(file: string, text: string, document: Document.Parsed): Problem[] {
  // Warnings are of unknown tags, which badNodes meets too.
  const found = document.errors.map(({ code, pos, message }) => ({
    offset: pos[0],
    message: explanations[code] ?? `not valid YAML: ${message}`,
  }));
  if (document.directives.yaml.explicit === true)
    found.push({ offset: 0, message: "a directive (%YAML) stands here; remove it, every file is read as YAML 1.2" });
  // A broken document is no tree to walk.
  if (document.errors.length === 0) found.push(...badNodes(document));
  return found.slice(0, most).map(({ offset, message }) => ({ position: placeOf(file, text, offset), message }));
}

/** Keys that stand twice, aliases and tags. */
function badNodes(document: Document.Parsed): { offset: number; message: string }[] {
  const found: { offset: number; message: string }[] = [];
  const report = (node: unknown, message: string) => void found.push({ offset: startOf(node) ?? 0, message });
  visit(document, {
    Alias: (_, alias) => report(alias, `the alias *${alias.source} stands here; write its value out`),
    Node: (_, node) => {
      if (node.tag !== undefined) report(node, `the tag ${node.tag} stands here; write the plain value without it`);
      if (isMap(node)) repeatedKeys(node).forEach((key) => report(key, "this key stands twice in its map; keep one"));
    },
  });
  return found;
}

function repeatedKeys(map: YAMLMap): unknown[] {
  const seen = new Set<string>();
  return map.items.flatMap(({ key }) => {
    const text = isScalar(key) ? String(key.value) : "";
    const again = seen.has(text);
    seen.add(text);
    return again ? [key] : [];
  });
}

function placeOf(file: string, text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { file, line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

/** The places of a file's parts, found by parsing its text once more, on the first question. */
export function yamlPlaces(file: string, text: string): Places {
  let parsed: { document: Document.Parsed; lines: LineCounter } | undefined;
  const position: Places["position"] = (path: Path, at = "value") => {
    if (!parsed) {
      const lines = new LineCounter();
      parsed = { lines, document: parse(text, lines) };
    }
    const { line, col } = parsed.lines.linePos(offsetOf(parsed.document.contents, path, at));
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  return { file, position };
}

/** The offset of the value, or of its key, at the path; of the nearest parent that exists. */
function offsetOf(root: Node | null, path: Path, at: "key" | "value"): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [index, step] of path.entries()) {
    let key: unknown;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (!pair) return offset;
      key = pair.key;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number" && step < node.items.length) {
      node = node.items[step];
    } else {
      return offset;
    }
    const last = index === path.length - 1;
    const place = last && at === "key" && key ? key : node;
    offset = startOf(place) ?? startOf(key) ?? offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
