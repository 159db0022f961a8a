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

/** Sorts the objects by kind, and by stack and namespace, once for all rules, and where one asks. */
export function treeOf(objects: readonly PlacedObject[], estate: Tree["estate"]): Tree {
  const homeOf = (stack: string, namespace: string | undefined, kind: string): string => `${stack} ${namespace ?? ""} ${kind}`;
  const kinds = grouped(objects, ({ object }) => object.kind);
  let known: Map<string, PlacedObject[]> | undefined;
  const homes = () => (known ??= grouped(objects, ({ stack, object }) => homeOf(stack, object.metadata.namespace, object.kind)));
  return {
    estate,
    objects,
    ofKind: (kind) => kinds.get(kind) ?? none,
    inNamespace: ({ stack, object }, kind) => homes().get(homeOf(stack, object.metadata.name, kind)) ?? none,
  };
}
