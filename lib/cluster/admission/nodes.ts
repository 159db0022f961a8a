/** A node cannot change whose it is: a messenger that breaks out of a pod gains that node's identity, and no other messenger's pods. */
import { regionLabel, zoneLabel } from "../labels";
import type { AdmissionRule } from "./policy";

const prefix = "zirsakht.ir/";
/** By its host name egress gateways are chosen, by its zone the routers that it speaks to. */
const chosenBy = ["kubernetes.io/hostname", zoneLabel, regionLabel];
const ours = (key: string) => `(${key}.startsWith('${prefix}') || ${key} in ['${chosenBy.join("', '")}'])`;
const labels = `labels ${prefix}*, ${chosenBy.join(", ")}`;
const notOnDelete = "request.operation == 'DELETE' || ";
/** Whether every resource of ours in a status map is at most what the node's capacity was before. */
const withinOld = (amounts: string) =>
  `${notOnDelete}variables.${amounts}.all(r, !r.startsWith('${prefix}') || (r in variables.oldCapacity && quantity(variables.${amounts}[r]).compareTo(quantity(variables.oldCapacity[r])) <= 0))`;

/**
 * What a node's own identity may not do. Labels change through `nodes` and through `nodes/status`. Kubelet copies capacity to
 * allocatable and sets both to zero on a fresh start, so amounts of ours may fall, never rise. Removing itself would let it
 * come back under other labels.
 */
export const nodesRule: AdmissionRule = {
  name: "nodes",
  resourceRules: [
    { apiGroups: [""], apiVersions: ["v1"], resources: ["nodes", "nodes/status"], operations: ["UPDATE"] },
    { apiGroups: [""], apiVersions: ["v1"], resources: ["nodes"], operations: ["DELETE"] },
  ],
  matchConditions: [{ name: "by-a-node", expression: "'system:nodes' in request.userInfo.?groups.orValue([])" }],
  variables: [
    { name: "old", expression: "oldObject.metadata.?labels.orValue({})" },
    { name: "new", expression: "object.metadata.?labels.orValue({})" },
    { name: "oldCapacity", expression: "oldObject.?status.?capacity.orValue({})" },
    { name: "capacity", expression: "object.?status.?capacity.orValue({})" },
    { name: "allocatable", expression: "object.?status.?allocatable.orValue({})" },
  ],
  validations: [
    { expression: "request.operation != 'DELETE'", message: "a node may not remove itself; the site's set-up or an administrator does" },
    {
      expression: `${notOnDelete}variables.old.all(k, !${ours("k")} || (k in variables.new && variables.new[k] == variables.old[k]))`,
      message: `a node may not change or remove its ${labels}`,
    },
    {
      expression: `${notOnDelete}variables.new.all(k, !${ours("k")} || k in variables.old)`,
      message: `a node may not add ${labels} to itself`,
    },
    { expression: withinOld("capacity"), message: `a node may not raise its capacity of ${prefix}*` },
    { expression: withinOld("allocatable"), message: `a node may not allow more of ${prefix}* than its capacity` },
  ],
  inMessengerNamespaces: false,
};
