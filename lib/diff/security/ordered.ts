import { byCodeUnit, isObject, type Json } from "../../manifests/apiObject";

/** JSON with its keys in order, so that equal values are equal texts. */
export function ordered(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(ordered).join(",")}]`;
  if (!isObject(value)) return value === undefined ? "nothing" : JSON.stringify(value);
  const keys = Object.keys(value).sort(byCodeUnit);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${ordered(value[key])}`).join(",")}}`;
}

/** A scalar as people write it; anything else as JSON. */
export function plain(value: Json | undefined): string {
  return typeof value === "string" ? value : ordered(value);
}
