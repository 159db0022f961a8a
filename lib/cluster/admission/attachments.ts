/** A messenger's pods join the networks of their own namespace only: the CNI itself would attach them to anybody's. */
import type { AdmissionRule } from "./policy";

const networks = "k8s.v1.cni.cncf.io/networks";
const defaultNetwork = "v1.multus-cni.io/default-network";
const name = "[a-z0-9]([a-z0-9-]*[a-z0-9])?(@[a-z0-9-]+)?";

/**
 * Plain names mean the pod's namespace. Names with a namespace, and the JSON form, which may hold one, an address or a MAC, are
 * refused. Cilium's own marks say whose pod it is, from which addresses it gets one and what is exempt from its policies.
 */
export const attachmentsRule: AdmissionRule = {
  name: "attachments",
  resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE", "UPDATE"] }],
  validations: [
    {
      expression: `object.metadata.?annotations[?'${networks}'].orValue('').matches('^(${name}(, ?${name})*)?$')`,
      message: `the annotation ${networks} may hold plain names of the namespace's own networks, such as private`,
    },
    {
      expression: `!object.metadata.?annotations[?'${defaultNetwork}'].hasValue()`,
      message: `the annotation ${defaultNetwork} may not be set: a pod's first network is the cluster's`,
    },
    {
      expression: "object.metadata.?annotations.orValue({}).all(k, !k.contains('cilium.io/'))",
      message: "annotations of cilium.io may not be set: a pod's address, bandwidth and policies are the site's",
    },
    {
      expression: "object.metadata.?labels.orValue({}).all(k, !k.startsWith('io.kubernetes.pod.') && !k.startsWith('io.cilium.'))",
      message: "labels io.kubernetes.pod.* and io.cilium.* may not be set: by them the network knows whose a pod is",
    },
  ],
  inMessengerNamespaces: true,
};
