/** Small trees for the tests of rules. */
import type { ApiObject, JsonObject } from "../../lib/manifests/apiObject";
import type { PlacedObject, Rule } from "../../lib/policy/rule";
import { treeOf } from "../../lib/policy/tree";
import { sampleEstate } from "../support/estate";

/** An object of a kind in gap's namespace at thr1, of the stack `gap.thr1` unless another is named. */
export function placed(
  kind: string,
  fields: JsonObject,
  { stack = "gap.thr1", namespace = "messenger-gap", name = "a" } = {},
): PlacedObject {
  const { metadata, ...rest } = fields;
  const object: ApiObject = {
    apiVersion: "v1",
    kind,
    metadata: { name, ...(namespace && { namespace }), ...(metadata as JsonObject | undefined) },
    ...rest,
  };
  return { stack, site: stack.slice(stack.indexOf(".") + 1), address: `kubernetes_manifest.${name}`, object };
}

/** gap's Namespace with its labels. */
export function namespace(labels: Readonly<Record<string, string>> = {}): PlacedObject {
  return placed(
    "Namespace",
    { metadata: { labels: { "zirsakht.ir/messenger": "gap", ...labels } } },
    { namespace: "", name: "messenger-gap" },
  );
}

/** What a rule says of objects, a line for each breach: `name: field: what; remedy`. */
export function breaches({ check }: Rule, ...objects: readonly PlacedObject[]): string[] {
  const estate = sampleEstate();
  return check(treeOf(objects, estate)).map(({ at, field, what, remedy }) => `${at.object.metadata.name}: ${field}: ${what}; ${remedy}`);
}
