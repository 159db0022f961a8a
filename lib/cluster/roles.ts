/**
 * What each Role may do, resource by resource and without wildcards. No Role writes network attachments, network policies,
 * quotas, LimitRanges, RBAC, the namespace, ingresses, endpoints, `pods/binding`, `serviceaccounts/token` or any `/status`: with those
 * a messenger could reach another's network, host names or nodes. A deployer writes Secrets, and so can make a lasting token of its own
 * namespace's ServiceAccount, which may do no more than the deployer itself.
 */

export const roleNames = ["viewer", "deployer", "admin"] as const;
/** A Role; each may do what the one before may, and more. */
export type RoleName = (typeof roleNames)[number];

/** What may be done with some resources of one API group. */
export interface Rule {
  readonly apiGroup: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const read = ["get", "list", "watch"];
const write = ["create", "delete", "deletecollection", "patch", "update"];

const viewer: readonly Rule[] = [
  {
    apiGroup: "",
    resources: [
      "configmaps",
      "endpoints",
      "events",
      "limitranges",
      "persistentvolumeclaims",
      "pods",
      "pods/log",
      "resourcequotas",
      "serviceaccounts",
      "services",
    ],
    verbs: read,
  },
  { apiGroup: "apps", resources: ["controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets"], verbs: read },
  { apiGroup: "autoscaling", resources: ["horizontalpodautoscalers"], verbs: read },
  { apiGroup: "batch", resources: ["cronjobs", "jobs"], verbs: read },
  { apiGroup: "discovery.k8s.io", resources: ["endpointslices"], verbs: read },
  { apiGroup: "events.k8s.io", resources: ["events"], verbs: read },
  { apiGroup: "k8s.cni.cncf.io", resources: ["network-attachment-definitions"], verbs: read },
  { apiGroup: "metrics.k8s.io", resources: ["pods"], verbs: ["get", "list"] },
  { apiGroup: "networking.k8s.io", resources: ["ingresses", "networkpolicies"], verbs: read },
  { apiGroup: "policy", resources: ["poddisruptionbudgets"], verbs: read },
  { apiGroup: "rbac.authorization.k8s.io", resources: ["rolebindings", "roles"], verbs: read },
];

const deployer: readonly Rule[] = [
  ...viewer,
  { apiGroup: "", resources: ["configmaps", "persistentvolumeclaims", "services"], verbs: write },
  { apiGroup: "", resources: ["secrets"], verbs: [...read, ...write] },
  { apiGroup: "", resources: ["pods"], verbs: write },
  { apiGroup: "", resources: ["pods/eviction"], verbs: ["create"] },
  { apiGroup: "apps", resources: ["daemonsets", "deployments", "replicasets", "statefulsets"], verbs: write },
  { apiGroup: "apps", resources: ["deployments/scale", "replicasets/scale", "statefulsets/scale"], verbs: ["get", "patch", "update"] },
  { apiGroup: "autoscaling", resources: ["horizontalpodautoscalers"], verbs: write },
  { apiGroup: "batch", resources: ["cronjobs", "jobs"], verbs: write },
  { apiGroup: "policy", resources: ["poddisruptionbudgets"], verbs: write },
];

const admin: readonly Rule[] = [
  ...deployer,
  { apiGroup: "", resources: ["pods/attach", "pods/exec", "pods/portforward"], verbs: ["create", "get"] },
  { apiGroup: "", resources: ["pods/ephemeralcontainers"], verbs: ["patch", "update"] },
  { apiGroup: "", resources: ["serviceaccounts"], verbs: write },
];

/** The rules of every Role. */
export const roleRules: Readonly<Record<RoleName, readonly Rule[]>> = { viewer, deployer, admin };
