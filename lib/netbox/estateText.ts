/** Brings the text of an estate.yaml up to date: what does not change stays as it is written, and so do comments. */
import { isDeepStrictEqual } from "node:util";
import { isCollection, isMap, isNode, isScalar, parseDocument, type Document } from "yaml";
import type { Path } from "../request/source";
import { bandwidth, drives, memory, ports, power, storage } from "../request/units";
import type { Entry } from "./entry";

/** What became of the text. */
export interface Updated {
  readonly text: string;
  /** The paths whose value is new, changed or gone, in the order of the entries. */
  readonly changed: readonly Path[];
  /** The entries that the text took: all but those below what is no map, which the check of the estate tells of. */
  readonly taken: readonly Entry[];
}

const units = [bandwidth, memory, storage, power, ports, drives];

/** Whether two values mean the same: `14kW` and `14000W` do. */
function isSame(one: unknown, other: unknown): boolean {
  if (isDeepStrictEqual(one, other)) return true;
  return units.some((unit) => {
    const [first, second] = [unit.safeParse(one), unit.safeParse(other)];
    return first.success && second.success && isDeepStrictEqual(first.data, second.data);
  });
}

/** Networks are given in the order of the file, and NetBox sorts its own: those that are there keep their order, new ones follow. */
function inOrderOf(before: unknown, networks: unknown): unknown {
  if (!Array.isArray(before) || !Array.isArray(networks)) return networks;
  const old: readonly unknown[] = before;
  const all: readonly unknown[] = networks;
  return [...old.filter((network) => all.includes(network)), ...all.filter((network) => !old.includes(network))];
}

/** Makes the entries true of the text, which must be good YAML; empty for a new file. */
export function updated(text: string, entries: readonly Entry[]): Updated {
  const document = parseDocument(text, { stringKeys: true, resolveKnownTags: false });
  const changed: Path[] = [];
  const taken: Entry[] = [];
  const shortened: Path[] = [];
  for (const entry of entries) {
    const { path, value: said } = entry;
    if (!hasRoom(document, path)) continue;
    taken.push(entry);
    const before = document.hasIn(path) ? plain(document, path) : undefined;
    const value = path.at(-1) === "public" ? inOrderOf(before, said) : said;
    if (isSame(before, value)) continue;
    changed.push(path);
    if (value === undefined) {
      document.deleteIn(path);
      shortened.push(path.slice(0, -1));
    } else set(document, path, value);
  }
  for (const path of shortened) {
    const map = document.getIn(path);
    if (isMap(map) && map.items.length === 0) document.deleteIn(path);
  }
  if (changed.length === 0) return { text, changed, taken };
  return { text: document.toString({ lineWidth: 140, flowCollectionPadding: text.includes("{ ") }), changed, taken };
}

/** Whether the path leads through maps only, and through keys that are missing or say nothing. */
function hasRoom(document: Document, path: Path): boolean {
  for (let length = 0; length < path.length; length++) {
    const parent: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (parent === undefined || parent === null || (isScalar(parent) && parent.value === null)) return true;
    if (!isMap(parent)) return false;
  }
  return true;
}

function plain(document: Document, path: Path): unknown {
  const node = document.getIn(path, true);
  return node === undefined || node === null ? node : document.createNode(node).toJS(document);
}

/** Sets a value, and makes the maps that are missing on the way. */
function set(document: Document, path: Path, value: unknown): void {
  if (!isMap(document.contents)) document.contents = document.createNode({});
  for (let length = 1; length < path.length; length++) {
    const parent = path.slice(0, length);
    if (!isCollection(document.getIn(parent, true))) document.setIn(parent, document.createNode({}, { flow: isInOneLine(parent) }));
  }
  const before: unknown = document.getIn(path, true);
  const node = document.createNode(value, { flow: true });
  if (isNode(before))
    Object.assign(node, { comment: before.comment, commentBefore: before.commentBefore, spaceBefore: before.spaceBefore });
  document.setIn(path, node);
}

/** Whether a new map stands in one line: a class, a rack, and what is below a site. */
function isInOneLine(path: Path): boolean {
  return path[0] === "classes" ? path.length >= 2 : path.length >= 3 && (path.length > 3 || path[2] !== "racks");
}
