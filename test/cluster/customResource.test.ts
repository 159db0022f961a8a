import { CustomResource } from "../../lib/cluster/customResource";
import { synthIn } from "../support/synth";

const props = { apiVersion: "v1", kind: "Thing", name: "it", spec: { size: 1 } };

test("it holds just what is given", () => {
  const stack = synthIn((scope) => new CustomResource(scope, "thing", props));
  expect(stack.at("kubernetes_manifest.thing")).toEqual({
    manifest: { apiVersion: "v1", kind: "Thing", metadata: { name: "it" }, spec: { size: 1 } },
  });
});

test("it is kept, waits for others and takes its time to go", () => {
  const stack = synthIn((scope) => {
    const first = new CustomResource(scope, "first", props);
    new CustomResource(scope, "thing", {
      ...props,
      namespace: "n",
      labels: { a: "b" },
      protect: true,
      dependsOn: [first],
      deleteTimeout: "30m",
    });
  });
  expect(stack.at("kubernetes_manifest.thing")).toMatchObject({
    lifecycle: { prevent_destroy: true },
    depends_on: ["kubernetes_manifest.first"],
    timeouts: { delete: "30m" },
    manifest: {
      metadata: { name: "it", namespace: "n", labels: { a: "b" }, annotations: { "kustomize.toolkit.fluxcd.io/prune": "disabled" } },
    },
  });
});
