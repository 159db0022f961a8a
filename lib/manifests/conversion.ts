/**
 * How a Terraform resource of the Kubernetes provider becomes its API object: one row per type.
 * Everything that a row does not say is the provider's own rule: attributes are the API's fields in snake case.
 */
import { isObject } from "./apiObject";
import type { ApiObject, Json, JsonObject } from "./apiObject";

/** What is particular to one Terraform type. */
interface Row {
  readonly apiVersion: string;
  readonly kind: string;
  /** Attributes whose API field is not their camel case: mostly repeated blocks, which Terraform names in the singular. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Attributes that turn text into what the API holds. */
  readonly values?: Readonly<Record<string, (value: Json) => Json>>;
  /** Values that say nothing but keep the provider from a default of its own. */
  readonly unsaid?: Readonly<Record<string, Json>>;
}

const rbac = "rbac.authorization.k8s.io/v1";
const encode = (value: Json): Json => (typeof value === "string" ? Buffer.from(value).toString("base64") : value);
const base64 = (value: Json): Json =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, encode(text)])) : value;
/** A port by number or by name: the provider takes both as text, the API tells them apart by type. */
const intOrString = (value: Json): Json => (typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value);

const rows: Readonly<Record<string, Row>> = {
  kubernetes_cluster_role_binding_v1: { apiVersion: rbac, kind: "ClusterRoleBinding", fields: { subject: "subjects" } },
  kubernetes_cluster_role_v1: { apiVersion: rbac, kind: "ClusterRole", fields: { rule: "rules", non_resource_urls: "nonResourceURLs" } },
  kubernetes_config_map_v1: { apiVersion: "v1", kind: "ConfigMap" },
  kubernetes_limit_range_v1: { apiVersion: "v1", kind: "LimitRange", fields: { limit: "limits" } },
  kubernetes_namespace_v1: { apiVersion: "v1", kind: "Namespace" },
  kubernetes_network_policy_v1: { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", values: { port: intOrString } },
  kubernetes_priority_class_v1: { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass" },
  kubernetes_resource_quota_v1: { apiVersion: "v1", kind: "ResourceQuota", fields: { match_expression: "matchExpressions" } },
  kubernetes_role_binding_v1: { apiVersion: rbac, kind: "RoleBinding", fields: { subject: "subjects" }, unsaid: { namespace: "" } },
  kubernetes_role_v1: { apiVersion: rbac, kind: "Role", fields: { rule: "rules" } },
  kubernetes_secret_v1: { apiVersion: "v1", kind: "Secret", values: { data: base64 } },
  kubernetes_service_account_v1: {
    apiVersion: "v1",
    kind: "ServiceAccount",
    fields: { secret: "secrets", image_pull_secret: "imagePullSecrets" },
  },
};

/** Attributes whose keys are the user's, not the API's. */
const maps = new Set([
  "annotations",
  "binary_data",
  "data",
  "default",
  "default_request",
  "hard",
  "labels",
  "match_labels",
  "max",
  "max_limit_request_ratio",
  "min",
]);
/** What Terraform and the provider keep to themselves. */
const unsent = new Set([
  "//",
  "depends_on",
  "lifecycle",
  "provider",
  "timeouts",
  "wait_for_default_service_account",
  "wait_for_service_account_token",
]);
/** What has no place in an object: it multiplies a resource, or hides a value from the state. */
const refused = ["count", "for_each", "dynamic", "data_wo", "binary_data_wo"];

const camelCase = (name: string): string =>
  !name.includes("_") ? name : name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function convertFields(block: JsonObject, row: Row): JsonObject {
  const fields: Record<string, Json> = {};
  for (const [name, value] of Object.entries(block)) {
    if (value === null || row.unsaid?.[name] === value) continue;
    const sent = row.values?.[name]?.(value) ?? value;
    fields[row.fields?.[name] ?? camelCase(name)] = maps.has(name) ? sent : convertValue(sent, row);
  }
  return fields;
}

function convertValue(value: Json, row: Row): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => convertValue(item, row));
  return isObject(value) ? convertFields(value, row) : value;
}

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, withoutNulls(item)]])));
}

/**
 * The API object of one resource whose references are resolved.
 * @returns the object, or what is wrong in words: a type without a row, an attribute that no object can hold, no apiVersion, kind or name
 */
export function convert(type: string, body: JsonObject): ApiObject | string {
  const strange = refused.find((name) => name in body);
  if (strange)
    return `${strange} has no place in a Kubernetes object; let the construct create one resource for each object, with plain values`;
  const row = rows[type];
  if (!row && type !== "kubernetes_manifest") return `no row for the type ${type}; add one to the table in lib/manifests/conversion.ts`;
  const sent = Object.fromEntries(Object.entries(body).filter(([name]) => !unsent.has(name)));
  const object = row ? { apiVersion: row.apiVersion, kind: row.kind, ...convertFields(sent, row) } : withoutNulls(body.manifest ?? null);
  const { apiVersion, kind, metadata } = isObject(object) ? object : {};
  if (typeof apiVersion === "string" && typeof kind === "string" && isObject(metadata) && typeof metadata.name === "string")
    return object as ApiObject;
  return "it has no apiVersion, kind and metadata.name; set all three";
}
