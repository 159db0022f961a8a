/** Which values cdktf's resolving leaves as they are. */
import { Token } from "cdktf/lib/tokens/token";

/** Thrown where a value is met that only cdktf knows. */
export class NotPlain extends Error {}

/** How deep cdktf follows a value before it calls it circular. */
export const deepest = 200;
/**
 * What cdktf looks for in a string. An encoded number is below -1e279: its text has an exponent of three digits, or far more than
 * a hundred digits before it. (cdktf's own pattern also finds `3e9`, and so most checksums, only to leave them as they are.)
 */
const mayHoldToken = /TfToken\[|-[\d.]+e\+?\d{3}|-\d{150}/;

/** Whether cdktf would find no token in the text. */
export const isPlainText = (text: string): boolean =>
  text !== Token.STRING_MAP_TOKEN_VALUE && text !== Token.ANY_MAP_TOKEN_VALUE && !mayHoldToken.test(text);

/** Whether the number stands for itself: encoded tokens are negative, and so is the mark of an encoded map. */
export const isPlainNumber = (number: number): boolean => number >= 0;

/** Whether cdktf would find nothing in the array itself: no encoded list. */
export const isPlainArray = (value: readonly unknown[]): boolean =>
  Object.getPrototypeOf(value) === Array.prototype &&
  value.every((item) => (typeof item === "string" ? isPlainText(item) : typeof item !== "number" || isPlainNumber(item)));

/** Whether cdktf would only walk the object's keys, if they are plain too: no class, token or construct. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype || "_children" in value)
    return false;
  return !("resolve" in value && typeof value.resolve === "function");
}

/** The same with its keys: none of them holds a token. */
export function isPlainObject(value: object): value is Readonly<Record<string, unknown>> {
  return isTable(value) && Object.keys(value).every(isPlainText);
}
