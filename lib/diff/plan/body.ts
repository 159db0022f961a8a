/**
 * A resource's attributes in a plan as cdktf writes them. In a plan every block is a list, also one that can stand only once, and what is not
 * set is null, empty, or what the provider or the API filled in.
 */
import { isObject, type Json, type JsonObject } from "../../manifests/apiObject";

/** Blocks that may stand more than once, in all types that lib/manifests/conversion.ts knows; of any other block there is one. */
const repeated = new Set([
  "egress",
  "from",
  "image_pull_secret",
  "ingress",
  "limit",
  "match_expression",
  "match_expressions",
  "ports",
  "rule",
  "secret",
  "subject",
  "to",
]);
/** What the cluster writes, and nobody sets. */
const computed = new Set(["id", "default_secret_name", "generate_name", "generation", "resource_version", "uid"]);
/** What the provider fills in where nothing is set, and means as little. */
const unset: Readonly<Record<string, Json>> = { end_port: 0, global_default: false, immutable: false };

/** The API group of a ServiceAccount is the empty one; the provider knows it only after the apply. */
const isServiceAccountGroup = (block: JsonObject, name: string): boolean => name === "api_group" && block.kind === "ServiceAccount";

const isEmpty = (value: Json): boolean => value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);

/** A block is a list of objects; an empty one may be null. */
function isBlock(value: Json): value is readonly Json[] {
  return Array.isArray(value) && value.length > 0 && (value as readonly Json[]).every((item) => isObject(item) || item === null);
}

function blockOf(block: Json): JsonObject {
  if (!isObject(block)) return {};
  return Object.fromEntries(
    Object.entries(block).flatMap(([name, value]): [string, Json][] => {
      if (isEmpty(value) || computed.has(name) || unset[name] === value || isServiceAccountGroup(block, name)) return [];
      if (!isBlock(value)) return [[name, value]];
      const blocks = value.map(blockOf);
      return [[name, repeated.has(name) ? blocks : (blocks[0] ?? {})]];
    }),
  );
}

/** The attributes of a type that lib/manifests/conversion.ts knows; those of `kubernetes_manifest` are the object's own and stay as they are. */
export function bodyOf(type: string, attributes: JsonObject): JsonObject {
  if (type === "kubernetes_manifest") return { manifest: attributes.manifest ?? null };
  return blockOf(attributes);
}

/** Attributes of any type, without what is not set, and without the version that an object in the cluster has after every write. */
export function setAttributes(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(setAttributes);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]): [string, Json][] =>
      isEmpty(item) || name === "resource_version" ? [] : [[name, setAttributes(item)]],
    ),
  );
}
