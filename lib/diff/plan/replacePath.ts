/** The fields that force a replacement, in the API's words. */
import { isObject, type Json, type JsonObject } from "../../manifests/apiObject";
import { convert } from "../../manifests/conversion";
import { fieldPath, markPath } from "../semantics/path";
import { bodyOf } from "./body";

type Step = string | number;

const mark = "\u0000";

function attributesWith(steps: readonly Step[]): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return mark;
  const inner = attributesWith(rest);
  return typeof step === "string" ? { [step]: inner } : [...Array.from({ length: step }, () => null), inner];
}

function pathTo(value: Json, path: string): string | undefined {
  if (value === mark) return path;
  const inner: [Json, string][] = Array.isArray(value)
    ? (value as readonly Json[]).map((item, index) => [item, markPath(path, index)])
    : isObject(value)
      ? Object.entries(value).map(([key, item]) => [item, fieldPath(path, key)])
      : [];
  return inner.map(([item, at]) => pathTo(item, at)).find((found) => found !== undefined);
}

const plainPath = (steps: readonly Step[]): string =>
  steps.reduce<string>((path, step) => (typeof step === "string" ? fieldPath(path, step) : markPath(path, step)), "");

/** Where an attribute of a resource is in its object: one is made that has nothing but that. Its own path where it is in none. */
export function replacePathOf(type: string, steps: readonly Step[]): string {
  const attributes = attributesWith(steps) as JsonObject;
  const isManifest = type === "kubernetes_manifest";
  const inner = isManifest ? attributes.manifest : attributes;
  if (!isObject(inner)) return plainPath(steps);
  const metadata = isObject(inner.metadata) ? inner.metadata : ((inner.metadata as readonly JsonObject[] | undefined)?.[0] ?? {});
  const named = { ...inner, metadata: { name: "-", ...metadata } };
  const identity = { apiVersion: "-", kind: "-", ...named };
  const object = convert(type, isManifest ? { manifest: identity } : bodyOf(type, { ...named, metadata: [named.metadata] }));
  return (typeof object === "string" ? undefined : pathTo(object, "")) ?? plainPath(steps);
}
