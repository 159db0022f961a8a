import { differences } from "../../../lib/diff/semantics/differences";
import { replacing, replacingFields } from "../../../lib/diff/semantics/replacing";
import { isObject, type ApiObject, type JsonObject } from "../../../lib/manifests/apiObject";
import { toObjects } from "../../../lib/manifests/objects";
import { everyKind } from "../../manifests/everyKind";

const everything = toObjects("every-kind", everyKind());
/** The type and object of a kind. */
function sample(kind: string): [type: string, object: ApiObject] {
  const found = everything.find(({ object }) => object.kind === kind);
  if (!found) throw new Error(`no ${kind}`);
  return [found.address.slice(0, found.address.indexOf(".")), found.object];
}

/** A copy with other values; what is an object on both sides is merged. */
function merged(object: JsonObject, change: JsonObject): JsonObject {
  const copy: Record<string, JsonObject[string]> = { ...object };
  for (const [key, value] of Object.entries(change)) {
    const old = copy[key];
    copy[key] = isObject(old) && isObject(value) ? merged(old, value) : value;
  }
  return copy;
}
function fieldsOf(kind: string, change: JsonObject, was: JsonObject = {}): string[] {
  const [type, object] = sample(kind);
  const before = merged(object, was) as ApiObject;
  const after = merged(before, change) as ApiObject;
  return replacingFields(type, differences(before, after), before);
}

test("every type of the conversion has a row, with its source", () => {
  const types = [...new Set(everything.map(({ address }) => address.slice(0, address.indexOf("."))))];
  expect(Object.keys(replacing).sort()).toEqual(types.sort());
  for (const { source } of Object.values(replacing)) expect(source).toMatch(/^(kubernetes|manifest\/provider)\/\w+\.go/);
});

test("a type without a row is an error that says what to do", () => {
  const [, object] = sample("Role");
  expect(() => replacingFields("kubernetes_pod_v1", [], object)).toThrow(
    "no row for the type kubernetes_pod_v1; add one to the table in lib/diff/semantics/replacing.ts",
  );
});

test.each([...new Set(everything.map(({ object }) => object.kind))])("%s: another name is another object, another label is not", (kind) => {
  expect(fieldsOf(kind, { metadata: { name: "other" } })).toEqual(["metadata.name"]);
  expect(fieldsOf(kind, { metadata: { labels: { other: "yes" } } })).toEqual([]);
});

test.each<readonly [kind: string, change: JsonObject, fields: readonly string[]]>([
  ["BareMetalHost", { metadata: { namespace: "other" } }, ["metadata.namespace"]],
  ["BareMetalHost", { apiVersion: "metal3.io/v1beta1" }, ["apiVersion"]],
  ["BareMetalHost", { kind: "Other" }, ["kind"]],
  ["BareMetalHost", { spec: { image: { url: "other" } } }, []],
  ["RoleBinding", { metadata: { namespace: "other" } }, ["metadata.namespace"]],
  ["RoleBinding", { roleRef: { name: "other" } }, ["roleRef"]],
  ["RoleBinding", { subjects: [] }, []],
  ["ClusterRoleBinding", { roleRef: { name: "other" } }, ["roleRef"]],
  ["Role", { rules: [] }, []],
  ["PriorityClass", { value: 7 }, ["value"]],
  ["PriorityClass", { preemptionPolicy: "PreemptLowerPriority" }, ["preemptionPolicy"]],
  ["PriorityClass", { description: "other" }, []],
  ["ResourceQuota", { spec: { scopes: ["BestEffort"] } }, ["spec.scopes"]],
  ["ResourceQuota", { spec: { scopeSelector: { matchExpressions: [] }, hard: { pods: "7" } } }, []],
  ["Secret", { type: "kubernetes.io/tls" }, ["type"]],
  ["Secret", { data: { other: "" } }, []],
  ["ServiceAccount", { automountServiceAccountToken: true }, []],
  ["NetworkPolicy", { spec: { podSelector: { matchLabels: { other: "yes" } } } }, []],
])("%s with %j", (kind, change, fields) => {
  expect(fieldsOf(kind, change)).toEqual(fields);
});

test.each(["ConfigMap", "Secret"])("the contents of a %s that was immutable, and of no other", (kind) => {
  const immutable = { immutable: true };
  expect(fieldsOf(kind, { data: { other: "" } }, immutable)).toEqual(["data"]);
  expect(fieldsOf(kind, { binaryData: { other: "" } }, immutable)).toEqual(["binaryData"]);
  expect(fieldsOf(kind, { immutable: false }, immutable)).toEqual(["immutable"]);
  expect(fieldsOf(kind, { data: { other: "" }, immutable: true })).toEqual([]);
});
