/** Roads to a wiped or stopped server that are one request long, whoever sends it. */
import { type Answer, type Api, type Ask, isDone, messageOf } from "../../api";
import { fieldManager } from "../../apply";
import { stateLabel } from "../../../cluster/labels";
import { hostDefinition } from "../../../cluster/admission/hostKind";
import { hardwareNamespace } from "../../../hardware/namespace";
import { isObject, objects, valueAt, type ApiObject, type JsonObject } from "../../../manifests/apiObject";
import { hostsPath } from "./hostState";

/** A request that must be refused. */
export interface Attempt {
  readonly method: "DELETE" | "PATCH" | "PUT";
  readonly path: string;
  readonly ask?: Ask;
}

/** A road to one host. */
export interface Road {
  /** What is tried, such as `another image`. */
  readonly what: string;
  /** The request, or nothing where it would change nothing of this host. */
  readonly attempt: (host: ApiObject) => Attempt | undefined;
}

/** An image that no estate has. */
const otherImage = { url: "https://images.example/rehearsal.qcow2", checksum: "0".repeat(64), checksumType: "sha256" };
const applyPatch = "application/apply-patch+yaml";
const jsonPatch = "application/json-patch+json";

const pathOf = ({ metadata }: ApiObject, subresource = ""): string => `${hostsPath}/${metadata.name}${subresource}`;
const isAdopted = (host: ApiObject): boolean => valueAt(host, "spec", "externallyProvisioned") === true;
const merge = (host: ApiObject, body: JsonObject): Attempt => ({ method: "PATCH", path: pathOf(host), ask: { body } });
const mergeStatus = (host: ApiObject, status: JsonObject): Attempt => ({
  method: "PATCH",
  path: pathOf(host, "/status"),
  ask: { body: { status } },
});
const apply = ({ apiVersion, kind, metadata }: ApiObject, fieldManager: string, rest: JsonObject): Attempt => ({
  method: "PATCH",
  path: `${hostsPath}/${metadata.name}`,
  ask: {
    contentType: applyPatch,
    query: { fieldManager, force: "true" },
    body: { apiVersion, kind, metadata: { name: metadata.name, namespace: hardwareNamespace, labels: metadata.labels ?? {} }, ...rest },
  },
});
const specOf = (host: ApiObject): JsonObject => (isObject(host.spec) ? host.spec : {});
const without = (object: JsonObject, ...keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

/** For hosts that were provisioned here only. */
const ofProvisioned =
  (attempt: (host: ApiObject) => Attempt) =>
  (host: ApiObject): Attempt | undefined =>
    isAdopted(host) ? undefined : attempt(host);

/** What the operator would deprovision, provision anew or power off a server for. */
export const hostRoads: readonly Road[] = [
  { what: "delete the host", attempt: (host) => ({ method: "DELETE", path: pathOf(host) }) },
  {
    what: "delete it at once, leaving what it owns",
    attempt: (host) => ({ method: "DELETE", path: pathOf(host), ask: { body: { gracePeriodSeconds: 0, propagationPolicy: "Orphan" } } }),
  },
  { what: "another image", attempt: (host) => merge(host, { spec: { image: otherImage } }) },
  {
    what: "another image's URL, by a JSON patch",
    attempt: ofProvisioned((host) => ({
      method: "PATCH",
      path: pathOf(host),
      ask: { contentType: jsonPatch, body: [{ op: "replace", path: "/spec/image/url", value: otherImage.url }] },
    })),
  },
  { what: "no image", attempt: ofProvisioned((host) => merge(host, { spec: { image: null } })) },
  {
    what: "the whole host without its image, by an update",
    attempt: ofProvisioned((host) => ({
      method: "PUT",
      path: pathOf(host),
      ask: { body: { ...host, spec: without(specOf(host), "image") } },
    })),
  },
  { what: "another image, by somebody's server-side apply", attempt: (host) => apply(host, "somebody", { spec: { image: otherImage } }) },
  {
    what: "its own manifest without the image, applied by the same tool",
    attempt: ofProvisioned((host) => apply(host, managerOf(host), { spec: without(specOf(host), "image") })),
  },
  { what: "a custom deploy", attempt: (host) => merge(host, { spec: { customDeploy: { method: "install_coreos" } } }) },
  {
    what: "externallyProvisioned turned round",
    attempt: (host) => merge(host, { spec: { externallyProvisioned: !isAdopted(host) } }),
  },
  { what: "power off", attempt: (host) => merge(host, { spec: { online: false } }) },
  {
    what: "a reboot that holds it off",
    attempt: (host) => merge(host, { metadata: { annotations: { "reboot.metal3.io/rehearsal": "" } } }),
  },
  {
    what: "its label moved, and another image in the same request",
    attempt: (host) => merge(host, { metadata: { labels: { [stateLabel]: "erasing" } }, spec: { image: otherImage } }),
  },
  {
    what: "its label and its image taken away in the same request",
    attempt: ofProvisioned((host) => merge(host, { metadata: { labels: { [stateLabel]: null } }, spec: { image: null } })),
  },
  {
    what: "its label moved, and power off in the same request",
    attempt: (host) => merge(host, { metadata: { labels: { [stateLabel]: "draining" } }, spec: { online: false } }),
  },
  {
    what: "a status that says another image was provisioned",
    attempt: ofProvisioned((host) => mergeStatus(host, { provisioning: { image: { url: otherImage.url } } })),
  },
  { what: "a status that says it is free", attempt: (host) => mergeStatus(host, { provisioning: { state: "available" } }) },
  { what: "no status", attempt: (host) => ({ method: "PATCH", path: pathOf(host, "/status"), ask: { body: { status: null } } }) },
];

/** Under whose name the host's spec is applied. */
function managerOf({ metadata }: ApiObject): string {
  const applier = objects(metadata.managedFields).find(
    (entry) => entry.operation === "Apply" && valueAt(entry, "fieldsV1", "f:spec") !== undefined,
  );
  return typeof applier?.manager === "string" ? applier.manager : fieldManager;
}

/** Roads to all hosts of a site at once, or to a messenger. */
export function siteRoads(namespaces: readonly string[]): (Attempt & { readonly what: string })[] {
  const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  return [
    // Of granted hosts alone: others may be deleted, and would be.
    { what: "delete all hosts", method: "DELETE", path: hostsPath, ask: { query: { labelSelector: `${stateLabel}=granted` } } },
    { what: "delete the kind of the hosts", method: "DELETE", path: `${definitions}/${hostDefinition}` },
    {
      what: "delete kinds, among them that of the hosts",
      method: "DELETE",
      path: definitions,
      ask: { query: { fieldSelector: `metadata.name=${hostDefinition}` } },
    },
    {
      what: "a definition of the hosts' kind that knows no images",
      method: "PATCH",
      path: `${definitions}/${hostDefinition}`,
      ask: {
        contentType: jsonPatch,
        body: [{ op: "remove", path: "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/image" }],
      },
    },
    ...namespaces.map((namespace) => ({
      what: `delete the namespace ${namespace}`,
      method: "DELETE" as const,
      path: `/api/v1/namespaces/${namespace}`,
    })),
  ];
}

/** What came of an attempt. */
export interface Tried {
  /** `undefined` where it could not be tried. */
  readonly refused: boolean | undefined;
  /** The guard's words, what went wrong, or why it could not be tried. */
  readonly said: string;
}

const guardsWords = /ValidatingAdmissionPolicy 'zirsakht-[a-z-]+' with binding '[a-z-]+' denied request: (.*)/;

/** Whether one of the site's own policies refused it: anybody else's refusal says nothing of the guard. */
export function guardOf(text: string): string | undefined {
  return guardsWords.exec(text)?.[1]?.trim();
}

function judge(answer: Answer): Tried {
  const words = guardOf(messageOf(answer));
  if (answer.status === 403 && words !== undefined) return { refused: true, said: words };
  return { refused: false, said: isDone(answer) ? "it was done" : `not the guard's refusal: ${messageOf(answer)}` };
}

/** The same request as if: a deletion with options in its body has none in its query, as the API server reads one or the other. */
function asIf({ method, ask = {} }: Attempt): Ask {
  if (method === "DELETE" && isObject(ask.body)) return { ...ask, body: { ...ask.body, dryRun: ["All"] } };
  return { ...ask, query: { ...ask.query, dryRun: "All" } };
}

/** Tries a road as if, in a request of whoever its headers say. */
export async function tryAsIf(api: Api, attempt: Attempt): Promise<Tried> {
  const dry = judge(await api.request(attempt.method, attempt.path, asIf(attempt)));
  return dry.said === "it was done" ? { refused: false, said: "a dry run was allowed; it was not done for real" } : dry;
}

/** Tries a road for real, once the API server has refused to do as if: a guard that is missing must not cost the twin its hosts. */
export async function tryRoad(api: Api, attempt: Attempt): Promise<Tried> {
  const dry = await tryAsIf(api, attempt);
  return dry.refused === true ? judge(await api.request(attempt.method, attempt.path, attempt.ask)) : dry;
}
