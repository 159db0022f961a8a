/** What a `kubernetes_manifest` stands for in the cluster before an apply. */
import { isDeepStrictEqual } from "node:util";
import { isObject, type Json } from "../../manifests/apiObject";

type Value = Json | undefined;

const at = (value: Value, key: string): Value => (isObject(value) ? value[key] : undefined);

/**
 * A manifest's field is what was asked for; `object` is what is there. Where an apply changes the object though the manifest stays as it is,
 * somebody else has changed it in between: then what is there counts.
 */
function live(asked: Value, askedNext: Value, found: Value, next: Value): Value {
  if (isObject(asked) && isObject(found))
    return Object.fromEntries(
      Object.entries(asked).flatMap(([key, value]): [string, Json][] => {
        const inner = live(value, at(askedNext, key), found[key], at(next, key));
        return inner === undefined ? [] : [[key, inner]];
      }),
    );
  const changedOutside = next !== undefined && isDeepStrictEqual(asked, askedNext) && !isDeepStrictEqual(found, next);
  return changedOutside ? (found ?? undefined) : asked;
}

/** The manifest of the side before, with what others changed in it since. */
export function liveManifest(before: Json, after: Json): Json {
  const manifest = at(before, "manifest") ?? null;
  const found = at(before, "object");
  return isObject(found) ? (live(manifest, at(after, "manifest"), found, at(after, "object")) ?? null) : manifest;
}
