/** What was changed outside of Terraform. It is no part of what an apply does, and stands apart from it in every form. */
import type { ObjectChange } from "../change";
import { keysOf } from "../semantics/path";
import { actionOf } from "./actions";
import type { PlanResource } from "./planFile";
import { addressOf, attributesOf } from "./planned";
import { driftedSidesOf, sideObject } from "./side";

/** What differs from what Terraform last knew: `before` is what it knew, `after` what is there. */
export interface Drift extends ObjectChange {
  /** Whether the plan holds a change that takes it back; else it stays as it is. */
  readonly reverted: boolean;
}

/** Whether one path leads to the other's field, or into it. */
function touches(a: string, b: string): boolean {
  const [left, right] = [keysOf(a), keysOf(b)];
  return left.slice(0, right.length).every((key, index) => key === right[index]);
}

/**
 * Reads one of a plan's `resource_drift`: what the plan takes back and what it leaves, each for itself.
 * What differs in nothing that an object shows, such as empty labels instead of none, is no drift.
 * @param planned the change that the plan makes at the same address
 */
export function driftOf(stack: string, site: string, resource: PlanResource, planned: ObjectChange | undefined): Drift[] {
  const action = actionOf(resource.change.actions);
  if (action === undefined) return [];
  const place = { stack, site, address: addressOf(resource) };
  const sides = driftedSidesOf(resource);
  const found = {
    ...place,
    action,
    ...(sides.before && { before: sideObject(place, sides.before) }),
    ...(sides.after && { after: sideObject(place, sides.after) }),
  };
  if (action !== "update") return [{ ...found, attributes: [], reverted: planned !== undefined }];
  const attributes = attributesOf(sides);
  const isReverted = (path: string): boolean =>
    planned !== undefined &&
    (planned.action !== "update" || planned.attributes.some((attribute) => touches(attribute.path, path) || touches(path, attribute.path)));
  return [true, false].flatMap((reverted) => {
    const those = attributes.filter(({ path }) => isReverted(path) === reverted);
    return those.length === 0 ? [] : [{ ...found, attributes: those, reverted }];
  });
}
