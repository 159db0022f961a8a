/** What a messenger's people write down when all is as it must be. Attempts change one thing of it. */
import { egressLabel, messengerLabel } from "../../../cluster/labels";
import { priorityClassOf } from "../../../cluster/priority";
import { poolHolder } from "../../../allocation/grant";
import { isObject, type ApiObject, type Json, type JsonObject } from "../../../manifests/apiObject";
import { egressResource } from "../../../network/bandwidth";
import { rehearsalLabel } from "../../drill";
import type { Target } from "./target";

/** The name of what the drill has really made, in every namespace. */
export const standing = "rehearsal-intrusion";
/** The name of the pod that no scheduler places. */
export const waiting = "rehearsal-intrusion-waiting";
/** The name of what is only tried. */
export const tried = "rehearsal-intrusion-try";
/** Mbit/s of the pods that leave the cluster: the least, for the smallest messenger has not many. */
const mbps = 1;

/** What differs from the well-formed object. `null` takes away. */
export interface Change {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: JsonObject;
  /** Of a pod: its one container. */
  readonly container?: JsonObject;
}

const rehearsal = { [rehearsalLabel]: "intrusion" };

/** Objects key by key, and everything else as the change has it. */
export function merged(whole: JsonObject, changes: JsonObject): JsonObject {
  const kept = Object.entries(whole).filter(([key]) => changes[key] !== null);
  const changed = Object.entries(changes).filter(([, value]) => value !== null);
  return Object.fromEntries([...kept, ...changed.map(([key, value]): [string, Json] => [key, joined(whole[key], value)])]);
}

function joined(before: Json | undefined, value: Json): Json {
  return isObject(value) && isObject(before) ? merged(before, value) : value;
}

/** A new object of the drill, to be tried or to stand. */
export function object(apiVersion: string, kind: string, rest: JsonObject = {}, name = tried): ApiObject {
  return merged({ apiVersion, kind, metadata: { name, labels: rehearsal } }, rest) as ApiObject;
}

/** A pod's spec as docs/site.md wants it. */
export function podSpec({ messenger, nodes, tier }: Pick<Target, "messenger" | "nodes" | "tier">, container: JsonObject = {}): JsonObject {
  return {
    nodeSelector: { [messengerLabel]: nodes },
    ...(nodes !== poolHolder && { tolerations: [{ key: messengerLabel, operator: "Equal", value: messenger, effect: "NoSchedule" }] }),
    priorityClassName: priorityClassOf(tier),
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      merged(
        {
          name: "main",
          image: "images.example/rehearsal:1",
          resources: { requests: { cpu: "10m", memory: "16Mi" } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
        container,
      ),
    ],
  };
}

const metadata = ({ labels, annotations }: Change): JsonObject => ({ ...(labels && { labels }), ...(annotations && { annotations }) });

export function pod(target: Target, change: Change = {}, name = tried): ApiObject {
  return object("v1", "Pod", { metadata: metadata(change), spec: merged(podSpec(target, change.container), change.spec ?? {}) }, name);
}

/** What a pod says beyond that in order to leave the cluster; on own servers the label alone. */
export function leaving({ shaped }: Pick<Target, "shaped">): Change {
  const amount = { [egressResource]: String(mbps) };
  return {
    labels: { [egressLabel]: "true" },
    ...(shaped && {
      annotations: { "kubernetes.io/egress-bandwidth": `${mbps}M` },
      container: { resources: { requests: amount, limits: amount } },
    }),
  };
}

/** Asks for a token of the ServiceAccount whose path it is sent to. */
export const tokenRequest: JsonObject = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { audiences: [] } };

export function service(change: Change = {}, name = tried): ApiObject {
  const spec = merged({ selector: { app: standing }, ports: [{ port: 443 }] }, change.spec ?? {});
  return object("v1", "Service", { metadata: metadata(change), spec }, name);
}

export function claim(change: Change = {}, name = tried): ApiObject {
  const spec = { accessModes: ["ReadWriteOnce"], storageClassName: standing, resources: { requests: { storage: "1Mi" } } };
  return object("v1", "PersistentVolumeClaim", { metadata: metadata(change), spec: merged(spec, change.spec ?? {}) }, name);
}

/** What runs a template of pods: a Deployment and its like, or a Job. */
export function running(apiVersion: string, kind: string, target: Target, rest: JsonObject = {}, name = tried): ApiObject {
  const labels = { ...rehearsal, app: name };
  const template = { metadata: { labels }, spec: podSpec(target) };
  return object(apiVersion, kind, { spec: merged({ selector: { matchLabels: { app: name } }, template }, rest) }, name);
}
