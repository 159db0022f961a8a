/** The two sides of a resource in a plan, as objects of the Kubernetes API. */
import { isObject, valueAt, type ApiObject, type Json, type JsonObject } from "../../manifests/apiObject";
import { convert } from "../../manifests/conversion";
import type { SideObject } from "../change";
import { maskedObject } from "../semantics/sensitive";
import { bodyOf, setAttributes } from "./body";
import { eitherMark, shown, withoutSecrets, withPlainMarks, withUnknown } from "./marks";
import { liveManifest } from "./liveManifest";
import type { PlanResource } from "./planFile";

/** A resource before and after, with secrets hidden; `undefined` where it is not there. */
export interface Sides {
  readonly before?: ApiObject;
  readonly after?: ApiObject;
  /** Why the objects stand under Terraform's names, where they do. */
  readonly generic?: string;
}

const manifestType = "kubernetes_manifest";

/** What the provider's schema marks in every Secret, `data` and all; which of it is secret is said in one place for all (sensitive.ts). */
function marksOf(type: string, marks: Json): Json {
  if (type !== "kubernetes_secret_v1" || !isObject(marks)) return marks;
  return Object.fromEntries(Object.entries(marks).filter(([name]) => name !== "data" && name !== "binary_data"));
}

/** A value that a manifest has from a secret is marked there, but not in the `object` that it becomes. */
function withObjectMarks(type: string, marks: Json): Json {
  if (type !== manifestType || !isObject(marks)) return marks;
  return { ...marks, object: eitherMark(marks.object, marks.manifest) };
}

/** Of another provider, or of a type that no table knows: the resource as Terraform names it. */
function genericObject({ type, name, provider_name: provider }: PlanResource, attributes: JsonObject): ApiObject {
  const namespace = valueAt((attributes.metadata as readonly Json[] | undefined)?.[0], "namespace");
  const apiVersion = provider.replace(/^[^/]*\.[^/]*\//, "") || "terraform";
  const metadata = { name, ...(typeof namespace === "string" && namespace !== "" && { namespace }) };
  return { apiVersion, kind: type, metadata, attributes: setAttributes(attributes) };
}

function objectOf(resource: PlanResource, attributes: JsonObject): { object: ApiObject; generic?: string } {
  const object = convert(resource.type, bodyOf(resource.type, attributes));
  if (typeof object !== "string") return { object: withPlainMarks<ApiObject>(object) };
  return { object: genericObject(resource, attributes), generic: object };
}

/** Both sides' attributes, what is unknown and what is secret said in place. */
function attributesOf({ type, change }: PlanResource): { before: Json; after: Json } {
  const after = withUnknown(change.after, change.after === null ? null : change.after_unknown);
  const marks = withObjectMarks(type, marksOf(type, eitherMark(change.before_sensitive, change.after_sensitive)));
  return { before: withoutSecrets(change.before, marks), after: withoutSecrets(after, marks, change.before) };
}

const both = (before: ReturnType<typeof objectOf> | undefined, after: ReturnType<typeof objectOf> | undefined): Sides => {
  const generic = after?.generic ?? before?.generic;
  return { ...(before && { before: before.object }), ...(after && { after: after.object }), ...(generic !== undefined && { generic }) };
};

/** What an apply would find and make. */
export function sidesOf(resource: PlanResource): Sides {
  const { before, after } = attributesOf(resource);
  const was = resource.type === manifestType && isObject(before) ? { ...before, manifest: liveManifest(before, after) } : before;
  return both(isObject(was) ? objectOf(resource, was) : undefined, isObject(after) ? objectOf(resource, after) : undefined);
}

/** What the state remembers, and what is there. A manifest is what was asked for, so there what it became is compared. */
export function driftedSidesOf(resource: PlanResource): Sides {
  const asFound = (attributes: Json): ReturnType<typeof objectOf> | undefined => {
    if (!isObject(attributes)) return undefined;
    const { object } = attributes;
    return objectOf(resource, resource.type === manifestType && isObject(object) ? { ...attributes, manifest: object } : attributes);
  };
  const { before, after } = attributesOf(resource);
  return both(asFound(before), asFound(after));
}

/** The marks that the toolkit sets together with `prevent_destroy`, which no plan holds. */
function isGuarded({ metadata }: ApiObject): boolean {
  return valueAt(metadata, "annotations", "kustomize.toolkit.fluxcd.io/prune") === "disabled";
}

/** A side as the report holds it: of a Secret, nothing that is secret. */
export function sideObject(place: Pick<SideObject, "stack" | "site" | "address">, object: ApiObject): SideObject {
  return { ...place, object: object.kind === "Secret" ? maskedObject(object) : shown<ApiObject>(object), guarded: isGuarded(object) };
}
