/**
 * Makes cdktf's synthesis several times faster without changing a byte of what it writes.
 *
 * Two things take most of a synth's time. cdktf captures a full stack trace for every nested block of every resource, used or
 * not (`stackTraces: false` of its App concerns other traces): they are turned off. And it resolves every value three times, making
 * several objects and running several patterns for each string, though nearly all values are plain. So an app of plain stacks is
 * written in one pass (onePass.ts). What that does not know stays with cdktf, whose resolving is still helped: plain data is walked
 * here, and every token, and everything that is not certainly plain, is handed to cdktf's own `resolve`.
 *
 * What is replaced are exports of private modules and a method, which are looked up anew at every call: no order of loading is needed.
 */
import { App } from "cdktf/lib/app";
import type { IResolveOptions } from "cdktf/lib/tokens/private/resolve";
import * as resolving from "cdktf/lib/tokens/private/resolve";
import * as stackTrace from "cdktf/lib/tokens/private/stack-trace";
import { synthInOnePass } from "./onePass";
import { deepest, isPlainArray, isPlainNumber, isPlainObject, isPlainText } from "./plainValue";

type Resolve = (value: unknown, options: IResolveOptions) => unknown;

const cdktfResolve: Resolve = resolving.resolve;
const cdktfCaptureStackTrace = stackTrace.captureStackTrace;
const cdktfSynth = Reflect.get<App, "synth">(App.prototype, "synth");

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

/** cdktf's own synthesis of an app, whichever way is on: for what the one pass is known not to know. */
export function synthByCdktf(app: App): void {
  cdktfSynth.call(app);
}

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
  App.prototype.synth = function (this: App) {
    if (!synthInOnePass(this)) cdktfSynth.call(this);
  };
  return () => {
    Object.assign(resolving, { resolve: cdktfResolve });
    Object.assign(stackTrace, { captureStackTrace: cdktfCaptureStackTrace });
    App.prototype.synth = cdktfSynth;
  };
}
