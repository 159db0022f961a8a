import { messengerLabel } from "../cluster/labels";
import { valueAt } from "../manifests/apiObject";
import type { PlacedObject, Tree } from "./rule";

/** The Namespaces that messengers' pods run in, known by the label that the admission policies know them by. */
export function messengerNamespaces(tree: Tree): PlacedObject[] {
  return tree.ofKind("Namespace").filter(({ object }) => valueAt(object.metadata, "labels", messengerLabel) !== undefined);
}
