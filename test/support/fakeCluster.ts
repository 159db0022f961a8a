/**
 * A stand-in for a site's control plane, in memory and without a clock of its own: Deployments become pods within a quota, pods find nodes,
 * and leave nodes that are lost. A ReplicaSet that is refused a pod tries no more until somebody changes it, as one that backs off for long.
 */
import { grantsOf } from "../../lib/allocation/grant";
import { groupLabel, messengerLabel, zoneLabel } from "../../lib/cluster/labels";
import { type ApiObject, isObject, type Json, type JsonObject, objects, valueAt } from "../../lib/manifests/apiObject";
import { egressResource, serverMbps } from "../../lib/network/bandwidth";
import type { AllocatedRequest } from "../../lib/request/allocated";
import { capacityOf } from "../../lib/request/server";
import { amountOf } from "../../lib/twin/amount";
import { type Answer, ApiError, type Ask, isDone } from "../../lib/twin/api";
import type { TwinSite } from "../../lib/twin/control/twinSite";

const resources = ["cpu", "memory", egressResource] as const;
/** In thousandths, so that sums are exact. */
const thousandths = (quantity: Json | undefined): number => Math.round(amountOf(quantity) * 1000);
const requests = (pod: JsonObject, resource: string): number =>
  objects(valueAt(pod, "spec", "containers")).reduce((sum, each) => sum + thousandths(valueAt(each, "resources", "requests", resource)), 0);
const sumOf = (pods: readonly ApiObject[], resource: string): number => pods.reduce((sum, pod) => sum + requests(pod, resource), 0);
const nodeOf = (pod: ApiObject): string | undefined => valueAt(pod, "spec", "nodeName") as string | undefined;
const isLeaving = ({ metadata }: ApiObject): boolean => metadata.deletionTimestamp !== undefined;
const keyOf = ({ metadata: { namespace = "", name } }: ApiObject): string => `${namespace}/${name}`;

/** A Deployment, and what became of it. */
interface Made {
  object: ApiObject;
  pods: ApiObject[];
  /** Why the last pod was refused. */
  words?: string;
}

export class FakeCluster {
  /** Requests but lists, as `METHOD path`. */
  readonly asked: string[] = [];
  readonly nodes: ApiObject[];
  readonly deployments = new Map<string, Made>();
  /** The most milli-threads that a namespace's pods may ask for, those on their way out too. @default no limit */
  readonly quotas = new Map<string, number>();
  /** How long pods are on their way out, in seconds. */
  lingering = 0;
  /** What is done instead of a request, by `METHOD path`; a test may throw. @default nothing is in the way */
  intercept: (request: string) => Answer | undefined = () => undefined;
  private readonly gone = new Map<ApiObject, number>();
  private made = 0;

  constructor(
    { estate, lock }: Pick<AllocatedRequest, "estate" | "lock">,
    readonly site: string,
  ) {
    const racks = estate.sites[site]?.racks ?? {};
    const held = grantsOf(estate, lock).filter((grant) => grant.site === site);
    this.nodes = held.flatMap(({ holder, servers }) =>
      servers.map((server): ApiObject => {
        const [rack, serverClass] = [racks[server.rack], estate.classes[server.class]];
        if (!rack || !serverClass) throw new Error(`${server.name} is not in the estate`);
        const { milliThreads, memoryMiB } = capacityOf(serverClass);
        const allocatable = { cpu: `${milliThreads}m`, memory: `${memoryMiB}Mi`, [egressResource]: `${serverMbps(estate, rack)}` };
        const labels = { [messengerLabel]: holder, [groupLabel]: server.group, [zoneLabel]: server.rack };
        return { apiVersion: "v1", kind: "Node", metadata: { name: server.name, labels }, spec: {}, status: { allocatable } };
      }),
    );
  }

  /** The site, as drills know it. */
  get twinSite(): TwinSite {
    return { site: this.site, admin: () => Promise.resolve(this), as: () => Promise.resolve(this) } as unknown as TwinSite;
  }

  get pods(): ApiObject[] {
    return [...this.deployments.values()].flatMap(({ pods }) => pods);
  }

  list(path: string, query: Readonly<Record<string, string>> = {}): Promise<ApiObject[]> {
    this.work();
    const [label = "", value] = query.labelSelector?.split("=") ?? [];
    const isAsked = (object: ApiObject): boolean => {
      const found = valueAt(object, "metadata", "labels", label);
      return label === "" || (value === undefined ? found !== undefined : found === value);
    };
    const found = path.endsWith("/pods")
      ? this.pods.filter((pod) => query.fieldSelector === undefined || nodeOf(pod) === undefined)
      : path.endsWith("/replicasets")
        ? [...this.deployments.values()].map(setOf)
        : path.endsWith("/resourcequotas")
          ? [...this.quotas.keys()].map((namespace) => this.quotaOf(namespace))
          : path.endsWith("/nodes")
            ? this.nodes
            : [];
    return Promise.resolve(found.filter(isAsked));
  }

