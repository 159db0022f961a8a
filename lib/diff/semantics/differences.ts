/**
 * What differs between two objects, field by field, as Kubernetes reads them (kinds.ts says how).
 *
 * The paths (path.ts) are such that swapping the sides only swaps before and after, and `[+]` and `[-]`:
 * - of a set, an element that only the after side has is `rules[+]` with no before, one that is gone `rules[-]` with no after. Where the
 *   elements that differ stand at the same places on both sides, they are taken for the same ones, changed: `rules[2].verbs[+]`.
 * - an element that the API knows by a key is `spec.ports["53/UDP"]`, wherever it stands;
 * - a list in which the order counts differs index by index, or, where its elements have keys, in their keys: `spec.variables[order]`.
 */
import { byCodeUnit, isObject, type ApiObject, type Json } from "../../manifests/apiObject";
import type { Attribute } from "../change";
import { formOf } from "./form";
import { shapeOf } from "./kinds";
import { fieldPath, keyPath, markPath } from "./path";
import { fieldShape, keyText, plain, type Shape } from "./shape";

type Value = Json | undefined;

function attribute(path: string, before: Value, after: Value): Attribute {
  return { path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

/** The elements of a list by key; nothing where it is no list, an element has no key or two have the same. */
function keyed(list: Value, shape: Shape): Map<string, Json> | undefined {
  if (list === undefined) return new Map();
  if (!Array.isArray(list)) return undefined;
  const elements = new Map<string, Json>();
  for (const element of list as readonly Json[]) {
    const key = keyText(element, shape);
    if (key === undefined || elements.has(key)) return undefined;
    elements.set(key, element);
  }
  return elements;
}

function ofKeyed(path: string, shape: Shape, before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>): Attribute[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort(byCodeUnit);
  const found = keys.flatMap((key) => ofValue(keyPath(path, key), shape.element ?? plain, before.get(key), after.get(key)));
  if (shape.list !== "sequence") return found;
  const [was, is] = [[...before.keys()].filter((key) => after.has(key)), [...after.keys()].filter((key) => before.has(key))];
  return was.every((key, index) => key === is[index]) ? found : [...found, attribute(markPath(path, "order"), was, is)];
}

/** The indices of the elements that the other list lacks. */
function only(list: readonly Json[], other: readonly Json[], element: Shape): number[] {
  const there = new Set(other.map((item) => formOf(item, element)));
  return list.flatMap((item, index) => (there.has(formOf(item, element)) ? [] : index));
}

function ofSet(path: string, element: Shape, before: readonly Json[], after: readonly Json[]): Attribute[] {
  const [lost, gained] = [only(before, after, element), only(after, before, element)];
  const changed =
    lost.length === gained.length && lost.every((place, n) => place === gained[n] && isObject(before[place]) && isObject(after[place]));
  if (changed) return lost.flatMap((place) => ofValue(markPath(path, place), element, before[place], after[place]));
  return [
    ...lost.map((place) => attribute(markPath(path, "-"), before[place], undefined)),
    ...gained.map((place) => attribute(markPath(path, "+"), undefined, after[place])),
  ];
}

function ofList(path: string, shape: Shape, before: readonly Json[], after: readonly Json[]): Attribute[] {
  const element = shape.element ?? plain;
  if (shape.list === "map" || shape.list === "sequence") {
    const [was, is] = [keyed(before, shape), keyed(after, shape)];
    if (was && is) return ofKeyed(path, shape, was, is);
  }
  if (shape.list === "set" || shape.list === "map") return ofSet(path, element, before, after);
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) =>
    ofValue(markPath(path, index), element, before[index], after[index]),
  ).flat();
}

const orEmpty = (value: Value, empty: Json, applies: unknown): Value => (value === undefined && applies ? empty : value);

function ofValue(path: string, shape: Shape, before: Value, after: Value): Attribute[] {
  if (formOf(before, shape) === formOf(after, shape)) return [];
  const isEmptyNone = shape.list !== undefined && !shape.choosesNobody;
  const [wasList, isList] = [orEmpty(before, [], isEmptyNone), orEmpty(after, [], isEmptyNone)];
  if (Array.isArray(wasList) && Array.isArray(isList)) return ofList(path, shape, wasList as readonly Json[], isList as readonly Json[]);
  const [was, is] = [orEmpty(before, {}, shape.values), orEmpty(after, {}, shape.values)];
  if (!isObject(was) || !isObject(is)) return [attribute(path, before, after)];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort(byCodeUnit);
  return keys.flatMap((key) => ofValue(fieldPath(path, key), fieldShape(shape, key), was[key], is[key]));
}

/** The fields in which two objects differ, by path; none where they mean the same. Nothing is masked here. */
export function differences(before: ApiObject, after: ApiObject): Attribute[] {
  // Most objects are the same to the letter.
  return JSON.stringify(before) === JSON.stringify(after) ? [] : ofValue("", shapeOf(before, after), before, after);
}
