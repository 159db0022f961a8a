/** A pod that leaves the cluster from the pool's nodes takes as much bandwidth as it is shaped to. */
import { egressLabel, messengerLabel } from "../labels";
import { egressResource } from "../../network/bandwidth";
import type { AdmissionRule } from "./policy";

const annotation = "kubernetes.io/egress-bandwidth";
const request = `c.?resources.?requests[?'${egressResource}'].orValue('0')`;
const bitsPerMbit = 1_000_000;

/**
 * Pods with the egress label, which the NetworkPolicy gives a way out. On the pool's nodes they ask for what the CNI shapes them
 * to; quantities are compared as such, for 2000 arrives as `2k`. Zero would mean unshaped. Own servers are policed at their ports.
 */
export const bandwidthRule: AdmissionRule = {
  name: "bandwidth",
  resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE", "UPDATE"] }],
  matchConditions: [{ name: "leaves-the-cluster", expression: `object.metadata.?labels[?'${egressLabel}'].hasValue()` }],
  variables: [
    { name: "pool", expression: `object.spec.?nodeSelector[?'${messengerLabel}'].orValue('') == 'pool'` },
    { name: "shaped", expression: `object.metadata.?annotations[?'${annotation}'].orValue('0')` },
    { name: "asked", expression: `object.spec.containers.map(c, quantity(${request}).asInteger()).sum()` },
  ],
  validations: [
    {
      expression: `request.operation == 'CREATE' || oldObject.metadata.?labels[?'${egressLabel}'].orValue('') == object.metadata.labels['${egressLabel}']`,
      message: `the label ${egressLabel} is set when a pod is created and stays`,
    },
    {
      expression: `!variables.pool || (isQuantity(variables.shaped) && quantity(variables.shaped).isInteger() && quantity(variables.shaped).asInteger() > 0 && quantity(variables.shaped).asInteger() == variables.asked * ${bitsPerMbit})`,
      message: `a pod with the label ${egressLabel} needs the annotation ${annotation}, in bit/s, and its containers must ask for just as much of ${egressResource}, in Mbit/s`,
    },
  ],
  inMessengerNamespaces: true,
};
