/** What hosts are told at their start, for people: the API has it as base64 under `data`, and takes it as text under `stringData`. */
import { isObject, type ApiObject, type Json } from "../../manifests/apiObject";

/** The text of a value of a Secret; nothing where it is no text in base64, as what stands in the place of a secret. */
function decoded(value: Json): string | undefined {
  if (typeof value !== "string") return undefined;
  const bytes = Buffer.from(value, "base64");
  const text = bytes.toString();
  return bytes.toString("base64") === value && Buffer.from(text).equals(bytes) ? text : undefined;
}

/** The same Secret with its values as text, as far as they are text. @param object masked: only what may be shown is left in it */
export function withTexts(object: ApiObject): ApiObject {
  const { data, stringData, ...rest } = object;
  if (object.kind !== "Secret" || object.apiVersion !== "v1" || !isObject(data)) return object;
  const texts = Object.entries(data).map(([key, value]) => [key, decoded(value)] as const);
  const left = Object.entries(data).filter((_, index) => texts[index]?.[1] === undefined);
  if (left.length === texts.length) return object;
  const open = Object.fromEntries(texts.flatMap(([key, text]) => (text === undefined ? [] : [[key, text]])));
  // What stands there already is what the API takes.
  const all = { ...open, ...(isObject(stringData) && stringData) };
  return { ...rest, ...(left.length > 0 && { data: Object.fromEntries(left) }), stringData: all };
}
