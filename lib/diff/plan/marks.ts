/** What a plan says of values beside them: that they are not known yet, or secret. */
import { isObject, type Json } from "../../manifests/apiObject";
import type { Attribute } from "../change";
import { hidden } from "../semantics/sensitive";

/** What stands in the place of a value that only the apply will know. */
export const knownLater = "(known after apply)";
/** A secret that is another one than before, until its difference is found; nothing outside shows it. */
const hiddenAndOther = "(sensitive, another one than before)";

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const at = (value: Json | undefined, key: string): Json | undefined => (isObject(value) ? value[key] : undefined);

/** A value with everything that its marks say is not known yet. */
export function withUnknown(value: Json | undefined, marks: Json | undefined): Json {
  if (marks === true) return knownLater;
  if (Array.isArray(marks)) {
    const items = list(value);
    return Array.from({ length: Math.max(items.length, marks.length) }, (_, index) => withUnknown(items[index], list(marks)[index]));
  }
  if (!isObject(marks)) return value ?? null;
  if (value !== undefined && value !== null && !isObject(value)) return value;
  const unknown = Object.entries(marks).flatMap(([key, mark]): [string, Json][] => {
    const inner = withUnknown(at(value, key), mark);
    return inner === null && at(value, key) === undefined ? [] : [[key, inner]];
  });
  return value || unknown.length > 0 ? { ...(isObject(value) ? value : {}), ...Object.fromEntries(unknown) } : null;
}

/** The marks of both sides: what is secret on one is not shown of the other either. */
export function eitherMark(a: Json | undefined, b: Json | undefined): Json {
  if (a === true || b === true) return true;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.from({ length: Math.max(list(a).length, list(b).length) }, (_, index) => eitherMark(list(a)[index], list(b)[index]));
  if (!isObject(a) && !isObject(b)) return false;
  const keys = [...Object.keys(isObject(a) ? a : {}), ...Object.keys(isObject(b) ? b : {})];
  return Object.fromEntries(keys.map((key) => [key, eitherMark(at(a, key), at(b, key))]));
}

/**
 * A value without the secrets that its marks name. Of a list and of an object, each element is hidden for itself.
 * @param before the same value on the side before, so that another secret is seen to be another one
 */
export function withoutSecrets(value: Json, marks: Json | undefined, before: Json | undefined = value): Json {
  if (!marks || value === null || value === knownLater) return value;
  const of = (key: string | number): Json | undefined =>
    marks === true ? true : Array.isArray(marks) ? list(marks)[Number(key)] : at(marks, String(key));
  if (Array.isArray(value)) return list(value).map((item, index) => withoutSecrets(item, of(index), list(before)[index]));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, of(key), at(before, key))]));
  if (marks !== true) return value;
  return value === before ? hidden : hiddenAndOther;
}

const encoded = new Map([knownLater, hidden, hiddenAndOther].map((text) => [Buffer.from(text).toString("base64"), text]));

/** An object in which these texts stand as they are, also where the conversion took them for a Secret's data. */
export function withPlainMarks<Value extends Json>(value: Value): Value {
  const plain = (inner: Json): Json => {
    if (typeof inner === "string") return encoded.get(inner) ?? inner;
    if (Array.isArray(inner)) return list(inner).map(plain);
    return isObject(inner) ? Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, plain(item)])) : inner;
  };
  return plain(value) as Value;
}

/** A value as it is shown: a secret is a secret, whether it is another one or not. */
export function shown<Value extends Json>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(hiddenAndOther, hidden)) as Value;
}

/** Attributes as they are shown. */
export function shownAttributes(attributes: readonly Attribute[]): Attribute[] {
  return attributes.map(({ path, before, after }) => ({
    path,
    ...(before !== undefined && { before: shown(before) }),
    ...(after !== undefined && { after: shown(after) }),
  }));
}
