import { protection } from "../../lib/cluster/protection";

test("what must stay is kept by Terraform, Argo CD and Flux", () => {
  expect(protection(true)).toEqual({
    lifecycle: { preventDestroy: true },
    annotations: { "argocd.argoproj.io/sync-options": "Prune=false,Delete=false", "kustomize.toolkit.fluxcd.io/prune": "disabled" },
  });
});

test("what may go has no marks", () => {
  expect(protection(false)).toEqual({ annotations: {} });
});
