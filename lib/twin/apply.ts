/** Server-side apply of many objects, as one field manager: those that others need first, everything else at once. */
import { setTimeout as pause } from "node:timers/promises";
import { isObject, objects, valueAt, type ApiObject, type JsonObject } from "../manifests/apiObject";
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
/** Too many requests; a change by somebody else at the same moment; the API server, or etcd behind it, is in trouble. */
const passing = new Set([409, 429, 500, 502, 503, 504]);
/** What undici and Node say where an answer never came. */
const broken = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE", "UND_ERR_SOCKET", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

/** 0: others are in it. 1: others name it. 2: it names others, which its operator reads as soon as it is there. */
const waveOf = ({ kind }: ApiObject): number => (kind === "Namespace" ? 0 : kind === "BareMetalHost" ? 2 : 1);

/** `Namespace messenger-soroush`, or `Secret zirsakht-hardware/node-join`. */
export function nameOf({ kind, metadata: { name, namespace } }: Pick<ApiObject, "kind" | "metadata">): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

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
  for (const wave of [0, 1, 2]) {
    const now = items.filter(({ object }) => waveOf(object) === wave);
    await concurrently(now, atOnce, async (item) => {
      const path = await api.pathOf(item.object);
      const second = Math.floor(Date.now() / 1000);
      const before = await persistently(() => api.request("GET", path));
      const answer = await persistently(() => api.apply(item.object, manager));
      if (isDone(answer)) outcomes.set(item, outcomeOf(before, answer, { manager, second }));
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

/**
 * What our apply did. The API server renews our entry in a policy's managed fields when another has applied its status since, though
 * nothing of the policy changes; and a controller may change an object just when we apply it. Only what we change differs from before
 * and has a new entry of ours, whose time is in whole seconds.
 */
function outcomeOf(before: Answer, after: Answer, { manager, second }: { readonly manager: string; readonly second: number }): Outcome {
  if (!isDone(before)) return "created";
  const ours = objects(valueAt(after.body, "metadata", "managedFields")).find(
    (entry) => entry.manager === manager && entry.operation === "Apply" && entry.subresource === undefined,
  );
  const isNew = typeof ours?.time === "string" && Date.parse(ours.time) / 1000 >= second;
  return isNew && contentOf(before.body) !== contentOf(after.body) ? "changed" : "unchanged";
}

/** What changes without anybody saying so. */
const bookkeeping = new Set(["managedFields", "resourceVersion", "generation"]);

/** All of an object that its writers say, as text: without its status and the API server's own bookkeeping. */
function contentOf(object: JsonObject): string {
  const metadata = Object.entries(isObject(object.metadata) ? object.metadata : {}).filter(([name]) => !bookkeeping.has(name));
  const rest = Object.entries(object).filter(([name]) => name !== "metadata" && name !== "status");
  return JSON.stringify([rest, metadata]);
}
