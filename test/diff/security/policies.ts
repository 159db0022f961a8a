/** NetworkPolicies of one namespace, and what the rules say of them together. */
import type { Comparison, SideObject } from "../../../lib/diff/change";
import { networkFlows } from "../../../lib/diff/security/networkFlows";
import { networkIsolation } from "../../../lib/diff/security/networkIsolation";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { comparedSides, sideObject } from "../sides";
import { said } from "./compared";

export const namespace = sideObject("Namespace", {}, { name: "messenger-gap", namespace: "" });
export const policy = (name: string, spec: JsonObject, stack = "gap.thr1"): SideObject =>
  sideObject("NetworkPolicy", { spec: { podSelector: {}, ...spec } }, { name, id: name, stack });

export const lines = (comparison: Comparison): string[] => [networkIsolation, networkFlows].flatMap((one) => said(one, comparison));
/** What is said where the stack that makes the namespace is seen whole. */
export const between = (before: readonly SideObject[], after: readonly SideObject[]): string[] =>
  lines(comparedSides([namespace, ...before], [namespace, ...after]));
