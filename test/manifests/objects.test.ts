import { toObjects } from "../../lib/manifests/objects";
import type { JsonObject, TerraformConfig } from "../../lib/manifests/apiObject";
import { everyKind } from "./everyKind";

const thing = (name: string, rest: JsonObject = {}): JsonObject => ({
  manifest: { apiVersion: "v1", kind: "Thing", metadata: { name }, ...rest },
});
const addresses = (config: TerraformConfig): string[] => toObjects("a.thr1", config).map(({ address }) => address);

test("one object for each resource, namespaces first, then what others need, then by address", () => {
  const config = {
    resource: {
      kubernetes_manifest: {
        a: { ...thing("a"), depends_on: ["kubernetes_manifest.z"] },
        b: thing("b"),
        z: thing("z", { note: "${kubernetes_manifest.y.manifest.metadata.name}" }),
        y: thing("y"),
      },
      kubernetes_namespace_v1: { home: { metadata: { name: "home" } } },
    },
  };
  const order = [
    "kubernetes_namespace_v1.home",
    "kubernetes_manifest.y",
    "kubernetes_manifest.z",
    "kubernetes_manifest.a",
    "kubernetes_manifest.b",
  ];
  expect(addresses(config)).toEqual(order);
  const reversed = Object.fromEntries(Object.entries(config.resource.kubernetes_manifest).reverse());
  expect(addresses({ resource: { ...config.resource, kubernetes_manifest: reversed } })).toEqual(order);
});

test("everything of a real stack is there, and its references are values", () => {
  const objects = toObjects("every-kind", everyKind());
  expect(objects[0]?.object.kind).toBe("Namespace");
  expect(JSON.stringify(objects)).not.toContain("${");
  expect(objects.find(({ address }) => address === "kubernetes_resource_quota_v1.quota")?.object).toEqual({
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "quota", namespace: "messenger-soroush" },
    spec: {
      hard: { "requests.cpu": "64", "requests.zirsakht.ir/egress-mbps": "2k" },
      scopeSelector: { matchExpressions: [{ operator: "In", scopeName: "PriorityClass", values: ["focus"] }] },
    },
  });
});

test("resources that depend on each other still come once each", () => {
  const config = {
    resource: {
      kubernetes_manifest: {
        a: { ...thing("a"), depends_on: ["kubernetes_manifest.b"] },
        b: { ...thing("b"), depends_on: ["kubernetes_manifest.a"] },
      },
    },
  };
  expect(addresses(config)).toEqual(["kubernetes_manifest.b", "kubernetes_manifest.a"]);
});

test("a stack without resources has no objects", () => expect(toObjects("a.thr1", {})).toEqual([]));

test("all problems are named at once, by stack and address", () => {
  const config = {
    resource: {
      kubernetes_pod_v1: { p: { metadata: { name: "p" } } },
      kubernetes_manifest: { m: thing("m", { a: "${var.x}", b: "${kubernetes_manifest.n.name}" }) },
    },
  };
  const remedy = "write the value itself, or refer to an attribute that another resource of the stack sets";
  expect(() => toObjects("a.thr1", config)).toThrow(
    [
      `stack a.thr1: kubernetes_manifest.m: \${kubernetes_manifest.n.name} is not a value of this stack; ${remedy}`,
      `stack a.thr1: kubernetes_manifest.m: \${var.x} is not a value of this stack; ${remedy}`,
      "stack a.thr1: kubernetes_pod_v1.p: no row for the type kubernetes_pod_v1; add one to the table in lib/manifests/conversion.ts",
    ].join("\n"),
  );
});
