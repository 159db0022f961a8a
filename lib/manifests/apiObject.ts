/** The shapes on both sides of the conversion: a synthesized stack, and the objects of the Kubernetes API that it describes. */

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** A JSON object. */
export type JsonObject = Readonly<Record<string, Json>>;

/** What a stack's cdk.tf.json holds of its resources: type -> logical id -> body. */
export interface TerraformConfig {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
}

/** An object as the Kubernetes API takes it. */
export interface ApiObject extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: JsonObject & { readonly name: string; readonly namespace?: string };
}

/** An object and the Terraform address (`type.logical_id`) of the resource that it comes from. */
export interface AddressedObject {
  readonly address: string;
  readonly object: ApiObject;
}

/** How an object is named to people: `Role messenger-gap/admin`. */
export function nameOf({ kind, metadata: { name, namespace } }: Pick<ApiObject, "kind" | "metadata">): string {
  return `${kind} ${namespace ? `${namespace}/` : ""}${name}`;
}

/** Whether a JSON value is an object: not null, not a list, not a scalar. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Orders text by code unit, as every file of the project is sorted. */
export function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The value at a path of keys; `undefined` where the path leads nowhere. */
export function valueAt(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

/** The objects of a list; none of anything else. */
export function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
}

/** The texts of a list; none of anything else. */
export function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter((item) => typeof item === "string") : [];
}