  request(method: string, path: string, ask: Ask = {}): Promise<Answer> {
    this.asked.push(`${method} ${path}`);
    const instead = this.intercept(`${method} ${path}`);
    if (instead) return Promise.resolve(instead);
    const [, namespace = "", resource = "", name] = /\/namespaces\/([^/]+)\/([^/]+)\/?([^/]*)/.exec(path) ?? [];
    const node = this.nodes.find(({ metadata }) => path === `/api/v1/nodes/${metadata.name}`);
    if (node && method === "PATCH" && isObject(ask.body)) Object.assign(node, { spec: ask.body.spec });
    if (node) return answered(200, node);
    for (const [key, { object }] of this.deployments) {
      const isMeant = object.metadata.namespace === namespace && (resource === "replicasets" || !name || object.metadata.name === name);
      if (isMeant && method === "PATCH" && resource === "replicasets" && name === `${object.metadata.name}-1`)
        delete this.deployments.get(key)?.words;
      if (isMeant && method === "DELETE" && resource === "deployments") this.deployments.delete(key);
    }
    return answered(200, {});
  }

  /** As `request`; of discovery it knows pods only. */
  async demand(method: string, path: string, ask: Ask = {}): Promise<JsonObject> {
    if (path === "/api/v1") return { resources: [{ name: "pods", namespaced: true, verbs: ["delete", "list"] }] };
    const answer = await this.request(method, path, ask);
    if (!isDone(answer)) throw new ApiError(`${method} ${path}`, answer);
    return answer.body;
  }

  apply(object: ApiObject): Promise<Answer> {
    this.asked.push(`APPLY ${keyOf(object)}`);
    const instead = this.intercept(`APPLY ${keyOf(object)}`);
    if (instead) return Promise.resolve(instead);
    const before = this.deployments.get(keyOf(object));
    const same = JSON.stringify(before?.object) === JSON.stringify(object);
    this.deployments.set(keyOf(object), same && before ? before : { object, pods: [] });
    return answered(200, object);
  }

  /** What controllers would have done since. */
  private work(): void {
    const now = performance.now() / 1000;
    const lost = new Set(
      this.nodes.filter((node) => objects(valueAt(node, "spec", "taints")).length > 0).map(({ metadata }) => metadata.name),
    );
    for (const made of this.deployments.values()) {
      for (const pod of made.pods.filter((each) => !isLeaving(each) && lost.has(nodeOf(each) ?? ""))) {
        this.gone.set(pod, now + this.lingering);
        Object.assign(pod.metadata, { deletionTimestamp: "2026-11-24T00:00:00Z" });
      }
      made.pods = made.pods.filter((pod) => now < (this.gone.get(pod) ?? Infinity));
    }
    for (const made of this.deployments.values()) this.makePods(made);
    for (const pod of this.pods.filter((each) => nodeOf(each) === undefined)) this.schedule(pod, lost);
  }

  private makePods(made: Made): void {
    const { namespace = "" } = made.object.metadata;
    while (
      made.words === undefined &&
      made.pods.filter((pod) => !isLeaving(pod)).length < Number(valueAt(made.object, "spec", "replicas"))
    ) {
      const template = valueAt(made.object, "spec", "template") as ApiObject;
      const metadata = { ...template.metadata, namespace, name: `${made.object.metadata.name}-${++this.made}` };
      const pod = { ...structuredClone(template), apiVersion: "v1", kind: "Pod", metadata } as ApiObject;
      const used = this.usedIn(namespace);
      const most = this.quotas.get(namespace) ?? Infinity;
      if (used + requests(pod, "cpu") > most) made.words = `exceeded quota: grant, used: requests.cpu=${used}m, limited: ${most}m`;
      else made.pods.push(pod);
    }
  }

  private schedule(pod: ApiObject, lost: ReadonlySet<string>): void {
    const selector = Object.entries((valueAt(pod, "spec", "nodeSelector") ?? {}) as Record<string, string>);
    const node = this.nodes.find(({ metadata: { name, labels }, status }) => {
      if (lost.has(name) || selector.some(([key, value]) => valueAt(labels, key) !== value)) return false;
      const there = [...this.pods.filter((each) => nodeOf(each) === name), pod];
      return resources.every((resource) => sumOf(there, resource) <= thousandths(valueAt(status, "allocatable", resource)));
    });
    if (node) Object.assign(pod.spec as object, { nodeName: node.metadata.name });
    else Object.assign(pod, { status: { conditions: [{ type: "PodScheduled", status: "False", message: "0 nodes are available" }] } });
  }

  /** What a namespace's pods ask for, in milli-threads. */
  usedIn(namespace: string): number {
    const pods = this.pods.filter(({ metadata }) => metadata.namespace === namespace);
    return sumOf(pods, "cpu");
  }

  private quotaOf(namespace: string): ApiObject {
    const used = { "requests.cpu": `${this.usedIn(namespace)}m` };
    return { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "grant", namespace }, status: { used } };
  }
}

const answered = (status: number, body: JsonObject): Promise<Answer> => Promise.resolve({ status, body });

function setOf({ object: { metadata }, words }: Made): ApiObject {
  const conditions = words === undefined ? [] : [{ type: "ReplicaFailure", status: "True", message: words }];
  return { apiVersion: "apps/v1", kind: "ReplicaSet", metadata: { ...metadata, name: `${metadata.name}-1` }, status: { conditions } };
}
