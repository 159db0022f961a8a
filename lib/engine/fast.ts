/**
 * Makes cdktf's synthesis several times faster without changing a byte of what it writes.
 *
 * Two things take most of a synth's time. cdktf captures a full stack trace for every nested block of every resource, used or
 * not (`stackTraces: false` of its App concerns other traces). And it resolves every value three times, making several objects
 * and running several patterns for each string, though nearly all values are plain. So stack traces are turned off, and plain
 * data is walked here; every token, and everything that is not certainly plain, is handed to cdktf's own `resolve`.
 *
 * Both are exports of private modules, which cdktf looks up anew at every call: replacing them needs no order of loading.
 */
import type { IResolveOptions } from "cdktf/lib/tokens/private/resolve";
import * as resolving from "cdktf/lib/tokens/private/resolve";
import * as stackTrace from "cdktf/lib/tokens/private/stack-trace";
import { Token } from "cdktf/lib/tokens/token";

type Resolve = (value: unknown, options: IResolveOptions) => unknown;

const cdktfResolve: Resolve = resolving.resolve;
const cdktfCaptureStackTrace = stackTrace.captureStackTrace;

/** How deep cdktf follows a value before it calls it circular. */
const deepest = 200;
/**
 * What cdktf looks for in a string. An encoded number is below -1e279: its text has an exponent of three digits, or far more than
 * a hundred digits before it. (cdktf's own pattern also finds `3e9`, and so most checksums, only to leave them as they are.)
 */
const mayHoldToken = /TfToken\[|-[\d.]+e\+?\d{3}|-\d{150}/;

const isPlainText = (text: string) =>
  text !== Token.STRING_MAP_TOKEN_VALUE && text !== Token.ANY_MAP_TOKEN_VALUE && !mayHoldToken.test(text);
// Encoded tokens are negative numbers, and so is the mark of an encoded map.
const isPlainNumber = (number: number) => number >= 0;

/** Whether cdktf would find nothing in the array itself: no encoded list. */
const isPlainArray = (value: readonly unknown[]) =>
  Object.getPrototypeOf(value) === Array.prototype &&
  value.every((item) => (typeof item === "string" ? isPlainText(item) : typeof item !== "number" || isPlainNumber(item)));

/** Whether cdktf would only walk the object's keys: no class, token or construct, and no key that holds a token. */
function isPlainObject(value: object): value is Readonly<Record<string, unknown>> {
  if (Object.getPrototypeOf(value) !== Object.prototype || "_children" in value) return false;
  if ("resolve" in value && typeof value.resolve === "function") return false;
  return Object.keys(value).every(isPlainText);
}

/** cdktf's `resolve`, with the same results and errors; plain data is walked here. */
const fastResolve: Resolve = (root, options) => {
  const path = [...(options.prefix ?? [])];
  const handOver = (value: unknown) => cdktfResolve(value, { ...options, prefix: [...path] });
  const walkAt = (key: string, value: unknown) => {
    path.push(key);
    const resolved = walk(value);
    path.pop();
    return resolved;
  };
  const walk = (value: unknown): unknown => {
    if (path.length > deepest) return handOver(value);
    if (value === undefined || value === null || typeof value === "boolean") return value;
    if (typeof value === "string") return isPlainText(value) ? value : handOver(value);
    if (typeof value === "number") return isPlainNumber(value) ? value : handOver(value);
    if (typeof value !== "object") return handOver(value);
    if (Array.isArray(value)) {
      if (!isPlainArray(value)) return handOver(value);
      return value.map((item, index) => walkAt(String(index), item)).filter((item) => item !== undefined);
    }
    if (!isPlainObject(value)) return handOver(value);
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const resolved = walkAt(key, value[key]);
      if (resolved !== undefined) result[key] = resolved;
    }
    return result;
  };
  return walk(root);
};

/**
 * Switches the fast way on for this process: for every construct made and every app synthesized from now on.
 *
 * @param options.stackTraces keeps cdktf's traces, so that a token's error says where the token was made; the programs of this
 * project set it where the environment has ZIRSAKHT_STACK_TRACES. @default false
 * @returns a function that puts cdktf's own functions back
 */
export function fastSynth({ stackTraces = false }: { readonly stackTraces?: boolean } = {}): () => void {
  Object.assign(resolving, { resolve: fastResolve });
  Object.assign(stackTrace, { captureStackTrace: stackTraces ? cdktfCaptureStackTrace : () => [] });
  return () => {
    Object.assign(resolving, { resolve: cdktfResolve });
    Object.assign(stackTrace, { captureStackTrace: cdktfCaptureStackTrace });
  };
}
