/** The guard of what the operator remembers of a granted server: by a false memory it would wipe a server whose spec nobody touched. */
import { stateLabel } from "../labels";
import type { AdmissionRule } from "./policy";

const state = "status.?provisioning.?state.orValue('')";
const image = "status.?provisioning.?image.?url.orValue('')";
const customDeploy = "status.?provisioning.?customDeploy.?method.orValue('')";
const same = (field: string) => `object.?${field} == oldObject.?${field}`;

/**
 * Hosts that were granted, and whose server is what their spec asks for: the operator has nothing to do there. While it provisions
 * (a roll's new image, a new grant) it writes as it likes, and so it does once the label has moved.
 */
export const hostStatusRule: AdmissionRule = {
  name: "host-status",
  resourceRules: [{ apiGroups: ["metal3.io"], apiVersions: ["v1alpha1"], resources: ["baremetalhosts/status"], operations: ["UPDATE"] }],
  matchConditions: [
    { name: "granted", expression: `oldObject.metadata.?labels[?'${stateLabel}'].orValue('') == 'granted'` },
    {
      name: "settled",
      // Not by a condition with two arms: the API server takes that for no boolean.
      expression: `(oldObject.?${state} == 'externally provisioned' && oldObject.spec.?externallyProvisioned.orValue(false) == true) || (oldObject.?${state} == 'provisioned' && oldObject.?${image} == oldObject.spec.?image.?url.orValue(''))`,
    },
  ],
  validations: [
    {
      expression: [state, image, customDeploy].map(same).join(" && "),
      message: `a granted host stays as it is provisioned: by another status.provisioning its server would be wiped; change its spec, once its label ${stateLabel} has moved (zirsakht release, or roll)`,
    },
  ],
  inMessengerNamespaces: false,
};
