/** Conditions: what a controller says of an object's state. */
import { type ApiObject, objects, valueAt } from "../manifests/apiObject";

/** Whether a condition of this type, such as `Ready`, is true of an object. */
export const hasCondition = (object: ApiObject, type: string): boolean =>
  objects(valueAt(object, "status", "conditions")).some((condition) => condition.type === type && condition.status === "True");

/** Whether a node is Ready. */
export const isReady = (node: ApiObject): boolean => hasCondition(node, "Ready");
