import { objects, texts, valueAt } from "../manifests/apiObject";
import { messengerNamespaces } from "./messengerNamespaces";
import type { PlacedObject, Rule } from "./rule";

/** Whether a NetworkPolicy selects every pod, in both directions, and allows nothing. */
function deniesAll({ object: { spec } }: PlacedObject): boolean {
  const types = texts(valueAt(spec, "policyTypes"));
  const selector = valueAt(spec, "podSelector");
  return (
    JSON.stringify(selector) === "{}" &&
    types.includes("Ingress") &&
    types.includes("Egress") &&
    objects(valueAt(spec, "ingress")).length === 0 &&
    objects(valueAt(spec, "egress")).length === 0
  );
}

/** Every messenger's namespace denies all traffic that no other policy allows. */
export const defaultDenyPresent: Rule = {
  name: "default-deny-present",
  protects: "Messengers from each other: without it every pod of the cluster may talk to every other.",
  check: (tree) =>
    messengerNamespaces(tree)
      .filter((at) => !tree.inNamespace(at, "NetworkPolicy").some(deniesAll))
      .map((at) => ({
        at,
        field: "metadata.name",
        what: `the namespace ${at.object.metadata.name} has no NetworkPolicy that denies all traffic`,
        remedy: "add one with an empty podSelector, the policyTypes Ingress and Egress, and no rules",
      })),
};
