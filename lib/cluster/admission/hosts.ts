/** The guard: nothing wipes or stops a granted server in one step, whoever asks. */
import { stateLabel } from "../labels";
import type { AdmissionRule } from "./policy";

const notOnDelete = "request.operation == 'DELETE' || ";
// Not by orValue({}): the API server's type check knows these fields as objects, not maps, and would warn.
const unchanged = (field: string) =>
  `${notOnDelete}(has(object.spec.${field}) == has(oldObject.spec.${field}) && (!has(object.spec.${field}) || object.spec.${field} == oldObject.spec.${field}))`;
const moveFirst = `move its label ${stateLabel} from granted in an apply of its own first (zirsakht release, or roll)`;

/** Hosts that were granted before the request; so the label must have moved in an earlier one. */
export const hostsRule: AdmissionRule = {
  name: "hosts",
  resourceRules: [{ apiGroups: ["metal3.io"], apiVersions: ["v1alpha1"], resources: ["baremetalhosts"], operations: ["UPDATE", "DELETE"] }],
  matchConditions: [{ name: "granted", expression: `oldObject.metadata.?labels[?'${stateLabel}'].orValue('') == 'granted'` }],
  validations: [
    { expression: "request.operation != 'DELETE'", message: `deleting a granted host wipes its server; ${moveFirst}` },
    {
      expression: `${notOnDelete}object.spec.?online.orValue(false) || !oldObject.spec.?online.orValue(false)`,
      message: `a granted host may not be powered off; ${moveFirst}`,
    },
    {
      // A plain reboot comes back by itself; one with a key keeps the server off until somebody takes the key away.
      expression: `${notOnDelete}object.metadata.?annotations.orValue({}).all(k, !k.startsWith('reboot.metal3.io/') || k in oldObject.metadata.?annotations.orValue({}))`,
      message: `an annotation reboot.metal3.io/<key> keeps a granted host off; ${moveFirst}`,
    },
    { expression: unchanged("image"), message: `another image wipes a granted host's server; ${moveFirst}` },
    { expression: unchanged("customDeploy"), message: `another custom deploy wipes a granted host's server; ${moveFirst}` },
    {
      expression: `${notOnDelete}object.spec.?externallyProvisioned.orValue(false) == oldObject.spec.?externallyProvisioned.orValue(false)`,
      message: `externallyProvisioned may not change on a granted host; ${moveFirst}`,
    },
  ],
  inMessengerNamespaces: false,
};
