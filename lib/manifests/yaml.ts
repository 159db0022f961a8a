/**
 * YAML text, the same bytes for the same value: a stream of API objects, or one document.
 * Written here rather than by the yaml package because 33,000 objects (1,000 messengers) take that 6.4 s and this 0.7 s;
 * the tests parse what is written with it, as YAML 1.2 and as the YAML 1.1 that kubectl reads.
 */
import { byCodeUnit, isObject } from "./apiObject";
import type { ApiObject, Json, JsonObject } from "./apiObject";

/** Text that no version of YAML takes for anything else: it starts with a letter or a slash and holds no sign of YAML's. */
const plain = /^[A-Za-z/][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*$/;
/** Words that are booleans, nulls or numbers in some version of YAML. */
const words = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|e-?\d+)$/i;
/** Lines that a literal block holds as they are. */
const literal = /^(?:[!-~][ -~]*\n(?:[ -~]*[!-~]\n|\n)*)$/;

const heads: Readonly<Record<string, number>> = { apiVersion: -5, kind: -4, metadata: -3, name: -2, namespace: -1 };
/** What says which object it is comes first, at the top and in its metadata; everything else by code unit. */
const byHead = (left: string, right: string): number => (heads[left] ?? 0) - (heads[right] ?? 0) || byCodeUnit(left, right);

const scalarOf = (value: Json): string =>
  typeof value === "string" && plain.test(value) && !words.test(value) ? value : JSON.stringify(value);

/** Which of two keys comes first. */
type Order = (left: string, right: string) => number;
const asTheyCome: Order = () => 0;

/** The order of the keys that stand below a key. */
function orderBelow(order: Order, key: string): Order {
  if (order === asTheyCome) return order;
  return order === byHead && key === "metadata" ? byHead : byCodeUnit;
}

/** Writes `value` after a key or a dash whose content stands at `indent`. */
function write(value: Json, indent: string, order: Order): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return " []\n";
    return `\n${(value as readonly Json[]).map((item) => `${indent}-${writeItem(item, `${indent}  `, order)}`).join("")}`;
  }
  if (isObject(value)) return Object.keys(value).length === 0 ? " {}\n" : `\n${writeKeys(value, indent, order)}`;
  if (typeof value === "string" && value.includes("\n")) {
    const ended = value.endsWith("\n");
    const text = ended ? value : `${value}\n`;
    if (literal.test(text) && !text.endsWith("\n\n")) return ` |${ended ? "" : "-"}\n${text.replace(/^(?=.)/gm, indent)}`;
  }
  return ` ${scalarOf(value)}\n`;
}

/** A list's item: an object or list starts on the line of the dash. */
function writeItem(value: Json, indent: string, order: Order): string {
  return write(value, indent, order).replace(`\n${indent}`, (start, at: number) => (at === 0 ? " " : start));
}

function writeKeys(value: JsonObject, indent: string, order: Order): string {
  const inner = `${indent}  `;
  return Object.keys(value)
    .sort(order)
    .map((key) => `${indent}${scalarOf(key)}:${write(value[key] ?? null, inner, orderBelow(order, key))}`)
    .join("");
}

/** One document for each object, in the given order; empty text for no object. */
export function toYaml(objects: readonly ApiObject[]): string {
  return objects.map((object) => `---\n${writeKeys(object, "", byHead)}`).join("");
}

/** One document that holds a value, its keys in the order in which they come. */
export function toDocument(value: JsonObject): string {
  return writeKeys(value, "", asTheyCome);
}
