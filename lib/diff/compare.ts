/** Compares the stacks of two sides, object by object. */
import { byCodeUnit } from "../manifests/apiObject";
import type { Attribute, Comparison, ObjectChange, SideObject, StackObjects } from "./change";
import { differences } from "./semantics/differences";
import { replacingFields } from "./semantics/replacing";
import { masked } from "./semantics/sensitive";

/** The stacks of one side that may differ from the other's, by name. */
export type SideStacks = ReadonlyMap<string, StackObjects>;

/** The path under which a guard shows: Terraform's, for the object itself has no such field. */
export const guardPath = "lifecycle.prevent_destroy";

const none: StackObjects = new Map();

function guardAttribute(before: SideObject, after: SideObject): Attribute[] {
  return before.guarded === after.guarded ? [] : [{ path: guardPath, before: before.guarded, after: after.guarded }];
}

function changeOf(before: SideObject | undefined, after: SideObject | undefined): ObjectChange | undefined {
  const side = after ?? before;
  if (!side) return undefined;
  const { stack, site, address } = side;
  const place = { stack, site, address };
  if (!before || !after)
    return { ...place, action: after ? "create" : "destroy", ...(before && { before }), ...(after && { after }), attributes: [] };
  const fields = differences(before.object, after.object);
  const attributes = [...masked(fields, before.object, after.object), ...guardAttribute(before, after)];
  if (attributes.length === 0) return undefined;
  const replacedBy = replacingFields(address.slice(0, address.indexOf(".")), fields, before.object);
  return replacedBy.length > 0
    ? { ...place, action: "replace", before, after, attributes, replacedBy }
    : { ...place, action: "update", before, after, attributes };
}

const isSite = (stack: string): boolean => stack.startsWith("site.");
export const bySiteFirst = (a: string, b: string): number => Number(isSite(b)) - Number(isSite(a)) || byCodeUnit(a, b);

/**
 * Compares two sides.
 * @param base the base's stacks, without those that are known to be the same
 * @param head the head's
 * @param same how many stacks are known to be the same
 */
export function compare(base: SideStacks, head: SideStacks, same = 0): Comparison {
  const names = [...new Set([...base.keys(), ...head.keys()])].sort(bySiteFirst);
  const changed = names.map((name) => {
    const [before, after] = [base.get(name) ?? none, head.get(name) ?? none];
    const addresses = [...new Set([...before.keys(), ...after.keys()])].sort(byCodeUnit);
    return { name, changes: addresses.flatMap((address) => changeOf(before.get(address), after.get(address)) ?? []) };
  });
  const added = names.filter((name) => !base.has(name));
  const removed = names.filter((name) => !head.has(name));
  const alike = changed.filter(({ name, changes }) => changes.length === 0 && base.has(name) && head.has(name));
  return {
    changes: changed.flatMap(({ changes }) => changes),
    stacks: { added, removed },
    unchanged: same + alike.length,
    sides: { before: base, after: head, areAll: same === 0 },
  };
}
