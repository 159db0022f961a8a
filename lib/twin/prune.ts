/** Removes what a stack once had and has no more, as Terraform would, and as carefully: what is guarded stays, and the guard's words are told. */
import { setTimeout as pause } from "node:timers/promises";
import { type ApiObject, type JsonObject, objects, valueAt } from "../manifests/apiObject";
import { type Api, isDone, messageOf } from "./api";
import { fieldManager, persistently, type Refusal } from "./apply";
import { concurrently } from "./concurrent";
import { keyOf, type Reference } from "./deployed";

/** What became of objects that are to go. */
export interface Pruned {
  /** They are gone. */
  readonly removed: number;
  /** They stay. */
  readonly refused: readonly Refusal<Reference>[];
}

const [notFound, conflict, atOnce] = [404, 409, 16];
/** A host is powered off before it goes, and a namespace waits for everything in it; both are seconds in a twin. In milliseconds. */
const [patience, pace] = [180_000, 500];

/**
 * Removes the objects: hosts first, and the Secrets that they read once they are gone; then namespaces, whose contents go with them, or
 * stay with one that may not go. An object that another has made anew since is left alone.
 */
export async function prune(api: Api, references: readonly Reference[]): Promise<Pruned> {
  const refused: Refusal<Reference>[] = [];
  let removed = 0;
  const removeAll = async (group: readonly Reference[]): Promise<void> => {
    await concurrently(group, atOnce, async (item) => {
      const words = await remove(api, item);
      if (words === undefined) removed++;
      else refused.push({ item, words });
    });
  };
  const namespaces = references.filter(({ kind }) => kind === "Namespace");
  const going = new Set(namespaces.map(({ name }) => name));
  const outside = references.filter(({ kind, namespace }) => kind !== "Namespace" && !going.has(namespace ?? ""));
  const isHost = ({ kind }: Reference): boolean => kind === "BareMetalHost";
  await removeAll(outside.filter(isHost));
  await removeAll(namespaces);
  await removeAll(outside.filter((reference) => !isHost(reference)));
  const kept = new Set(refused.map(({ item }) => item.name));
  removed += references.filter(
    ({ kind, namespace }) => kind !== "Namespace" && going.has(namespace ?? "") && !kept.has(namespace ?? ""),
  ).length;
  return { removed, refused: refused.sort((a, b) => (keyOf(a.item) < keyOf(b.item) ? -1 : 1)) };
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
