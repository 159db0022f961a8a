/** Server-side apply of many objects, as one field manager: those that others need first, everything else at once. */
import { setTimeout as pause } from "node:timers/promises";
import { type ApiObject, isObject, type Json, type JsonObject, objects, valueAt } from "../manifests/apiObject";
import { type Answer, type Api, isDone, messageOf } from "./api";
import { concurrently } from "./concurrent";

/** Who applies the stacks; the API server keeps the name with every field. */
export const fieldManager = "zirsakht";

/** What an apply did to an object. */
export type Outcome = "created" | "changed" | "unchanged";

/** An object that the API server did not take, with its words. */
export interface Refusal<T> {
  readonly item: T;
  readonly words: string;
}

export interface Applied<T> {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** In the order of the objects. */
  readonly refused: readonly Refusal<T>[];
}

export interface ApplyOptions {
  /** @default fieldManager */
  readonly manager?: string;
  /** Told how many objects are done, after each. @default nobody */
  readonly progress?: (done: number) => void;
}

/** Requests at once: as many as a connection has sockets. */
const atOnce = 16;
/** An apply changes nothing when it is repeated, so what the API server could not do just now is asked for again, after so many milliseconds. */
const pauses = [100, 400, 1000, 2500];
/** A change by somebody else at the same moment; the API server, or etcd behind it, is in trouble. Where it is busy, `Api` asks again. */
const passing = new Set([409, 500, 502, 503, 504]);
/** What undici and Node say where an answer never came. */
const broken = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE", "UND_ERR_SOCKET", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

/** 0: others are in it. 1: others name it. 2: it names others, which its operator reads as soon as it is there. */
const waveOf = ({ kind }: ApiObject): number => (kind === "Namespace" ? 0 : kind === "BareMetalHost" ? 2 : 1);

/** Whether an error means that nobody answered. */
export function isSilence(error: unknown): error is Error {
  return error instanceof Error && "code" in error && typeof error.code === "string" && broken.has(error.code);
}

/**
 * Applies the object of every item. What is refused is told with all that is refused; it ends early only where nobody answers.
 * An apply that is stopped half-way and begun anew ends in the same.
 */
export async function applyAll<T extends { readonly object: ApiObject }>(
  api: Api,
  items: readonly T[],
  { manager = fieldManager, progress = () => undefined }: ApplyOptions = {},
): Promise<Applied<T>> {
  const outcomes = new Map<T, Outcome>();
  const words = new Map<T, string>();
  const start = await versionNow(api);
  for (const wave of [0, 1, 2]) {
    const now = items.filter(({ object }) => waveOf(object) === wave);
    await concurrently(now, atOnce, async (item) => {
      const second = Math.floor(Date.now() / 1000);
      const answer = await persistently(() => api.apply(item.object, manager));
      if (isDone(answer))
        outcomes.set(item, isNew(answer, manager, second) ? await outcomeOf(api, item.object, answer, start) : "unchanged");
      else words.set(item, messageOf(answer));
      progress(outcomes.size + words.size);
    });
  }
  const count = (outcome: Outcome): number => [...outcomes.values()].filter((each) => each === outcome).length;
  return {
    created: count("created"),
    changed: count("changed"),
    unchanged: count("unchanged"),
    refused: items.flatMap((item) => {
      const said = words.get(item);
      return said === undefined ? [] : [{ item, words: said }];
    }),
  };
}

/** Asks again where the API server is busy or was not reached; what it will never do is answered at once. */
export async function persistently(ask: () => Promise<Answer>): Promise<Answer> {
  for (const wait of pauses) {
    try {
      const answer = await ask();
      if (!passing.has(answer.status)) return answer;
    } catch (error) {
      if (!isSilence(error)) throw error;
    }
    await pause(wait);
  }
  return ask();
}

/** The version of everything at a site at this moment; a list of few objects says it cheaply. */
async function versionNow(api: Api): Promise<string> {
  const { metadata } = await api.demand("GET", "/api/v1/namespaces", { query: { limit: "1" } });
  return textOf(metadata, "resourceVersion");
}

/** Whether this apply may have changed the object: it has a new entry of ours, whose time is in whole seconds. */
function isNew({ status, body }: Answer, manager: string, second: number): boolean {
  if (status === 201) return true;
  const ours = objects(valueAt(body, "metadata", "managedFields")).find(
    (entry) => entry.manager === manager && entry.operation === "Apply" && entry.subresource === undefined,
  );
  return Date.parse(textOf(ours, "time")) / 1000 >= second;
}

/**
 * What our apply did to an object that has a new entry of ours. The API server renews the entry of a policy whose status was written
 * since, though nothing of the policy changes: so the object is held against what it was at the start.
 */
async function outcomeOf(api: Api, object: ApiObject, { status, body }: Answer, start: string): Promise<Outcome> {
  if (status === 201) return "created";
  const { name, namespace } = object.metadata;
  const collection = await api.pathOf({ ...object, metadata: namespace === undefined ? {} : { namespace } });
  const query = { fieldSelector: `metadata.name=${name}`, resourceVersion: start, resourceVersionMatch: "Exact" };
  const before = await persistently(() => api.request("GET", collection, { query }));
  // An apply that takes longer than the API server remembers: what it was is not known any more.
  if (!isDone(before)) return "changed";
  const [was] = objects(before.body.items);
  if (!was) return "created";
  return contentOf(was) === contentOf(body) ? "unchanged" : "changed";
}

/** What changes without anybody saying so. */
const bookkeeping = new Set(["managedFields", "resourceVersion", "generation"]);
/** What a writer says of an object: not its status, nor its kind, which lists leave out. */
const unsaid = new Set(["apiVersion", "kind", "metadata", "status"]);

/** All of an object that its writers say, as text. */
function contentOf(object: JsonObject): string {
  const metadata = Object.entries(isObject(object.metadata) ? object.metadata : {}).filter(([name]) => !bookkeeping.has(name));
  return JSON.stringify([Object.entries(object).filter(([name]) => !unsaid.has(name)), metadata]);
}

function textOf(value: Json | undefined, name: string): string {
  const text = valueAt(value, name);
  return typeof text === "string" ? text : "";
}
