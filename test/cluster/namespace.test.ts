import { MessengerNamespace, type MessengerNamespaceProps } from "../../lib/cluster/namespace";
import { sampleMessenger } from "../support/estate";
import { synthIn } from "../support/synth";

const namespace = (props: Partial<MessengerNamespaceProps> = {}) =>
  synthIn(
    (stack) => new MessengerNamespace(stack, "namespace", { messenger: sampleMessenger(), nodes: ["soroush"], guarded: true, ...props }),
  ).at("kubernetes_namespace_v1.namespace");

test("it always declares Pod Security, whose messenger's it is, and where its pods run", () => {
  expect(namespace().metadata).toEqual({
    name: "messenger-soroush",
    labels: {
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/enforce-version": "latest",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/audit-version": "latest",
      "pod-security.kubernetes.io/warn": "restricted",
      "pod-security.kubernetes.io/warn-version": "latest",
      "zirsakht.ir/messenger": "soroush",
      "zirsakht.ir/tier": "focus",
      "zirsakht.ir/nodes": "soroush",
      "zirsakht.ir/guarded": "true",
    },
    annotations: {
      "zirsakht.ir/name-en": "Soroush",
      "zirsakht.ir/name-fa": "سروش",
      "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
      "kustomize.toolkit.fluxcd.io/prune": "disabled",
    },
  });
  expect(namespace().lifecycle).toEqual({ prevent_destroy: true });
});

test("a retired messenger's namespace has no guard, no protection and no prune marks", () => {
  const retired = namespace({ guarded: false });
  expect(retired).not.toHaveProperty("lifecycle");
  expect(retired.metadata).toMatchObject({ annotations: { "zirsakht.ir/name-en": "Soroush" } });
  expect(JSON.stringify(retired)).not.toMatch(/guarded|Prune|prune/);
});

test("a change of tier and a sector are labels", () => {
  const messenger = sampleMessenger("bale", { lifecycle: { state: "repurposed", sector: "education" } });
  expect(namespace({ messenger, nodes: ["pool", "bale"] }).metadata).toMatchObject({
    labels: {
      "zirsakht.ir/nodes": "pool",
      "zirsakht.ir/nodes-before": "bale",
      "zirsakht.ir/sector": "education",
      "zirsakht.ir/tier": "on-request",
    },
  });
});
