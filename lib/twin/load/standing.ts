/** Where the pods of workloads stand at a site: placed on nodes that live, or pending, and in whose words. */
import { namespaceOf } from "../../cluster/namespace";
import { type ApiObject, type JsonObject, objects, valueAt } from "../../manifests/apiObject";
import { egressResource } from "../../network/bandwidth";
import type { Api } from "../api";
import { nameLabel, requestsOf } from "./deployment";
import { rehearsalLabel, type DrillName } from "../drill";
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
  readonly site: string;
  readonly api: Pick<Api, "list" | "request">;
  readonly drill: DrillName;
  readonly workloads: readonly Workload[];
  /** Why a Deployment was refused, by `refusalKey`. */
  readonly refused: ReadonlyMap<string, string>;
  /** Nodes that are lost: what still stands there is not placed. */
  readonly lost: ReadonlySet<string>;
}

/** One look at a site. */
export interface Look extends Standing {
  /** ReplicaSets whose last pod was refused, by the quota or a policy. */
  readonly stuck: readonly ApiObject[];
  /** Whether pods are still on their way out. */
  readonly leaving: boolean;
}

/** How a Deployment of a messenger is found. */
export const refusalKey = (messenger: string, name: string): string => `${namespaceOf(messenger)}/${name}`;

/** The pods of the drill. */
export function listPods({ api, drill }: Watched, query: Readonly<Record<string, string>> = {}): Promise<ApiObject[]> {
  return api.list("/api/v1/pods", { labelSelector: `${rehearsalLabel}=${drill}`, ...query });
}

/** How things stand now. */
export async function lookAt(watched: Watched): Promise<Look> {
  const pods = await listPods(watched);
  const found = watched.workloads.flatMap(({ messenger: { messenger }, pods: all }) =>
    all.map((some) => ({ messenger, pods: some, ...sortOut(pods.filter(isOneOf(messenger, some)), watched.lost) })),
  );
  const stuck = found.every(({ pods: { replicas }, made }) => made >= replicas) ? new Map<string, Stuck>() : await stuckSets(watched);
  return {
    placed: found.flatMap(({ messenger, pods: some, nodes }) => nodes.map((node) => ({ messenger, pods: some, node }))),
    pending: found
      .filter(({ pods: { replicas }, nodes }) => nodes.length < replicas)
      .map(({ messenger, pods: some, nodes, words }) => {
        const key = refusalKey(messenger, some.name);
        const why = watched.refused.get(key) ?? words ?? stuck.get(key)?.words;
        return { messenger, pods: some, count: some.replicas - nodes.length, ...(why !== undefined && { words: why }) };
      }),
    stuck: Array.from(stuck.values(), ({ set }) => set),
    leaving: pods.some(isLeaving),
  };
}

const isLeaving = ({ metadata }: ApiObject): boolean => metadata.deletionTimestamp !== undefined;

/** Whether a pod is of a messenger's Deployment as it is now: one of an earlier size asks for something else. */
function isOneOf(messenger: string, { name, each }: Pods): (pod: ApiObject) => boolean {
  const namespace = namespaceOf(messenger);
  const wanted: JsonObject = requestsOf(each);
  return (pod) => {
    if (pod.metadata.namespace !== namespace || valueAt(pod, "metadata", "labels", nameLabel) !== name) return false;
    const [container] = objects(valueAt(pod, "spec", "containers"));
    return ["cpu", "memory", egressResource].every(
      (resource) => valueAt(container, "resources", "requests", resource) === wanted[resource],
    );
  };
}

/** Of a Deployment's pods: where they are, how many there are anywhere, and why one of them is nowhere. */
function sortOut(
  pods: readonly ApiObject[],
  lost: ReadonlySet<string>,
): { readonly nodes: readonly string[]; readonly made: number; readonly words: string | undefined } {
  const staying = pods.filter((pod) => !isLeaving(pod));
  const nodes = staying.flatMap((pod) => {
    const node = valueAt(pod, "spec", "nodeName");
    return typeof node === "string" && !lost.has(node) ? [node] : [];
  });
  return { nodes, made: staying.length, words: staying.map(schedulersWords).find((each) => each !== undefined) };
}

function schedulersWords(pod: JsonObject): string | undefined {
  const condition = objects(valueAt(pod, "status", "conditions")).find(({ type, status }) => type === "PodScheduled" && status === "False");
  return typeof condition?.message === "string" ? condition.message : undefined;
}

/** A ReplicaSet that was refused a pod, and the words. */
interface Stuck {
  readonly set: ApiObject;
  readonly words: string;
}

async function stuckSets({ api, drill }: Watched): Promise<Map<string, Stuck>> {
  const sets = await api.list("/apis/apps/v1/replicasets", { labelSelector: `${rehearsalLabel}=${drill}` });
  const found = sets.flatMap((set): [string, Stuck][] => {
    const failure = objects(valueAt(set, "status", "conditions")).find(
      ({ type, status }) => type === "ReplicaFailure" && status === "True",
    );
    const name = valueAt(set, "metadata", "labels", nameLabel);
    if (typeof failure?.message !== "string" || typeof name !== "string") return [];
    return [[`${set.metadata.namespace ?? ""}/${name}`, { set, words: failure.message }]];
  });
  return new Map(found);
}
