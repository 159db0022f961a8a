import { objects, texts } from "../manifests/apiObject";
import type { JsonObject } from "../manifests/apiObject";
import type { Breach, PlacedObject, Rule } from "./rule";

/** Who a subject is, the same in every binding; a ServiceAccount without a namespace is of its binding's. */
function identityOf(at: PlacedObject, subject: JsonObject): string {
  const [kind = "", name = "", namespace = at.object.metadata.namespace ?? ""] = texts([
    subject.kind ?? "",
    subject.name ?? "",
    ...(subject.namespace ? [subject.namespace] : []),
  ]);
  return `${kind} ${kind === "ServiceAccount" ? `${namespace}/` : ""}${name}`;
}

/** Nobody has rights in the namespaces of two messengers; one messenger's namespace is the same at every site. */
export const oneMessengerPerIdentity: Rule = {
  name: "one-messenger-per-identity",
  protects: "Competitors from each other: a group that two messengers share reads the one's messages with the other's rights.",
  across: ["RoleBinding"],
  check: (tree) => {
    const first = new Map<string, string>();
    return tree.ofKind("RoleBinding").flatMap((at) => {
      const namespace = at.object.metadata.namespace ?? "";
      return objects(at.object.subjects).flatMap((subject, index): Breach[] => {
        const identity = identityOf(at, subject);
        const other = first.get(identity) ?? namespace;
        first.set(identity, other);
        if (other === namespace) return [];
        const what = `${identity} has rights in ${other} and in ${namespace}`;
        return [{ at, field: `subjects[${index}].name`, what, remedy: "give each messenger groups of its own, in access of its file" }];
      });
    });
  },
};
