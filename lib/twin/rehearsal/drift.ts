/** How far what a site holds is from what the files say: a rehearsal of an old deployment proves nothing of the new one. */
import { several } from "../../allocation/words";
import { isObject, nameOf, type ApiObject, type Json } from "../../manifests/apiObject";
import type { Api } from "../api";
import { isDone } from "../api";
import { fieldManager } from "../apply";
import { concurrently } from "../concurrent";
import { keyOf, referenceTo } from "../deploy/deployed";

/** An object that is not as it is written. */
export interface Drift {
  /** `Namespace messenger-soroush`. */
  readonly object: string;
  /** `missing`, `not in the files any more`, or where it differs: `spec.hard.requests.cpu: "64" in the files, "80" deployed`. */
  readonly what: string;
}

const atOnce = 16;
/** Longer values are told by what they are: nobody finds a difference in a line that is longer. */
const longest = 100;

/** Lists in which the order says nothing; Terraform sends them in one of its own. */
const ofRule = /^rules\[\d+\]\.(?:apiGroups|resources|verbs)$/;

function shown(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  if (text.length <= longest) return text;
  return Array.isArray(value) ? several(value.length, "entry", "entries") : `${text.slice(0, longest)}…`;
}

/**
 * Where an object differs from what is written, at the first place. What the API server adds to a map (defaults, status) is no
 * difference; to a list it adds nothing.
 */
export function differenceOf(written: Json, live: Json | undefined, path = ""): string | undefined {
  const differs = `${path}: ${shown(written)} in the files, ${shown(live)} deployed`;
  if (Array.isArray(written)) {
    if (!Array.isArray(live)) return written.length === 0 && live === undefined ? undefined : differs;
    const [before, now] = [written, live].map((list: readonly Json[]) => (ofRule.test(path) ? [...list].sort() : list)) as [Json[], Json[]];
    if (now.length !== before.length) return differs;
    return before.map((each, index) => differenceOf(each, now[index], `${path}[${index}]`)).find((each) => each !== undefined);
  }
  // The API server leaves out what says nothing.
  const saysNothing = written === false || written === 0 || written === "";
  if (!isObject(written)) return written === live || (saysNothing && live === undefined) ? undefined : differs;
  if (!isObject(live)) return Object.keys(written).length === 0 && live === undefined ? undefined : differs;
  return Object.entries(written)
    .map(([key, value]) => differenceOf(value, live[key], path === "" ? key : `${path}.${key}`))
    .find((each) => each !== undefined);
}

/** Whether a deploy of ours wrote it. */
const isOurs = ({ metadata: { managedFields } }: ApiObject): boolean =>
  Array.isArray(managedFields) && (managedFields as readonly Json[]).some((entry) => isObject(entry) && entry.manager === fieldManager);

/** Compares a site with its objects as they are written, in the order of their names. */
export async function driftOf(api: Api, written: readonly ApiObject[]): Promise<Drift[]> {
  const collections = new Map<string, [ApiObject, ...ApiObject[]]>();
  const unknown: Drift[] = [];
  for (const object of written) {
    const { apiVersion, kind, metadata } = object;
    const namespace = metadata.namespace === undefined ? {} : { namespace: metadata.namespace };
    // Without the definition of its kind there is no path either.
    const path = await api.pathOf({ apiVersion, kind, metadata: namespace }).catch(() => undefined);
    if (path === undefined) unknown.push({ object: nameOf(object), what: "missing, and so is the definition of its kind" });
    else if (collections.get(path)?.push(object) === undefined) collections.set(path, [object]);
  }
  const found = await concurrently([...collections], atOnce, async ([path, wanted]) => {
    const isThere = isDone(await api.request("GET", path, { query: { limit: "1" } }));
    return compare(wanted, isThere ? await api.list(path) : []);
  });
  return [...unknown, ...found.flat()].sort((a, b) => (a.object < b.object ? -1 : 1));
}

function compare(written: readonly [ApiObject, ...ApiObject[]], live: readonly ApiObject[]): Drift[] {
  const [{ apiVersion, kind }] = written;
  // The objects of a list do not say their kind.
  const there = new Map(live.map((object) => [keyOf(referenceTo({ ...object, apiVersion, kind })), object]));
  const wanted = new Set(written.map((object) => keyOf(referenceTo(object))));
  const changed = written.flatMap((object): Drift[] => {
    const now = there.get(keyOf(referenceTo(object)));
    const what = now ? differenceOf(object, { ...now, apiVersion, kind }) : "missing";
    return what === undefined ? [] : [{ object: nameOf(object), what }];
  });
  const left = [...there].filter(([key, object]) => !wanted.has(key) && isOurs(object));
  return [...changed, ...left.map(([, { metadata }]) => ({ object: nameOf({ kind, metadata }), what: "not in the files any more" }))];
}
