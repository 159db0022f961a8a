/** A host as the API server has it: what the stacks ask of it, and how far the operator is. */
import { groupLabel, messengerLabel, rackLabel, stateLabel } from "../../cluster/labels";
import { type ApiObject, isObject, type Json, valueAt } from "../../manifests/apiObject";

/** A BareMetalHost. Texts that are not there are empty. */
export interface LiveHost {
  readonly name: string;
  readonly holder: string;
  readonly group: string;
  readonly rack: string;
  /** Where it is in its life, such as `granted`. */
  readonly state: string;
  /** What the operator calls where it is, such as `inspecting`. */
  readonly phase: string;
  readonly isAdopted: boolean;
  /** Its object is being deleted. */
  readonly isLeaving: boolean;
  /** The operator is done: it runs the image that is asked for, or was adopted. */
  readonly isSettled: boolean;
  /** The image that it runs. */
  readonly runs: string;
  /** The Secrets of its config drive. */
  readonly userData: string;
  readonly metaData: string;
  /** What the operator says is wrong. */
  readonly error: string;
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

/** Reads a BareMetalHost. */
export function liveHostOf(object: ApiObject): LiveHost {
  const at = (...path: string[]): string => textOf(valueAt(object, ...path));
  const label = (name: string): string => at("metadata", "labels", name);
  const isAdopted = valueAt(object, "spec", "externallyProvisioned") === true;
  const phase = at("status", "provisioning", "state");
  const runs = at("status", "provisioning", "image", "url");
  const isLeaving = isObject(object.metadata) && object.metadata.deletionTimestamp !== undefined;
  const isDone = isAdopted ? phase === "externally provisioned" : phase === "provisioned" && runs === at("spec", "image", "url");
  return {
    name: object.metadata.name,
    holder: label(messengerLabel),
    group: label(groupLabel),
    rack: label(rackLabel),
    state: label(stateLabel),
    phase,
    isAdopted,
    isLeaving,
    isSettled: !isLeaving && isDone,
    runs,
    userData: at("spec", "userData", "name"),
    metaData: at("spec", "metaData", "name"),
    error: at("status", "errorMessage"),
  };
}

/** Servers on their way out of a grant, or to another image, take no new pods. */
export const isCordoned = ({ state }: LiveHost): boolean => state === "draining" || state === "rolling";
