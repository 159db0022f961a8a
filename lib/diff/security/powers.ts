/** Permissions with which one gets more than they say. */
import type { Permission } from "./permissions";

export interface Power {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** What one can do by it. */
  readonly by: string;
  /** Whether a messenger's own Roles have it within their namespace, as lib/cluster/roles.ts gives it. @default no */
  readonly usual?: true;
}

const rbac = "rbac.authorization.k8s.io";
const admission = "admissionregistration.k8s.io";
const write = ["create", "delete", "deletecollection", "patch", "update"];
const make = ["create", "patch", "update"];
const change = ["patch", "update"];
const read = ["get", "list", "watch"];
const connect = ["create", "get"];

/** In the order in which a reviewer should read them. */
export const powers: readonly Power[] = [
  { group: rbac, resources: ["clusterroles", "roles"], verbs: ["escalate"], by: "gives a Role any right, also those that one has not" },
  { group: rbac, resources: ["clusterroles", "roles"], verbs: ["bind"], by: "binds any Role to oneself" },
  { group: "", resources: ["groups", "serviceaccounts", "users"], verbs: ["impersonate"], by: "acts as anybody" },
  { group: "authentication.k8s.io", resources: ["uids", "userextras"], verbs: ["impersonate"], by: "acts with anybody's marks" },
  { group: rbac, resources: ["clusterrolebindings", "clusterroles", "rolebindings", "roles"], verbs: write, by: "writes access rules" },
  { group: "", resources: ["serviceaccounts/token"], verbs: ["create"], by: "makes tokens of any ServiceAccount" },
  { group: "", resources: ["nodes/proxy"], verbs: ["create", "get"], by: "runs commands in every pod of a node, past admission and audit" },
  {
    group: "certificates.k8s.io",
    resources: ["certificatesigningrequests/approval"],
    verbs: change,
    by: "approves certificates of any identity",
  },
  { group: "certificates.k8s.io", resources: ["signers"], verbs: ["approve", "sign"], by: "signs certificates of any identity" },
  {
    group: admission,
    resources: [
      "mutatingadmissionpolicies",
      "mutatingadmissionpolicybindings",
      "mutatingwebhookconfigurations",
      "validatingadmissionpolicies",
      "validatingadmissionpolicybindings",
      "validatingwebhookconfigurations",
    ],
    verbs: write,
    by: "switches off what keeps messengers apart and hosts from being wiped, or reads what is admitted",
  },
  {
    group: "apiextensions.k8s.io",
    resources: ["customresourcedefinitions"],
    verbs: write,
    by: "deletes or redefines kinds, hosts among them",
  },
  { group: "apiregistration.k8s.io", resources: ["apiservices"], verbs: write, by: "answers for the API, and reads what is sent to it" },
  {
    group: "",
    resources: ["namespaces"],
    verbs: write,
    by: "lowers a namespace's pod security, moves it to other nodes, or deletes all in it",
  },
  {
    group: "",
    resources: ["nodes", "nodes/status"],
    verbs: ["delete", ...change],
    by: "moves nodes to another messenger, or takes them away",
  },
  { group: "", resources: ["bindings", "pods/binding"], verbs: ["create"], by: "puts pods on any node" },
  { group: "", resources: ["persistentvolumes"], verbs: make, by: "mounts any folder of a node" },
  {
    group: "metal3.io",
    resources: ["baremetalhosts", "baremetalhosts/status"],
    verbs: write,
    by: "wipes, powers off or takes over servers",
  },
  { group: "networking.k8s.io", resources: ["networkpolicies"], verbs: write, by: "opens the namespace to others" },
  {
    group: "cilium.io",
    resources: ["ciliumclusterwidenetworkpolicies", "ciliumegressgatewaypolicies", "ciliumnetworkpolicies"],
    verbs: write,
    by: "opens networks, or leaves with another's addresses",
  },
  { group: "k8s.cni.cncf.io", resources: ["network-attachment-definitions"], verbs: write, by: "joins any VLAN of the site" },
  {
    group: "metallb.io",
    resources: ["bfdprofiles", "bgpadvertisements", "bgppeers", "communities", "ipaddresspools", "l2advertisements"],
    verbs: write,
    by: "takes any public address of the site",
  },
  { group: "", resources: ["endpoints", "services/status"], verbs: change, by: "turns another's traffic to itself" },
  { group: "discovery.k8s.io", resources: ["endpointslices"], verbs: make, by: "turns another's traffic to itself" },
  { group: "", resources: ["limitranges", "resourcequotas", "resourcequotas/status"], verbs: write, by: "takes more than the grant" },
  { group: "scheduling.k8s.io", resources: ["priorityclasses"], verbs: write, by: "pushes others' pods off their nodes" },
  { group: "", resources: ["pods/proxy", "services/proxy"], verbs: connect, by: "reaches pods past network policies" },
  { group: "", resources: ["secrets"], verbs: read, by: "reads every credential there", usual: true },
  { group: "", resources: ["secrets"], verbs: ["create"], by: "makes lasting tokens of its ServiceAccounts", usual: true },
  { group: "", resources: ["pods/attach", "pods/exec"], verbs: connect, by: "runs commands in pods, with all that they hold", usual: true },
  {
    group: "",
    resources: ["pods/ephemeralcontainers"],
    verbs: change,
    by: "runs its own image in pods, with all that they hold",
    usual: true,
  },
  { group: "", resources: ["pods/portforward"], verbs: connect, by: "reaches pods past network policies", usual: true },
  {
    group: "",
    resources: ["pods", "replicationcontrollers"],
    verbs: make,
    by: "runs anything as any ServiceAccount there, and mounts its Secrets",
    usual: true,
  },
  {
    group: "apps",
    resources: ["daemonsets", "deployments", "replicasets", "statefulsets"],
    verbs: make,
    by: "runs anything as any ServiceAccount there, and mounts its Secrets",
    usual: true,
  },
  {
    group: "batch",
    resources: ["cronjobs", "jobs"],
    verbs: make,
    by: "runs anything as any ServiceAccount there, and mounts its Secrets",
    usual: true,
  },
];

/** A ClusterRole that every cluster has, and what who holds it can do. */
export const builtIn: Readonly<Record<string, string>> = {
  "cluster-admin": "does anything",
  admin: "writes access rules, reads every credential and runs anything there",
  edit: "reads every credential and runs anything there",
  "system:node": "acts as a node",
  "system:kube-controller-manager": "acts as the control plane",
  "system:kube-scheduler": "puts pods on any node",
};

/** The single permissions of a power. */
export function permissionsIn({ group, resources, verbs }: Power): Permission[] {
  return resources.flatMap((resource) => verbs.map((verb) => ({ group, resource, verb })));
}
