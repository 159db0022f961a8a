import { objects, texts, valueAt } from "../manifests/apiObject";
import type { Breach, PlacedObject, Rule } from "./rule";

const lists = ["apiGroups", "resources", "verbs", "nonResourceURLs"];
/** Verbs with which one gives oneself any other right. */
const self = ["bind", "escalate", "impersonate"];
/** Roles that every cluster has and that allow everything, in a cluster or in a namespace. */
const everything = ["admin", "cluster-admin"];

function ofRules(at: PlacedObject): Breach[] {
  return objects(at.object.rules).flatMap((rule, index) =>
    lists.flatMap((list) =>
      texts(rule[list]).flatMap((item) => {
        const field = `rules[${index}].${list}`;
        if (item.includes("*"))
          return { at, field, what: `holds the wildcard ${JSON.stringify(item)}`, remedy: "name each one that is needed" };
        if (list !== "verbs" || !self.includes(item)) return [];
        return { at, field, what: `holds ${item}, with which one takes any right`, remedy: "leave it out" };
      }),
    ),
  );
}

function ofBinding(at: PlacedObject): Breach[] {
  const { kind, name } = { kind: valueAt(at.object, "roleRef", "kind"), name: valueAt(at.object, "roleRef", "name") };
  if (kind !== "ClusterRole" || typeof name !== "string" || !everything.includes(name)) return [];
  return [
    {
      at,
      field: "roleRef.name",
      what: `gives the ClusterRole ${name}, which allows more than is named`,
      remedy: "bind a Role that names what is needed",
    },
  ];
}

/** Roles name what they allow, and nobody can give themselves more. */
export const noWildcardAccess: Rule = {
  name: "no-wildcard-access",
  protects: "Least privilege: a wildcard allows what does not exist yet, and escalate, bind and impersonate allow everything.",
  check: (tree) => [
    ...[...tree.ofKind("Role"), ...tree.ofKind("ClusterRole")].flatMap(ofRules),
    ...[...tree.ofKind("RoleBinding"), ...tree.ofKind("ClusterRoleBinding")].flatMap(ofBinding),
  ],
};
