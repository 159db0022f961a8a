/** Removes what a stack once had and has no more, as Terraform would, and as carefully: what is guarded stays, and the guard's words are told. */
import { setTimeout as pause } from "node:timers/promises";
import { type ApiObject, type JsonObject, objects, valueAt } from "../../manifests/apiObject";
import { type Api, isDone, messageOf } from "../api";
import { fieldManager, persistently, type Refusal } from "../apply";
import { concurrently } from "../concurrent";
import { keyOf, type Reference } from "./deployed";

/** What became of objects that are to go. */
export interface Pruned {
  readonly removed: number;
  /** They stay: those that were refused, and what belongs to those. */
  readonly kept: readonly Reference[];
  readonly refused: readonly Refusal<Reference>[];
}

const [notFound, conflict, atOnce] = [404, 409, 16];
/** A host is powered off before it goes, and a namespace waits for everything in it; both are seconds in a twin. In milliseconds. */
const [patience, pace] = [180_000, 500];

/**
 * Removes the objects: hosts first, and the Secrets that they read once they are gone; then namespaces, whose contents go with them. Where
 * one may not go, nothing that comes after it goes either, for it may need that. What another has made anew since is left alone.
 */
export async function prune(api: Api, references: readonly Reference[]): Promise<Pruned> {
  const going = new Set(references.filter(({ kind }) => kind === "Namespace").map(({ name }) => name));
  const stepOf = ({ kind, namespace = "" }: Reference): number =>
    kind === "BareMetalHost" ? 0 : kind === "Namespace" ? 1 : going.has(namespace) ? 2 : 3;
  const refused: Refusal<Reference>[] = [];
  const removed = new Set<Reference>();
  for (const step of [0, 1, 2, 3]) {
    if (refused.length > 0) break;
    await concurrently(
      references.filter((reference) => stepOf(reference) === step),
      atOnce,
      async (item) => {
        // What was in a namespace went with it.
        const words = step === 2 ? undefined : await remove(api, item);
        if (words === undefined) removed.add(item);
        else refused.push({ item, words });
      },
    );
  }
  return {
    removed: removed.size,
    kept: references.filter((reference) => !removed.has(reference)),
    refused: refused.sort((a, b) => (keyOf(a.item) < keyOf(b.item) ? -1 : 1)),
  };
}

/** Deletes an object and waits until it is gone; answers with the API server's words where it stays. */
async function remove(api: Api, { apiVersion, kind, ...metadata }: Reference): Promise<string | undefined> {
  const path = await api.pathOf({ apiVersion, kind, metadata: { ...metadata } });
  const found = await persistently(() => api.request("GET", path));
  if (found.status === notFound) return undefined;
  if (!isDone(found)) return messageOf(found);
  if (!isOurs(found.body)) return undefined;
  const uid = valueAt(found.body, "metadata", "uid") ?? "";
  const body = { apiVersion: "v1", kind: "DeleteOptions", preconditions: { uid }, propagationPolicy: "Background" };
  const answer = await persistently(() => api.request("DELETE", path, { body }));
  if (answer.status === notFound || answer.status === conflict) return undefined;
  if (!isDone(answer)) return messageOf(answer);
  const end = performance.now() + patience;
  while (performance.now() < end) {
    const { status, body: now } = await persistently(() => api.request("GET", path));
    if (status === notFound || (status === 200 && valueAt(now, "metadata", "uid") !== uid)) return undefined;
    await pause(pace);
  }
  return `it is still being deleted after ${patience / 1000} s`;
}

/** Whether a deploy of ours made the object that is there now. */
const isOurs = (object: ApiObject | JsonObject): boolean =>
  objects(valueAt(object, "metadata", "managedFields")).some(({ manager, operation }) => manager === fieldManager && operation === "Apply");
