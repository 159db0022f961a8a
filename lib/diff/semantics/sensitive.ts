/**
 * Secret values never appear in a report: where one stands, the side shows `(sensitive)` and nothing of it, neither length nor digest.
 *
 * What is secret:
 * - every value of a Secret, but what hosts are told (metaData and networkData), which the policy no-secret-values allows and judges, and
 *   whose text holds none of what follows;
 * - what stands under a key that says so (`password`, `token`, `kubeconfig`, `userData` …), or is the value of a variable with such a name;
 *   a reference to a Secret by name is none;
 * - annotations that repeat a whole object;
 * - text that is a secret wherever it stands: a private key, a password or token in an address, a token, a document with such a key.
 */
import { isObject, type ApiObject, type Json, type JsonObject } from "../../manifests/apiObject";
import { noSecretValues } from "../../policy/noSecretValues";
import { treeOf } from "../../policy/tree";
import type { Attribute } from "../change";
import { keysOf } from "./path";

/** What stands in the place of a secret value. */
export const hidden = "(sensitive)";

const secretWords =
  "pass(?:w(?:or)?d|phrase|code)?|pwd|secret|token|credentials?|(?:api|private|secret|access|ssh|signing|encryption|tls|psk|shared|client|join)[\\s._-]?key|kubeconfig|user[\\s._-]?data|ignition|cloud[\\s._-]?(?:init|config)|docker(?:configjson|cfg)|htpasswd|authorization|auth|psk";
/** A key under which people keep secrets: one that ends so, or has such a word among others, as `SECRET_KEY_BASE`. */
const secretKey = new RegExp(`(?:${secretWords})$|(?:^|[\\s._-])(?:pass(?:w(?:or)?d|phrase)?|pwd|secret|token)(?=[\\s._-])`, "i");
/** The same in a text: such a key with a value behind it. */
const secretLines: readonly RegExp[] = [
  `(?:${secretWords})["']?\\s*(?::|=(?!=))\\s*\\S`,
  // A flag of a command, a setting alone on its line, an element of XML, and a variable whose value stands on the next line.
  `(?<![\\w-])--?[\\w-]*(?:${secretWords})[ \\t]+\\S`,
  `^[ \\t]*[\\w.-]*(?:${secretWords})[ \\t]+\\S+[ \\t]*$`,
  `<[\\w:.-]*(?:${secretWords})>[^<\\s]`,
  `\\bname:[ \\t]*["']?(?=[\\w.-]*(?:${secretWords}))[\\w.-]+["']?[ \\t]*\\n[ \\t]*value:[ \\t]*\\S`,
].map((pattern) => new RegExp(pattern, "im"));
/** Annotations in which a tool keeps the whole object. */
const wholeObject = /last-applied|\/applied-|last-known-/i;
/** The fields of a reference: they say where a secret is. */
const reference = new Set(["apiVersion", "kind", "name", "namespace", "secretName"]);

/** A pattern that may fail looks at each run of characters once, from the run's beginning: whoever writes the text chooses how long it is. */
const secretTexts: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----/,
  // Who and with what password, before the host of an address.
  /\w:\/\/[^/\s?#@]*@/,
  /(?<![^\s@])(?=[^\s@]*?\w:\/\/[^/\s:@]+:(?!\d{1,5}\/)[^\s@])[^\s@]+@/,
  // A signed or tokened address.
  /[?&][\w.-]*(?:token|sig|signature|key|secret|passw(?:or)?d|credential|auth)=/i,
  // A JSON web token, and one with which a node joins.
  /(?<![\w-])(?=[\w-]*?\beyJ[\w-])[\w-]+\.[\w-]+\./,
  /\b[a-z0-9]{6}\.[a-z0-9]{16}\b/,
  /\b(?:Bearer|Basic)\s+[\w+/=.~-]{8,}/i,
];

function isSecretText(text: string): boolean {
  return [...secretTexts, ...secretLines].some((pattern) => pattern.test(text));
}

/** A text for people: itself, or that it is hidden. */
export function shownText(text: string): string {
  return isSecretText(text) ? hidden : text;
}

/** A sentence of the report without the secrets that a value in it may hold; what cannot be told apart is hidden whole. */
export function withoutSecrets(sentence: string): string {
  const isSecret = (text: string): boolean => secretTexts.some((pattern) => pattern.test(text));
  if (!isSecret(sentence)) return sentence;
  let before = "";
  const shown = sentence.replace(/\S+/g, (word) => {
    const isHidden = isSecret(word) || isSecret(`${before} ${word}`);
    before = word;
    return isHidden ? hidden : word;
  });
  return isSecret(shown) ? hidden : shown;
}

