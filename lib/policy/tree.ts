import type { PlacedObject, Tree } from "./rule";

const none: readonly PlacedObject[] = [];

function grouped(objects: readonly PlacedObject[], keyOf: (object: PlacedObject) => string): Map<string, PlacedObject[]> {
  const groups = new Map<string, PlacedObject[]>();
  for (const object of objects) {
    const key = keyOf(object);
    const group = groups.get(key);
    if (group) group.push(object);
    else groups.set(key, [object]);
  }
  return groups;
}

/** Sorts the objects by kind, and by site and namespace, once for all rules. */
export function treeOf(objects: readonly PlacedObject[], estate: Tree["estate"]): Tree {
  const homeOf = (site: string, namespace: string | undefined, kind: string): string => `${site} ${namespace ?? ""} ${kind}`;
  const kinds = grouped(objects, ({ object }) => object.kind);
  const homes = grouped(objects, ({ site, object }) => homeOf(site, object.metadata.namespace, object.kind));
  return {
    estate,
    objects,
    ofKind: (kind) => kinds.get(kind) ?? none,
    inNamespace: ({ site, object }, kind) => homes.get(homeOf(site, object.metadata.name, kind)) ?? none,
  };
}
