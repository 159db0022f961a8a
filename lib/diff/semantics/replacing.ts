/**
 * The fields whose change makes Terraform destroy an object and make it anew.
 *
 * Read in hashicorp/terraform-provider-kubernetes 2.38.0 (tag v2.38.0, commit be88f442): for every type that lib/manifests/conversion.ts
 * knows, each `ForceNew` of its schema in kubernetes/*.go, with the schemas that it takes from other files, and each
 * `diff.ForceNew` of its `CustomizeDiff`; for kubernetes_manifest what manifest/provider/plan.go puts into `RequiresReplace`.
 * Names are the API's. What is easily missed, or looks like one and is none:
 * - metadata.generateName forces a new object too (schema_metadata.go), but no object here has it: each has a name;
 * - a ConfigMap or Secret that was immutable is made anew when its contents change or `immutable` goes (the before side decides);
 * - label selectors can force a new object (schema_label_selector.go), but those of NetworkPolicy and ClusterRole are updatable;
 * - ResourceQuota: spec.scopes does, spec.scopeSelector does not; Namespace, Role, LimitRange, NetworkPolicy, ServiceAccount: only
 *   their identity, `wait_for_service_account_token` and automountServiceAccountToken change in place;
 * - kubernetes_manifest of a kind whose definition has no schema is always made anew. Every kind here has one; no report can see it;
 * - a resource that was imported and not yet applied is not made anew, whatever changes (plan.go, `isImported`).
 */
import { isObject, type ApiObject } from "../../manifests/apiObject";
import type { Attribute } from "../change";
import { keysOf } from "./path";

/** What forces a new object of a type, and where it is said. */
interface Row {
  readonly fields: readonly string[];
  /** Fields that do so only where the object was immutable. */
  readonly immutable?: readonly string[];
  /** Files of the provider. */
  readonly source: string;
}

const unnamespaced = ["metadata.name", "metadata.generateName"];
const namespaced = [...unnamespaced, "metadata.namespace"];
const contents = ["data", "binaryData", "immutable"];
const rbac = "schema_rbac.go, schema_metadata.go";

/** By Terraform type. */
export const replacing: Readonly<Record<string, Row>> = {
  kubernetes_cluster_role_binding_v1: {
    fields: [...unnamespaced, "roleRef"],
    source: `kubernetes/resource_kubernetes_cluster_role_binding_v1.go, ${rbac}`,
  },
  kubernetes_cluster_role_v1: { fields: unnamespaced, source: `kubernetes/resource_kubernetes_cluster_role_v1.go, ${rbac}` },
  kubernetes_config_map_v1: {
    fields: namespaced,
    immutable: contents,
    source: "kubernetes/resource_kubernetes_config_map_v1.go (CustomizeDiff), schema_metadata.go",
  },
  kubernetes_limit_range_v1: { fields: namespaced, source: "kubernetes/resource_kubernetes_limit_range_v1.go, schema_metadata.go" },
  kubernetes_manifest: {
    fields: ["apiVersion", "kind", "metadata.name", "metadata.namespace"],
    source: "manifest/provider/plan.go (RequiresReplace)",
  },
  kubernetes_namespace_v1: { fields: unnamespaced, source: "kubernetes/resource_kubernetes_namespace_v1.go, schema_metadata.go" },
  kubernetes_network_policy_v1: {
    fields: namespaced,
    source: "kubernetes/resource_kubernetes_network_policy_v1.go, schema_metadata.go, schema_label_selector.go",
  },
  kubernetes_priority_class_v1: {
    fields: [...unnamespaced, "value", "preemptionPolicy"],
    source: "kubernetes/resource_kubernetes_priority_class_v1.go, schema_metadata.go",
  },
  kubernetes_resource_quota_v1: {
    fields: [...namespaced, "spec.scopes"],
    source: "kubernetes/resource_kubernetes_resource_quota_v1.go, schema_metadata.go",
  },
  kubernetes_role_binding_v1: {
    fields: [...namespaced, "roleRef"],
    source: `kubernetes/resource_kubernetes_role_binding_v1.go, ${rbac}`,
  },
  kubernetes_role_v1: { fields: namespaced, source: `kubernetes/resource_kubernetes_role_v1.go, ${rbac}` },
  kubernetes_secret_v1: {
    fields: [...namespaced, "type"],
    immutable: contents,
    source: "kubernetes/resource_kubernetes_secret_v1.go (CustomizeDiff), schema_metadata.go",
  },
  kubernetes_service_account_v1: {
    fields: namespaced,
    source: "kubernetes/resource_kubernetes_service_account_v1.go, schema_metadata.go",
  },
};

/** Whether an attribute is of a field, of something in it, or of something that it is in, such as a whole `metadata`. */
function touches({ path, before, after }: Attribute, field: string): boolean {
  const [keys, names] = [keysOf(path), field.split(".")];
  if (!names.slice(0, keys.length).every((name, index) => name === keys[index])) return false;
  const [first] = names.slice(keys.length);
  return first === undefined || [before, after].some((value) => isObject(value) && first in value);
}

/**
 * The fields of a change that force a new object, as the table names them.
 * @param type the Terraform type
 * @param before the object as it was: whether it was immutable
 * @throws Error where the table has no row for the type
 */
export function replacingFields(type: string, attributes: readonly Attribute[], before: ApiObject): string[] {
  const row = replacing[type];
  if (!row) throw new Error(`no row for the type ${type}; add one to the table in lib/diff/semantics/replacing.ts`);
  const names = [...row.fields, ...(before.immutable === true ? (row.immutable ?? []) : [])];
  return names.filter((field) => attributes.some((attribute) => touches(attribute, field)));
}
