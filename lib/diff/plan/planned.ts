/** What a plan would do, resource by resource. */
import { several } from "../../allocation/words";
import type { Action, Attribute, ObjectChange, SideObject } from "../change";
import { guardPath } from "../compare";
import { differences } from "../semantics/differences";
import { masked } from "../semantics/sensitive";
import { actionOf } from "./actions";
import { shownAttributes } from "./marks";
import type { PlanResource } from "./planFile";
import { replacePathOf } from "./replacePath";
import { sideObject, sidesOf, type Sides } from "./side";

/** What a resource is about: a change, words for the notes, or neither. */
export interface Planned {
  readonly change?: ObjectChange;
  /** The object before and after, also where nothing is done to it. */
  readonly before?: SideObject;
  readonly after?: SideObject;
  readonly notes: readonly string[];
  /** The address of a resource that is shown under Terraform's names. */
  readonly generic?: string;
}

/** Where a resource stands; a deposed object is another one than the one at its address. */
export const addressOf = ({ address, deposed }: PlanResource): string =>
  deposed === undefined ? address : `${address} (deposed ${deposed})`;

/** The attributes in which the sides differ, as they may be shown. */
export function attributesOf({ before, after }: Sides): Attribute[] {
  return before && after ? shownAttributes(masked(differences(before, after), before, after)) : [];
}

/** What is done to a resource besides its action. */
function besides(
  { address, previous_address: previous, deposed, action_reason: reason, change }: PlanResource,
  action: Action | undefined,
): string[] {
  const { actions, importing } = change;
  return [
    ...(previous !== undefined && previous !== address
      ? [
          `${previous} is ${address} from now on: its state moves, and ${action === undefined ? "the object stays as it is" : `the object is the same one`}`,
        ]
      : []),
    ...(importing ? [`${address} takes an object that exists into the state${importing.id === undefined ? "" : `: ${importing.id}`}`] : []),
    ...(actions.includes("forget") ? [`${address} leaves the state, and its object stays in the cluster, managed by nobody`] : []),
    ...(deposed !== undefined ? [`${address} has a leftover of an interrupted replacement (deposed ${deposed}), which is destroyed`] : []),
    ...(reason === "replace_because_tainted" ? [`${address} is replaced because it is tainted: an earlier apply did not finish it`] : []),
    ...(reason === "replace_by_request" ? [`${address} is replaced because the plan was made with -replace`] : []),
    ...(reason === "replace_by_triggers" ? [`${address} is replaced because of its replace_triggered_by`] : []),
  ];
}

/** The change of an object to which something is done; `undefined` where its update shows in nothing. */
function changeOf(
  resource: PlanResource,
  action: Action,
  sides: Sides,
  { before, after, ...place }: Pick<ObjectChange, "stack" | "site" | "address" | "before" | "after">,
): ObjectChange | undefined {
  const guard = before && after && before.guarded !== after.guarded;
  const attributes = [
    ...(before && after ? attributesOf(sides) : []),
    ...(guard ? [{ path: guardPath, before: before.guarded, after: after.guarded }] : []),
  ];
  if (action === "update" && attributes.length === 0) return undefined;
  const replacedBy = resource.change.replace_paths.map((path) => replacePathOf(resource.type, path));
  return {
    ...place,
    action,
    ...(before && { before }),
    ...(after && { after }),
    attributes,
    ...(action === "replace" && replacedBy.length > 0 && { replacedBy }),
  };
}

/** Reads one of a plan's `resource_changes`. */
export function plannedOf(stack: string, site: string, resource: PlanResource): Planned {
  const action = actionOf(resource.change.actions);
  const place = { stack, site, address: addressOf(resource) };
  const sides = sidesOf(resource);
  const was = sides.before && sideObject({ ...place, address: resource.previous_address ?? place.address }, sides.before);
  const is = sides.after && sideObject(place, sides.after);
  const found = { ...(was && { before: was }), ...(is && { after: is }) };
  const notes = besides(resource, action);
  if (action === undefined) return { ...found, notes };
  const change = changeOf(resource, action, sides, { ...place, ...found });
  if (!change) return { ...found, notes: [...notes, `${place.address} is updated in what its object does not show, such as a timeout`] };
  return { ...found, change, notes, ...(sides.generic !== undefined && { generic: place.address }) };
}

/** What there is to say of resources that are shown under Terraform's names. */
export function genericNote(addresses: readonly string[]): string[] {
  if (addresses.length === 0) return [];
  return [
    `${several(addresses.length, "resource")} of types that are no Kubernetes object here, shown as Terraform names them; no rule looks into them: ${addresses.join(", ")}`,
  ];
}
