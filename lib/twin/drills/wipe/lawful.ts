/** What the guard must not stand in the way of: a label moved alone and back, and a server's whole road from granted to gone. */
import { isDone, messageOf, type Api } from "../../api";
import { rehearsalLabel, type Stage } from "../../drill";
import { until } from "../../wait";
import { groupLabel, messengerLabel, rackLabel, stateLabel } from "../../../cluster/labels";
import { hardwareNamespace } from "../../../hardware/namespace";
import { isObject, valueAt, type ApiObject, type JsonObject } from "../../../manifests/apiObject";
import { restore } from "./detours";
import { externallyProvisioned, hostsPath, provisioned, stateOf } from "./hostState";
import { tryRoad } from "./roads";

/** On a host of the estate while its label is moved; not a label, for what carries the rehearsal's label is removed. */
const movedAnnotation = `${rehearsalLabel}-moved`;
const secrets = `/api/v1/namespaces/${hardwareNamespace}/secrets`;
const ownNames = ["rehearsal-granted", "rehearsal-adopted"] as const;
/** The operator needs some 20 s for each way in its test mode; this long, in seconds, on a machine under load. */
const patience = 180;

/** What went otherwise than it should; `undefined` where all went well. */
export type Failing = string | undefined;

const pathOf = (name: string): string => `${hostsPath}/${name}`;

/** A granted host's label is moved in a request of its own; then it may be deleted; and it is moved back. */
export async function moveAndBack(api: Api, host: ApiObject): Promise<Failing> {
  const { name } = host.metadata;
  const moved = await api.request("PATCH", pathOf(name), {
    body: { metadata: { labels: { [stateLabel]: "draining" }, annotations: { [movedAnnotation]: "" } } },
  });
  if (!isDone(moved)) return `${name}: the label could not be moved: ${messageOf(moved)}`;
  try {
    const deletion = await api.request("DELETE", pathOf(name), { query: { dryRun: "All" } });
    return isDone(deletion) ? undefined : `${name}: once it drains it still may not be deleted: ${messageOf(deletion)}`;
  } finally {
    await restore(api, host, { annotations: [movedAnnotation] });
  }
}

/** A host that no estate has, with the spec of one that is there. */
function ownHost(name: (typeof ownNames)[number], like: ApiObject): ApiObject {
  const spec: JsonObject = isObject(like.spec) ? like.spec : {};
  const { image, rootDeviceHints, automatedCleaningMode } = spec;
  return {
    apiVersion: like.apiVersion,
    kind: like.kind,
    metadata: {
      name,
      namespace: hardwareNamespace,
      labels: {
        [rehearsalLabel]: "wipe",
        [stateLabel]: "granted",
        [messengerLabel]: "rehearsal",
        [groupLabel]: "all",
        [rackLabel]: "rehearsal",
      },
    },
    spec: {
      online: true,
      bootMACAddress: name === "rehearsal-granted" ? "02:00:00:00:00:01" : "02:00:00:00:00:02",
      bmc: { address: `redfish-virtualmedia://127.0.0.1/redfish/v1/Systems/${name}`, credentialsName: name },
      ...(rootDeviceHints !== undefined && { rootDeviceHints }),
      ...(automatedCleaningMode !== undefined && { automatedCleaningMode }),
      ...(name === "rehearsal-granted" ? image !== undefined && { image } : { externallyProvisioned: true }),
    },
  };
}

/** Takes a host of the drill's own all the way: granted, refused to be deleted, draining, deleted. */
async function wholeRoad(api: Api, name: (typeof ownNames)[number], like: ApiObject, { signal }: Stage): Promise<Failing> {
  const wanted = name === "rehearsal-granted" ? provisioned : externallyProvisioned;
  const look = async (): Promise<ApiObject | undefined> => {
    const answer = await api.request("GET", pathOf(name));
    return isDone(answer) ? (answer.body as ApiObject) : undefined;
  };
  // The credentials lie in a Secret of the set-up; this one is the drill's own, and reaches nothing.
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace: hardwareNamespace, labels: { [rehearsalLabel]: "wipe" } },
  };
  await api.demand("POST", secrets, { body: { ...secret, stringData: { username: "rehearsal", password: "rehearsal" } } });
  await api.demand("POST", hostsPath, { body: ownHost(name, like) });
  const ready = async (): Promise<ApiObject | undefined> => {
    const host = await look();
    return host && stateOf(host).provisioning === wanted ? host : undefined;
  };
  const host = await until(ready, { seconds: patience, signal });
  if (!host) return `${name}: not ${wanted} within ${String(patience)} s`;
  if (name === "rehearsal-adopted" && stateOf(host).provision !== "none") return `${name}: the operator provisioned it`;
  const refused = await tryRoad(api, { method: "DELETE", path: pathOf(name) });
  if (refused.refused !== true) return `${name}: granted, and yet its deletion: ${refused.said}`;
  await api.demand("PATCH", pathOf(name), { body: { metadata: { labels: { [stateLabel]: "draining" } } } });
  await api.demand("DELETE", pathOf(name));
  const seen: (string | undefined)[] = [];
  const gone = async (): Promise<true | undefined> => {
    const now = await look();
    if (now) seen.push(stateOf(now).deprovision);
    return now ? undefined : true;
  };
  if (!(await until(gone, { seconds: patience, signal })))
    return `${name}: draining and deleted, but still there after ${String(patience)} s`;
  return name === "rehearsal-adopted" && seen.some((deprovision) => deprovision !== "none")
    ? `${name}: adopted, and yet deprovisioned when it was deleted`
    : undefined;
}

/** Both of the drill's own hosts on their road; what failed, host by host. */
export async function wholeRoads(api: Api, like: ApiObject, stage: Stage): Promise<string[]> {
  try {
    const walks = await Promise.allSettled(ownNames.map((name) => wholeRoad(api, name, like, stage)));
    // Both have ended: one that still walked would make its host anew after it is removed.
    const failings = walks.map((walk) => {
      if (walk.status === "rejected") throw walk.reason;
      return walk.value;
    });
    return failings.filter((failing) => failing !== undefined);
  } finally {
    await removeOwn(api);
  }
}

/** Lets go of the drill's own hosts; the operator finishes by itself. */
async function removeOwn(api: Api): Promise<void> {
  for (const name of ownNames) {
    if (!isDone(await api.request("GET", pathOf(name)))) continue;
    await api.request("PATCH", pathOf(name), { body: { metadata: { labels: { [stateLabel]: "draining" } } } });
    await api.request("DELETE", pathOf(name));
  }
}

/** Puts back what a killed drill left: labels that were moved, and hosts of its own. */
export async function undoLawful(api: Api): Promise<void> {
  for (const host of await api.list(hostsPath)) {
    if (valueAt(host, "metadata", "annotations", movedAnnotation) === undefined) continue;
    await api.demand("PATCH", pathOf(host.metadata.name), {
      body: { metadata: { labels: { [stateLabel]: "granted" }, annotations: { [movedAnnotation]: null } } },
    });
  }
  await removeOwn(api);
}
