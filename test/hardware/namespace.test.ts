import { HardwareNamespace } from "../../lib/hardware/namespace";
import { synthIn } from "../support/synth";

test("the hosts' namespace is guarded, protected, never pruned, and runs nothing privileged", () => {
  const stack = synthIn((scope) => new HardwareNamespace(scope, "namespace"));
  expect(stack.at("kubernetes_namespace_v1.namespace")).toMatchObject({
    metadata: {
      name: "zirsakht-hardware",
      labels: { "zirsakht.ir/guarded": "true", "pod-security.kubernetes.io/enforce": "restricted" },
      annotations: { "argocd.argoproj.io/sync-options": "Prune=false,Delete=false", "kustomize.toolkit.fluxcd.io/prune": "disabled" },
    },
    lifecycle: { prevent_destroy: true },
    timeouts: { delete: "30m" },
  });
});
