/**
 * A BareMetalHost of one side, and what the operator makes of the step from one to the other.
 *
 * Read in metal3-io/baremetal-operator 0.13.2 (internal/controller/metal3.io, internal/webhooks/metal3.io/v1alpha1): each function and
 * rule here names the file that it follows. What the operator has in a host's status is taken to be what the side before says.
 */
import { messengerLabel, stateLabel } from "../../cluster/labels";
import { valueAt, type ApiObject, type Json } from "../../manifests/apiObject";
import type { Comparison, ObjectChange } from "../change";
import { shownText } from "../semantics/sensitive";

/** What is known of a host. */
export interface Host {
  readonly object: ApiObject;
  readonly spec: Json | undefined;
  readonly annotations: Json | undefined;
  /** Where it is in its life, as its label says. @default it has no such label */
  readonly state?: string;
  /** Whose it is. @default it has no such label */
  readonly holder?: string;
  /** @default none */
  readonly image?: string;
  /** The method of its custom deploy. @default none */
  readonly customDeploy?: string;
  /** Provisioned by somebody else. */
  readonly adopted: boolean;
  readonly online: boolean;
  /** Whether the operator clears partition tables when it deprovisions (metadata), or nothing (disabled). */
  readonly cleans: boolean;
}

const text = (value: Json | undefined): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

function hostOf(object: ApiObject): Host {
  const { spec } = object;
  const { labels, annotations } = object.metadata;
  const [state, holder] = [text(valueAt(labels, stateLabel)), text(valueAt(labels, messengerLabel))];
  const [image, customDeploy] = [text(valueAt(spec, "image", "url")), text(valueAt(spec, "customDeploy", "method"))];
  return {
    object,
    spec,
    annotations,
    ...(state && { state }),
    ...(holder && { holder }),
    ...(image && { image }),
    ...(customDeploy && { customDeploy }),
    adopted: valueAt(spec, "externallyProvisioned") === true,
    online: valueAt(spec, "online") === true,
    cleans: valueAt(spec, "automatedCleaningMode") !== "disabled",
  };
}

/** A host that differs. */
export interface HostChange {
  readonly change: ObjectChange;
  readonly before: Host;
  /** @default its object is deleted */
  readonly after?: Host;
}

const isHost = (object: ApiObject | undefined): object is ApiObject =>
  object?.kind === "BareMetalHost" && object.apiVersion.startsWith("metal3.io/");

/** The hosts that were there and differ; one that is replaced has an after, and its object is deleted all the same. */
export function changedHosts({ changes }: Comparison): HostChange[] {
  return changes.flatMap((change) => {
    const [before, after] = [change.before?.object, change.after?.object];
    return isHost(before) ? { change, before: hostOf(before), ...(isHost(after) && { after: hostOf(after) }) } : [];
  });
}

/** Whether the object itself goes: Terraform deletes it, even where it makes another in its place. */
export function isDeleted({ change }: HostChange): boolean {
  return change.action === "destroy" || change.action === "replace";
}

/** The annotation by which the operator lets go of a host, after whatever it is about (host_state_machine.go, checkDetachedHost). */
export const detached = "baremetalhost.metal3.io/detached";
/** The annotation with which the operator does not look at a host at all (baremetalhost_controller.go, Reconcile). */
export const paused = "baremetalhost.metal3.io/paused";

/** Whether a host has an annotation, whatever it says. */
export function isAnnotated({ annotations }: Host, name: string): boolean {
  return valueAt(annotations, name) !== undefined;
}

/** Whether the operator has put an image or a custom deploy on it, so that there is something to deprovision. */
export function isProvisioned({ adopted, image, customDeploy }: Host): boolean {
  return !adopted && (image ?? customDeploy) !== undefined;
}

/**
 * Whether a new spec makes the operator deprovision (host_state_machine.go, provisioningCancelled and imageProvisioningCancelled).
 * A custom deploy that is only added beside the same image does not.
 */
export function isCancelled(before: Host, after: Host): boolean {
  const imageGoes = before.image !== undefined && after.image !== before.image;
  if (after.customDeploy !== undefined)
    return (before.customDeploy !== undefined && after.customDeploy !== before.customDeploy) || imageGoes;
  return before.customDeploy !== undefined || after.image === undefined || imageGoes;
}

/** Whether the operator deprovisions the server and so wipes it, by an update or because its object goes. */
export function isWiped(host: HostChange): boolean {
  const { before, after } = host;
  if (!isProvisioned(before)) return false;
  // A detached host goes without being powered off or deprovisioned (host_state_machine.go, checkInitiateDelete).
  if (isDeleted(host)) return !isAnnotated(before, detached);
  return after !== undefined && isCancelled(before, after);
}

/** `soroush's, granted`. */
export function whose({ holder, state }: Host): string {
  return [holder ? `${holder}'s` : "nobody's", state ?? "without a state"].join(", ");
}

/** What a host is provisioned with, for people. */
export function deployed({ image, customDeploy }: Host): string {
  const parts = [...(customDeploy ? [`custom deploy ${customDeploy}`] : []), ...(image ? [shownText(image)] : [])];
  return parts.join(" on ") || "nothing";
}
