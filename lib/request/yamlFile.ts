/**
 * Reads a YAML file as plain data: one document of YAML 1.2, text keys, each once. Aliases, tags and directives are refused:
 * a file that says everything in place can be reviewed line by line, and no alias can blow it up.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node, type YAMLMap } from "yaml";
import { conflictIn, mergeByHand, problemOf, shortPlace, type Fault } from "./fault";
import { render } from "./issues";
import type { Problem } from "./problem";
import { forbiddenKeys, most, problemsOf, wholeFile, type Path, type Places, type Source } from "./source";
import { spaceless, yamlFaults } from "./yamlFaults";
import { deeperThan } from "./yamlOpenings";

/** The value of a file's text, or every problem of its syntax. `file` is the file as the user would name it. */
export function parseYaml(file: string, text: string): { source: Source } | { problems: Problem[] } {
  const unread = conflictIn(text, mergeByHand) ?? tooDeep(text);
  if (unread) return { problems: [problemOf(file, text, unread)] };
  const document = parse(text);
  const faults = faultsOf(text, document);
  if (faults.length > 0) return { problems: faults.slice(0, most).map((fault) => problemOf(file, text, fault)) };
  const value: unknown = document.toJS();
  if (value === null) return { problems: [wholeFile(file, "the file says nothing; expected a map of keys")] };
  const source = { ...yamlPlaces(file, text), value };
  const forbidden = problemsOf(source, forbiddenKeys(value));
  return forbidden.length > 0 ? { problems: forbidden } : { source };
}

/** More levels than any file of ours has. */
const levels = 100;

/**
 * Where nesting becomes deeper than any file of ours; the parser calls itself for every level, and its end of the stack can be the
 * process's. It counts brackets, and what indents a line.
 */
function tooDeep(text: string): Fault | undefined {
  // A text with few brackets has no deep ones.
  const nested = (text.match(/[[{]/g)?.length ?? 0) > levels ? deeperThan(levels, text) : undefined;
  const offset = nested ?? /^[-?: \t]{200}/m.exec(text)?.index;
  return offset === undefined ? undefined : { offset, message: "nested far too deep; expected a handful of levels" };
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

function faultsOf(text: string, document: Document.Parsed): Fault[] {
  // Warnings are of unknown tags, which badNodes meets too.
  const found = document.errors.length > 0 ? yamlFaults(text, document.errors) : [];
  if (document.directives.yaml.explicit === true)
    found.push({ offset: 0, message: "a directive (%YAML) stands here; remove it, every file is read as YAML 1.2" });
  // A broken document is no tree to walk.
  return document.errors.length > 0 ? found : [...found, ...badNodes(text, document)];
}

/** Keys that stand twice or have run together with their values, aliases and tags. */
function badNodes(text: string, document: Document.Parsed): Fault[] {
  const found: Fault[] = [];
  const anchors = new Set<string>();
  const report = (node: unknown, message: string) => void found.push({ offset: startOf(node) ?? 0, message });
  visit(document, {
    Alias: (_, { source, range }) =>
      report(
        { range },
        anchors.has(source)
          ? `the alias *${source} stands here; write its value out`
          : `the alias *${source} stands here, and no anchor &${source} before it; write its value out, or put a text that begins with * in quotes`,
      ),
    Node: (_, node) => {
      if (node.anchor !== undefined) anchors.add(node.anchor);
      if (node.tag !== undefined) report(node, `the tag ${node.tag} stands here; write the plain value without it`);
      if (isMap(node)) found.push(...repeatedKeys(text, node), ...runTogether(node));
      return found.length > most ? visit.BREAK : undefined;
    },
  });
  return found;
}

function repeatedKeys(text: string, map: YAMLMap): Fault[] {
  const seen = new Map<string, number>();
  const again = map.items.flatMap(({ key }) => {
    const name = isScalar(key) ? String(key.value) : "";
    const first = seen.get(name);
    const offset = startOf(key) ?? 0;
    if (first === undefined) seen.set(name, offset);
    return first === undefined ? [] : [{ offset, name, first }];
  });
  return again.slice(0, most).map(({ offset, name, first }) => ({
    offset,
    message: `the key ${render(name)} stands twice in its map, first at ${shortPlace(text, first)}; keep one`,
  }));
}

/** In brackets `{a:1}` is a key `a:1` without a value; nobody means that. */
function runTogether(map: YAMLMap): Fault[] {
  const found = map.items.flatMap(({ key, value }) => {
    const text = value === null && isScalar(key) && key.type === "PLAIN" ? String(key.value) : "";
    const colon = text.search(spaceless);
    return colon < 0 ? [] : [{ offset: (startOf(key) ?? 0) + colon, message: `expected a space after the colon, got ${render(text)}` }];
  });
  return found.slice(0, most);
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
