/** The guard of what holds hosts and messengers: their namespaces, and the kind of the hosts itself. */
import { hardwareNamespace } from "../../hardware/namespace";
import { guardedLabel } from "../labels";
import { hostDefinition } from "./hostKind";
import type { AdmissionRule } from "./policy";

/** What holds every host of a site is guarded by its name: no label that could be taken off first. */
const holdsHosts = `oldObject.metadata.name in ['${hostDefinition}', '${hardwareNamespace}']`;

/** The hosts' namespace, the definition of their kind, and namespaces that are labelled as guarded. */
export const deletionsRule: AdmissionRule = {
  name: "deletions",
  resourceRules: [
    { apiGroups: [""], apiVersions: ["v1"], resources: ["namespaces"], operations: ["DELETE"] },
    { apiGroups: ["apiextensions.k8s.io"], apiVersions: ["v1"], resources: ["customresourcedefinitions"], operations: ["DELETE"] },
  ],
  validations: [
    {
      expression: `!(${holdsHosts})`,
      message: "it holds every host of the site, and deleting it would delete and so wipe them; release the servers instead",
    },
    {
      expression: `oldObject.metadata.?labels[?'${guardedLabel}'].orValue('') != 'true' || ${holdsHosts}`,
      message: `it is guarded, for deleting it takes everything in it; retire the messenger first, which takes the label ${guardedLabel} off its namespace`,
    },
  ],
  inMessengerNamespaces: false,
};
