/**
 * Who a host is once it joins: its node's labels and taints, as metaData of its config drive.
 *
 * The contract with the site's join user data: the one key `metaData` is flat YAML. `zirsakht_node_labels` and
 * `zirsakht_node_taints` are what kubelet takes as `--node-labels` and `--register-with-taints`, `zirsakht_failure_domain`
 * is the rack. Nothing else stands there: the operator owns `name`, `uuid`, `local-hostname` and `metal3-*`.
 */
import { poolHolder } from "../allocation/grant";
import { groupLabel, messengerLabel, regionLabel, zoneLabel } from "../cluster/labels";
import type { Group } from "../request/estate";

export interface HostIdentity {
  /** The messenger's id, or `pool`. */
  readonly holder: string;
  readonly site: string;
  readonly rack: string;
  readonly group: Group;
  /** Whether its hosts become nodes of the site's cluster. */
  readonly joins: boolean;
}

const yaml = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join("");

/** The metaData of all of a holder's hosts of one rack and group. */
export function metaDataOf({ holder, site, rack, group, joins }: HostIdentity): string {
  if (!joins) return yaml({ zirsakht_failure_domain: rack });
  const labels = { [messengerLabel]: holder, [groupLabel]: group, [zoneLabel]: rack, [regionLabel]: site };
  return yaml({
    zirsakht_failure_domain: rack,
    zirsakht_node_labels: Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(","),
    // The pool's nodes take every pool messenger's pods, so nothing keeps pods off.
    zirsakht_node_taints: holder === poolHolder ? "" : `${messengerLabel}=${holder}:NoSchedule`,
  });
}

/** The metaData of hosts that are being erased: they must not join. */
export const erasingMetaData = "{}\n";

/** The name of the Secret with a rack's and group's metaData; a dot is in no id, so no two holders meet. */
export function metaDataSecretOf({ holder, rack, group }: Pick<HostIdentity, "holder" | "rack" | "group">): string {
  return `${holder}.${rack}.${group}`;
}

/** The name of the Secret with the metaData of a holder's erasing hosts. */
export function erasingSecretOf(holder: string): string {
  return `${holder}-erasing`;
}
