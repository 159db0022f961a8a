/** Label selectors: what they say, and whether one selects only what another does. */
import { byCodeUnit, isObject, objects, texts, valueAt, type Json } from "../../manifests/apiObject";
import { plain } from "./ordered";

/** One thing that labels must meet. */
export interface Requirement {
  readonly key: string;
  readonly operator: string;
  /** In order, each once. */
  readonly values: readonly string[];
}

/** Requirements that must all hold; none selects everything. */
export type Selector = readonly Requirement[];

const inOrder = (values: readonly string[]): string[] => [...new Set(values)].sort(byCodeUnit);

/** What is not known yet stands as a text where the API has an object or a list; no other requirement is known to be the same. */
const unknownIn = (...values: readonly (Json | undefined)[]): Requirement[] =>
  values.filter((value) => typeof value === "string").map((value) => ({ key: value, operator: "", values: [] }));

/** Reads a LabelSelector; one that is missing or empty selects everything. */
export function selectorOf(value: Json | undefined): Selector {
  const [labels, expressions] = [valueAt(value, "matchLabels"), valueAt(value, "matchExpressions")];
  return [
    ...unknownIn(value, labels, expressions, ...(Array.isArray(expressions) ? (expressions as readonly Json[]) : [])),
    ...Object.entries(isObject(labels) ? labels : {}).map(([key, label]) => ({ key, operator: "In", values: [plain(label)] })),
    ...objects(expressions).map(({ key, operator, values }) => ({
      key: texts([key ?? null])[0] ?? "",
      operator: texts([operator ?? null])[0] ?? "",
      values: inOrder(texts(values)),
    })),
  ];
}

function implies(a: Requirement, b: Requirement): boolean {
  if (a.key !== b.key) return false;
  switch (b.operator) {
    case "Exists":
      return a.operator === "Exists" || a.operator === "In";
    case "In":
      return a.operator === "In" && a.values.every((value) => b.values.includes(value));
    case "NotIn":
      return (
        a.operator === "DoesNotExist" ||
        (a.operator === "In" && !a.values.some((value) => b.values.includes(value))) ||
        (a.operator === "NotIn" && b.values.every((value) => a.values.includes(value)))
      );
    default:
      return a.operator === b.operator;
  }
}

/** Whether everything that `inner` selects is selected by `outer`, as far as their words show. */
export function isWithin(inner: Selector, outer: Selector): boolean {
  return outer.every((required) => inner.some((given) => implies(given, required)));
}

/** What of selectors, of which one match suffices, no selector of the other side takes in. */
export function beyond(tight: readonly Selector[], loose: readonly Selector[]): Selector[] {
  return loose.filter((selector) => !tight.some((other) => isWithin(selector, other)));
}

function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case "In":
      return values.length === 1 ? `${key}=${values.join("")}` : `${key} in (${values.join(", ")})`;
    case "NotIn":
      return `${key} not in (${values.join(", ")})`;
    case "DoesNotExist":
      return `no ${key}`;
    default:
      return key;
  }
}

/** `every pod`, or `pods with app=web, tier in (a, b)`. */
export function selected(selector: Selector, noun: string): string {
  if (selector.length === 0) return `every ${noun}`;
  return `${noun}s with ${inOrder(selector.map(requirementText)).join(", ")}`;
}
