/** The people of a messenger, as the identity provider would name them to the API server. */
import { namespaceOf } from "../../cluster/namespace";
import type { Messenger } from "../../request/messenger";
import type { Identity } from "../control/authority";

/**
 * Somebody who deploys for a messenger: of its deployers, else of its admins, who may do no less. Where its file names neither, the
 * ServiceAccount that every messenger has for its own deployments.
 */
export function deployerOf({ messenger, access }: Messenger): Identity {
  const [group] = [...access.deployers, ...access.admins];
  if (group !== undefined) return { user: `deployer@${messenger}`, groups: [group] };
  const namespace = namespaceOf(messenger);
  const groups = ["system:serviceaccounts", `system:serviceaccounts:${namespace}`];
  return { user: `system:serviceaccount:${namespace}:deployer`, groups };
}
