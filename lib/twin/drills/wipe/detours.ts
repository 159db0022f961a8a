/** Roads to a wiped server that are more than one request long: through the garbage collector, through finalizers, through a namespace's end. */
import { isDone, messageOf, type Api } from "../../api";
import { rehearsalLabel, type Stage } from "../../drill";
import { until } from "../../wait";
import { guardedLabel } from "../../../cluster/labels";
import { hardwareNamespace } from "../../../hardware/namespace";
import { objects, valueAt, type ApiObject } from "../../../manifests/apiObject";
import { grantedHosts, hostsPath } from "./hostState";
import { guardOf, tryAsIf, tryRoad, type Attempt, type Tried } from "./roads";

/** A road with preparations. It puts back what it prepared. */
export interface Detour {
  readonly what: string;
  readonly walk: (api: Api, host: ApiObject, stage: Stage) => Promise<Tried>;
}

const configMaps = `/api/v1/namespaces/${hardwareNamespace}/configmaps`;
const namespacePath = `/api/v1/namespaces/${hardwareNamespace}`;
const ownerName = "rehearsal-owner";
const dependentName = "rehearsal-dependent";
/** As whom the garbage collector deletes. */
const collector = "system:serviceaccount:kube-system:generic-garbage-collector";
/** The garbage collector is quick; what it does not do in this time, in seconds, it does not do. */
const patience = 30;

const deletion = (host: ApiObject): Attempt => ({ method: "DELETE", path: `${hostsPath}/${host.metadata.name}` });
const configMap = (name: string, owners: ApiObject["metadata"]["ownerReferences"] = []): ApiObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: hardwareNamespace, labels: { [rehearsalLabel]: "wipe" }, ownerReferences: owners },
});

/** Puts a host's metadata back as it was read: what was added to it, and who it says that added it. */
export async function restore(api: Api, host: ApiObject, added: { readonly annotations?: readonly string[] } = {}): Promise<void> {
  const { name, labels, finalizers, ownerReferences, managedFields } = host.metadata;
  const path = `${hostsPath}/${name}`;
  await api.demand("PATCH", path, {
    body: {
      metadata: {
        labels: labels ?? null,
        finalizers: finalizers ?? null,
        ownerReferences: ownerReferences ?? null,
        ...(added.annotations && { annotations: Object.fromEntries(added.annotations.map((key) => [key, null])) }),
      },
    },
  });
  // In a request of its own: one that changes anything else is written down among the managed fields itself.
  await api.demand("PATCH", path, { body: { metadata: { managedFields: managedFields ?? null } } });
}

/** The host is made to belong to something, which is then deleted; the garbage collector deletes what belonged to it. */
async function byItsOwner(api: Api, host: ApiObject, { signal }: Stage): Promise<Tried> {
  const path = `${hostsPath}/${host.metadata.name}`;
  const owner = await api.demand("POST", configMaps, { body: configMap(ownerName) });
  const owners = [{ apiVersion: "v1", kind: "ConfigMap", name: ownerName, uid: valueAt(owner, "metadata", "uid") ?? "" }];
  try {
    const asCollector = await tryAsIf(api, { ...deletion(host), ask: { headers: { "impersonate-user": collector } } });
    if (asCollector.refused !== true) return asCollector;
    const bound = await api.request("PATCH", path, { body: { metadata: { ownerReferences: owners } } });
    if (!isDone(bound)) {
      const words = guardOf(messageOf(bound));
      return words === undefined
        ? { refused: undefined, said: `the host takes no owner: ${messageOf(bound)}` }
        : { refused: true, said: words };
    }
    await api.demand("POST", configMaps, { body: configMap(dependentName, owners) });
    await api.demand("DELETE", `${configMaps}/${ownerName}`, { body: { propagationPolicy: "Background" } });
    // Once the collector has taken the one dependent, it has come to the other.
    const collected = await until(async () => (isDone(await api.request("GET", `${configMaps}/${dependentName}`)) ? undefined : true), {
      seconds: patience,
      signal,
    });
    if (!collected) return { refused: undefined, said: `the garbage collector took nothing within ${String(patience)} s` };
    const now = await api.request("GET", path);
    return isDone(now) && valueAt(now.body, "metadata", "deletionTimestamp") === undefined
      ? { refused: true, said: "the garbage collector took what else belonged to it, and not the host" }
      : { refused: false, said: "the garbage collector deleted the host" };
  } finally {
    await restore(api, host);
    for (const name of [ownerName, dependentName]) await api.request("DELETE", `${configMaps}/${name}`);
  }
}

/** Nothing holds a host back any more that has no finalizer: deleted, it would be gone at once. */
async function withoutFinalizers(api: Api, host: ApiObject): Promise<Tried> {
  try {
    await api.demand("PATCH", `${hostsPath}/${host.metadata.name}`, { body: { metadata: { finalizers: null } } });
    return await tryRoad(api, deletion(host));
  } finally {
    await restore(api, host);
  }
}

/** A namespace that is finalized is gone at once when it is deleted, and nobody is asked about what was in it. */
async function finalizedNamespace(api: Api): Promise<Tried> {
  const finalize = async (finalizers: readonly string[]): Promise<unknown> => {
    const namespace = await api.demand("GET", namespacePath);
    return api.demand("PUT", `${namespacePath}/finalize`, { body: { ...namespace, spec: { finalizers } } });
  };
  try {
    await finalize([]);
    return await tryRoad(api, { method: "DELETE", path: namespacePath });
  } finally {
    await finalize(["kubernetes"]);
  }
}

/** The label that guards a messenger's namespace may be taken off when it retires; that of the hosts guards by its name. */
async function unguardedNamespace(api: Api): Promise<Tried> {
  const namespace = await api.demand("GET", namespacePath);
  try {
    await api.demand("PATCH", namespacePath, { body: { metadata: { labels: { [guardedLabel]: null } } } });
    return await tryRoad(api, { method: "DELETE", path: namespacePath });
  } finally {
    const managedFields = valueAt(namespace, "metadata", "managedFields") ?? null;
    await api.demand("PATCH", namespacePath, { body: { metadata: { labels: { [guardedLabel]: "true" }, managedFields } } });
  }
}

/** In the order in which they are tried. */
export const detours: readonly Detour[] = [
  { what: "delete what the host is made to belong to", walk: byItsOwner },
  { what: "take its finalizers away, then delete it", walk: withoutFinalizers },
  { what: `finalize the namespace ${hardwareNamespace}, then delete it`, walk: finalizedNamespace },
  { what: `take the label ${guardedLabel} off the namespace ${hardwareNamespace}, then delete it`, walk: unguardedNamespace },
];

/** Puts back what a killed drill left on hosts and their namespace. */
export async function undoDetours(api: Api): Promise<void> {
  for (const host of (await grantedHosts(api)).values()) {
    const owners = objects(host.metadata.ownerReferences);
    if (!owners.some(({ name }) => name === ownerName)) continue;
    await restore(api, { ...host, metadata: { ...host.metadata, ownerReferences: owners.filter(({ name }) => name !== ownerName) } });
  }
  const namespace = await api.request("GET", namespacePath);
  if (!isDone(namespace)) return;
  if (valueAt(namespace.body, "metadata", "labels", guardedLabel) === undefined)
    await api.demand("PATCH", namespacePath, { body: { metadata: { labels: { [guardedLabel]: "true" } } } });
  if (valueAt(namespace.body, "spec", "finalizers") === undefined)
    await api.demand("PUT", `${namespacePath}/finalize`, { body: { ...namespace.body, spec: { finalizers: ["kubernetes"] } } });
}
