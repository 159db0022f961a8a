/** The guard of what holds hosts and messengers: their namespaces, and the kind of the hosts itself. */
import { guardedLabel } from "../labels";
import type { AdmissionRule } from "./policy";

const hostCrd = "baremetalhosts.metal3.io";

/** Namespaces that are labelled as guarded, and the CRD whose deletion would delete, and so wipe, every host. */
export const deletionsRule: AdmissionRule = {
  name: "deletions",
  resourceRules: [
    { apiGroups: [""], apiVersions: ["v1"], resources: ["namespaces"], operations: ["DELETE"] },
    { apiGroups: ["apiextensions.k8s.io"], apiVersions: ["v1"], resources: ["customresourcedefinitions"], operations: ["DELETE"] },
  ],
  matchConditions: [
    {
      name: "guarded",
      expression: `oldObject.metadata.name == '${hostCrd}' || oldObject.metadata.?labels[?'${guardedLabel}'].orValue('') == 'true'`,
    },
  ],
  validations: [
    {
      expression: "false",
      message: `it is guarded, for deleting it takes everything in it; retire the messenger first, which takes the label ${guardedLabel} off its namespace`,
    },
  ],
  inMessengerNamespaces: false,
};
