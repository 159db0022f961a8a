/** What the API makes of a value, beyond its JSON: whether order counts, what is a quantity, what is the same as nothing. */
import { isObject, type Json } from "../../manifests/apiObject";

/** What is not said here is plain JSON: every field counts, and the order of every list. */
export interface Shape {
  /**
   * How a list is read: a `set` by what its elements are, in no order; a `map` by a key of each, in no order; a `sequence` by a key,
   * in an order that counts. An empty list is the same as none, but where it `choosesNobody`.
   */
  readonly list?: "set" | "map" | "sequence";
  /** Whether an empty list leaves nobody, where none at all leaves everybody. */
  readonly choosesNobody?: true;
  /** The fields that are an element's key, of a map or sequence. */
  readonly key?: readonly string[];
  /** Of a list's elements. */
  readonly element?: Shape;
  readonly fields?: Readonly<Record<string, Shape>>;
  /** Of the values of an object whose keys are the user's. An empty one is the same as none. */
  readonly values?: Shape;
  readonly quantity?: true;
  /** What the field holds where nothing is said. */
  readonly unsaid?: Json;
}

export const plain: Shape = {};
export const quantity: Shape = { quantity: true };
export const fields = (shapes: Readonly<Record<string, Shape>>): Shape => ({ fields: shapes });
export const valuesOf = (values: Shape): Shape => ({ values });
export const setOf = (element: Shape = plain): Shape => ({ list: "set", element });
export const choiceOf = (element: Shape = plain): Shape => ({ ...setOf(element), choosesNobody: true });
export const mapBy = (key: string | readonly string[], element: Shape = plain): Shape => ({ list: "map", key: [key].flat(), element });
export const sequenceBy = (key: string, element: Shape = plain): Shape => ({ list: "sequence", key: [key], element });
export const unless = (unsaid: Json): Shape => ({ unsaid });

/** The shape of a field. */
export function fieldShape(shape: Shape, field: string): Shape {
  return (shape.fields && Object.hasOwn(shape.fields, field) ? shape.fields[field] : shape.values) ?? plain;
}

/** An element's key as text, such as `53/UDP`; none where it lacks one of the fields. */
export function keyText(element: Json, { key = [] }: Shape): string | undefined {
  const parts = key.map((field) => (isObject(element) ? element[field] : undefined) ?? (field === "protocol" ? "TCP" : undefined));
  return parts.every((part) => typeof part === "string" || typeof part === "number") ? parts.join("/") : undefined;
}