/** Whether the values under a key are secret. Whether a token is mounted is a yes or no, and none. */
const isSecretKey = (key: string): boolean => secretKey.test(key) || wholeObject.test(key);

/** What is written so in any kind is a secret, or nothing that a person reads. */
const encoded = new Set(["stringData", "binaryData"]);

/** How much of a value is open: all but secret texts, nothing but references, or nothing. */
type Openness = "open" | "references" | "closed";

function within(openness: Openness, key: string): Openness {
  if (openness === "closed" || encoded.has(key)) return "closed";
  // All of a reference says where a secret is.
  if (key.endsWith("Ref")) return "open";
  return openness === "references" || isSecretKey(key) ? "references" : "open";
}

function maskObject(object: JsonObject, openness: Openness): JsonObject {
  // A variable: what its name says is about its value.
  const named = [object.name, object.key].some((name) => typeof name === "string" && isSecretKey(name));
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      if (openness === "references" && reference.has(key) && typeof value === "string") return [key, shownText(value)];
      return [key, maskValue(value, named && (key === "value" || key === "values") ? "closed" : within(openness, key))];
    }),
  );
}

/** What stands behind a flag with such a name is its value. */
function maskList(list: readonly Json[], openness: Openness): Json[] {
  const isFlag = (item: Json | undefined): boolean => typeof item === "string" && /^--?[\w-]+$/.test(item) && isSecretKey(item);
  return list.map((item, index) => maskValue(item, isFlag(list[index - 1]) ? "closed" : openness));
}

function maskValue(value: Json, openness: Openness): Json {
  if (typeof value === "boolean" || value === null) return openness === "closed" ? hidden : value;
  if (Array.isArray(value)) return maskList(value as readonly Json[], openness);
  if (isObject(value)) return openness === "closed" ? hidden : maskObject(value, openness);
  return openness !== "open" ? hidden : typeof value === "string" ? shownText(value) : value;
}

const contents = ["data", "stringData", "binaryData"];

/**
 * Whether a side has nothing to hide at a key of its data: nothing at all, or what is for hosts, and in whose text neither the policy nor any
 * pattern here finds a secret. A text with one is hidden whole: what belongs to it may stand on the next line.
 */
function isOpenAt(object: ApiObject, key: string): boolean {
  const { data } = object;
  if (!isObject(data) || !(key in data)) return true;
  if (object.kind !== "Secret" || object.apiVersion !== "v1") return false;
  const value = data[key];
  if (typeof value === "string" && isSecretText(Buffer.from(value, "base64").toString())) return false;
  const tree = treeOf([{ stack: "", site: "", address: "", object }], { sites: {} });
  return !noSecretValues.check(tree).some(({ field }) => field === `data.${key}`);
}

/** How a value is masked that stands at these keys of the sides. */
function maskAt(keys: readonly string[], value: Json, sides: readonly ApiObject[]): Json {
  const [first = "", key] = keys;
  if (sides.some(({ kind }) => kind === "Secret") && contents.includes(first)) {
    if (key === undefined && isObject(value))
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskAt([first, name], inner, sides)]));
    const isOpen = first === "data" && key !== undefined && sides.every((side) => isOpenAt(side, key));
    return isOpen ? value : hidden;
  }
  const last = keys[keys.length - 1];
  const openness = keys.reduce<Openness>(within, "open");
  if (openness === "references" && last !== undefined && reference.has(last) && typeof value === "string") return shownText(value);
  return maskValue(value, openness);
}

/**
 * Attributes as they may be shown.
 * @param sides the object before and after, where it is there: what is open must be so on each
 */
export function masked(attributes: readonly Attribute[], ...sides: readonly ApiObject[]): Attribute[] {
  return attributes.map(({ path, before, after }) => {
    const keys = keysOf(path);
    return {
      path,
      ...(before !== undefined && { before: maskAt(keys, before, sides) }),
      ...(after !== undefined && { after: maskAt(keys, after, sides) }),
    };
  });
}

/** A whole object as it may be shown. */
export function maskedObject(object: ApiObject): ApiObject {
  const { apiVersion, kind, metadata } = object;
  const shown = Object.fromEntries(Object.entries(object).map(([key, value]) => [key, maskAt([key], value, [object])]));
  return { ...shown, apiVersion, kind, metadata: { ...(shown.metadata as JsonObject), name: metadata.name } };
}
