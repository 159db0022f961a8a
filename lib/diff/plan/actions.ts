/** Terraform's words for what becomes of a resource. */
import type { Action } from "../change";

const words: Readonly<Record<string, Action | "none">> = {
  "no-op": "none",
  read: "none",
  forget: "none",
  create: "create",
  update: "update",
  delete: "destroy",
  "delete,create": "replace",
  "create,delete": "replace",
  "create,forget": "create",
  "forget,create": "create",
};

/** Whether a plan's `actions` are ones that this version knows; what is not known must not be taken for nothing. */
export const areKnown = (actions: readonly string[]): boolean => Object.hasOwn(words, actions.join());

/** What is done to the object; `undefined` where nothing is. */
export function actionOf(actions: readonly string[]): Action | undefined {
  const action = words[actions.join()];
  return action === "none" ? undefined : action;
}
