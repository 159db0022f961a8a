/** A server's own identity makes no pods: with one in a namespace of the system it could answer for the cluster's DNS. */
import type { AdmissionRule } from "./policy";

/** How servers are named, `<site>-<rack>-s<NN>` (serverName in lib/request/server.ts), and so their nodes. */
const byServer = "^system:node:[a-z0-9.-]+-s[0-9][0-9]$";

/**
 * Kubernetes lets a node create pods of any namespace and labels that are bound to itself, for kubelet mirrors its static pods so.
 * A messenger that breaks out of a pod has that identity. The control plane's nodes, which have static pods, are no servers of racks.
 */
export const mirrorsRule: AdmissionRule = {
  name: "mirrors",
  resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE"] }],
  matchConditions: [{ name: "by-a-server", expression: `request.userInfo.?username.orValue('').matches('${byServer}')` }],
  validations: [{ expression: "false", message: "a server may not create pods; static pods are the control plane's" }],
  inMessengerNamespaces: false,
};
