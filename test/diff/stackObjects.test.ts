import { stackObjectsOf } from "../../lib/diff/stackObjects";
import type { TerraformConfig } from "../../lib/manifests/apiObject";

const namespace = (lifecycle?: unknown): TerraformConfig =>
  ({
    resource: {
      kubernetes_namespace_v1: { namespace: { metadata: { name: "messenger-gap" }, ...(lifecycle !== undefined && { lifecycle }) } },
    },
  }) as unknown as TerraformConfig;

test("an object of a stack has its place, its address and what it is in the API", () => {
  const [[address, side] = []] = stackObjectsOf("gap.thr1", "thr1", namespace());
  expect(address).toBe("kubernetes_namespace_v1.namespace");
  expect(side).toMatchObject({
    stack: "gap.thr1",
    site: "thr1",
    address,
    object: { kind: "Namespace", metadata: { name: "messenger-gap" } },
  });
});

test.each([
  [undefined, false],
  [{}, false],
  [{ prevent_destroy: false }, false],
  [{ ignore_changes: ["metadata"] }, false],
  [{ prevent_destroy: true }, true],
  [[{ prevent_destroy: true }], true],
  [[], false],
])("an object with the lifecycle %j is guarded: %s", (lifecycle, guarded) => {
  expect(stackObjectsOf("gap.thr1", "thr1", namespace(lifecycle)).get("kubernetes_namespace_v1.namespace")?.guarded).toBe(guarded);
});

test("a stack without resources has no objects", () => {
  expect(stackObjectsOf("gap.thr1", "thr1", {}).size).toBe(0);
});
