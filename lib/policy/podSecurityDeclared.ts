import { messengerLabel } from "../cluster/labels";
import { valueAt } from "../manifests/apiObject";
import type { Rule } from "./rule";

const modes = ["enforce", "audit", "warn"];
const levels = ["privileged", "baseline", "restricted"];

/** Every namespace says which Pod Security level it enforces, and a messenger's enforces `restricted`. */
export const podSecurityDeclared: Rule = {
  name: "pod-security-declared",
  protects:
    "Pods that are no more than pods: without the labels the cluster's default holds, and a label that somebody adds later is not seen.",
  check: (tree) =>
    tree.ofKind("Namespace").flatMap((at) =>
      modes.flatMap((mode) => {
        const label = `pod-security.kubernetes.io/${mode}`;
        const level = valueAt(at.object.metadata, "labels", label);
        const allowed = valueAt(at.object.metadata, "labels", messengerLabel) === undefined ? levels : ["restricted"];
        if (typeof level === "string" && allowed.includes(level)) return [];
        const what = level === undefined ? "is not set" : `is ${JSON.stringify(level)}`;
        return { at, field: `metadata.labels["${label}"]`, what, remedy: `set it to ${allowed.join(" or ")}` };
      }),
    ),
};
