/** Where the pods of workloads stand at a site: placed on nodes that live, or pending, and in whose words. */
import { namespaceOf } from "../../cluster/namespace";
import { quantity } from "../../cluster/quantity";
import { type ApiObject, type JsonObject, objects, valueAt } from "../../manifests/apiObject";
import type { Api } from "../api";
import { nameLabel } from "./deployment";
import { rehearsalLabel, type DrillName } from "../drill";
import { until } from "../wait";
import type { Pods, Workload } from "./workload";

/** Pods of a Deployment that are not placed. */
export interface Pending {
  readonly messenger: string;
  readonly pods: Pods;
  readonly count: number;
  /** Why, as the scheduler, the quota or the API server says; nothing where nobody has said anything. */
  readonly words?: string;
}

/** A pod that has a node which lives. */
export interface Placed {
  readonly messenger: string;
  readonly pods: Pods;
  readonly node: string;
}

export interface Standing {
  readonly placed: readonly Placed[];
  readonly pending: readonly Pending[];
}

/** What is looked at. */
export interface Watched {
  readonly api: Api;
  readonly drill: DrillName;
  readonly workloads: readonly Workload[];
  /** Why a Deployment was refused, by `refusalKey`. */
  readonly refused: ReadonlyMap<string, string>;
  /** Nodes that are lost: what still stands there is not placed. */
  readonly lost: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** How a Deployment of a messenger is found. */
export const refusalKey = (messenger: string, name: string): string => `${namespaceOf(messenger)}/${name}`;

/** Nothing moves any more: longer than the scheduler waits before it tries a pod again (10 s). In seconds. */
const quiet = 20;
/** The same while nobody has said yet why something is pending: a machine under load is slow, not stuck. */
const quietWithoutWords = 90;
/** A site that is not settled after so many seconds is judged as it is. */
const patience = 900;

/** Waits until every pod is placed, or nothing moves any more; answers how things stand then. */
export async function settled(watched: Watched): Promise<Standing> {
  let before = "";
  let since = performance.now();
  const still = (now: string): number => {
    if (now !== before) [before, since] = [now, performance.now()];
    return (performance.now() - since) / 1000;
  };
  const standing = await until(
    async () => {
      // What does not run yet is a short list; all pods are looked at only when it is empty or stays as it is.
      const waiting = await listPods(watched, { fieldSelector: "status.phase!=Running" });
      if (waiting.length > 0 && still(namesOf(waiting)) < quiet) return undefined;
      const now = await standingOf(watched);
      const key = waiting.length > 0 ? namesOf(waiting) : JSON.stringify(now.pending);
      const enough = now.pending.every(({ words }) => words !== undefined) ? quiet : quietWithoutWords;
      return now.pending.length === 0 || still(key) >= enough ? now : undefined;
    },
    { seconds: patience, signal: watched.signal },
  );
  return standing ?? standingOf(watched);
}

const namesOf = (pods: readonly ApiObject[]): string => pods.map(({ metadata: { namespace = "", name } }) => `${namespace}/${name}`).join();

function listPods({ api, drill }: Watched, query: Readonly<Record<string, string>> = {}): Promise<ApiObject[]> {
  return api.list("/api/v1/pods", { labelSelector: `${rehearsalLabel}=${drill}`, ...query });
}

/** How things stand now. */
async function standingOf(watched: Watched): Promise<Standing> {
  const pods = await listPods(watched);
  const missing = new Map<string, string>();
  const found = watched.workloads.flatMap(({ messenger: { messenger }, pods: all }) =>
    all.map((some) => ({ messenger, pods: some, ...sortOut(pods.filter(isOneOf(messenger, some)), some.replicas, watched.lost) })),
  );
  if (found.some(({ lacking, words }) => lacking > 0 && words === undefined))
    for (const [key, words] of await unmade(watched)) missing.set(key, words);
  return {
    placed: found.flatMap(({ messenger, pods: some, nodes }) => nodes.map((node) => ({ messenger, pods: some, node }))),
    pending: found
      .filter(({ lacking }) => lacking > 0)
      .map(({ messenger, pods: some, lacking, words }) => {
        const key = refusalKey(messenger, some.name);
        const why = watched.refused.get(key) ?? words ?? missing.get(key);
        return { messenger, pods: some, count: lacking, ...(why !== undefined && { words: why }) };
      }),
  };
}

/** Whether a pod is of a messenger's Deployment as it is now: one of an earlier size asks for something else. */
function isOneOf(messenger: string, { name, each }: Pods): (pod: ApiObject) => boolean {
  const namespace = namespaceOf(messenger);
  const [cpu, memory] = [quantity(each.milliThreads, "m"), quantity(each.memoryMiB, "Mi")];
  return (pod) => {
    if (pod.metadata.namespace !== namespace || valueAt(pod, "metadata", "labels", nameLabel) !== name) return false;
    const [container] = objects(valueAt(pod, "spec", "containers"));
    return valueAt(container, "resources", "requests", "cpu") === cpu && valueAt(container, "resources", "requests", "memory") === memory;
  };
}

function sortOut(
  pods: readonly ApiObject[],
  replicas: number,
  lost: ReadonlySet<string>,
): { readonly nodes: readonly string[]; readonly lacking: number; readonly words?: string } {
  const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const nodes = staying.flatMap((pod) => {
    const node = valueAt(pod, "spec", "nodeName");
    return typeof node === "string" && !lost.has(node) ? [node] : [];
  });
  const words = staying.map(schedulersWords).find((each) => each !== undefined);
  return { nodes, lacking: Math.max(0, replicas - nodes.length), ...(words !== undefined && { words }) };
}

function schedulersWords(pod: JsonObject): string | undefined {
  const condition = objects(valueAt(pod, "status", "conditions")).find(({ type, status }) => type === "PodScheduled" && status === "False");
  return typeof condition?.message === "string" ? condition.message : undefined;
}

/** Why pods were not made at all, by their Deployment: the quota or a policy refused them. */
async function unmade({ api, drill }: Watched): Promise<[string, string][]> {
  const sets = await api.list("/apis/apps/v1/replicasets", { labelSelector: `${rehearsalLabel}=${drill}` });
  return sets.flatMap((set): [string, string][] => {
    const failure = objects(valueAt(set, "status", "conditions")).find(
      ({ type, status }) => type === "ReplicaFailure" && status === "True",
    );
    const name = valueAt(set, "metadata", "labels", nameLabel);
    if (typeof failure?.message !== "string" || typeof name !== "string") return [];
    return [[`${set.metadata.namespace ?? ""}/${name}`, failure.message]];
  });
}
