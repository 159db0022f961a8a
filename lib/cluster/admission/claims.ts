/** A messenger's claims take the volumes that the scheduler and the binder choose, never one on another's server. */
import type { AdmissionRule } from "./policy";

const selectedNode = "volume.kubernetes.io/selected-node";
const volumeName = (object: string) => `${object}.spec.?volumeName.orValue('')`;
const node = (object: string) => `${object}.metadata.?annotations[?'${selectedNode}'].orValue('')`;
const leftOutOrKept = (read: (object: string) => string) =>
  `${read("object")} == '' || (request.operation == 'UPDATE' && ${read("object")} == ${read("oldObject")})`;
// The scheduler and the binder choose later, by updates of their own; both write PersistentVolumes, as no messenger's Role may.
const orByWhoBinds = " || authorizer.group('').resource('persistentvolumes').check('update').allowed()";

/**
 * A local volume lies on one server, so whoever names the volume, or the node on which a new one is made, takes that server's drives.
 * A claim that names neither gets a volume where its pod is scheduled, and so on its messenger's own nodes.
 */
export const claimsRule: AdmissionRule = {
  name: "claims",
  resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], resources: ["persistentvolumeclaims"], operations: ["CREATE", "UPDATE"] }],
  validations: [
    {
      expression: leftOutOrKept(volumeName) + orByWhoBinds,
      message: "spec.volumeName must be left out: the volume may be another's; the site binds one where the pod is scheduled",
    },
    {
      expression: leftOutOrKept(node) + orByWhoBinds,
      message: `the annotation ${selectedNode} must be left out: the scheduler chooses the node by the pod`,
    },
  ],
  inMessengerNamespaces: true,
};
