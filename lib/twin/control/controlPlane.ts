/** The Kubernetes of a site of the twin: its programs and their arguments. All of it listens on loopback only. */
import type { Identity } from "./authority";
import type { Component } from "./component";
import type { SiteFolder } from "./folder";
import { loopback, type Ports } from "./port";

/** The programs that speak to the API server, each with an identity of its own. */
export const controlPlaneIdentities: Readonly<Record<string, Identity>> = {
  "kube-controller-manager": { user: "system:kube-controller-manager", groups: [] },
  "kube-scheduler": { user: "system:kube-scheduler", groups: [] },
  // It plays all kubelets at once, which no node's own identity could.
  kwok: { user: "zirsakht-twin-kubelets", groups: ["system:masters"] },
};

/** The kubeconfig of a program of the site. */
export const kubeconfigFor = (folder: SiteFolder, program: string): string => folder.pki(`${program}.kubeconfig`);

/** A loopback URL. */
export const at = (port: number, scheme = "https"): string => `${scheme}://${loopback}:${String(port)}`;

/** How many requests a second the control plane's programs may send: a twin has no neighbours to spare. */
const requestRate = ["--kube-api-qps=500", "--kube-api-burst=1000"];

/**
 * A socket in the site's folder, which is where etcd and the API server run. Only the folder's owner opens it, no port is taken, and a
 * name without a path is short enough for every system, however deep the folder lies.
 */
const socket = (name: string): string => `unix://${name}:0`;

/** etcd. It does not wait for the disk: what a power cut takes of a twin is raised anew. */
export function etcd(folder: SiteFolder): Component {
  const [client, peer] = [socket("etcd"), socket("peer")];
  return {
    name: "etcd",
    args: [
      `--data-dir=${folder.etcd}`,
      "--unsafe-no-fsync",
      "--log-level=warn",
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
    ],
    ports: [],
  };
}

/**
 * Ways into a cluster lead to a socket that is not there: its pods have invented addresses, and whoever asks the API server to speak to one
 * must not reach the machine's own network.
 */
export const egressSelection = (): string =>
  JSON.stringify({
    apiVersion: "apiserver.k8s.io/v1beta1",
    kind: "EgressSelectorConfiguration",
    egressSelections: [{ name: "cluster", connection: { proxyProtocol: "HTTPConnect", transport: { uds: { udsName: "nowhere" } } } }],
  });

/** The API server: client certificates only, nobody anonymous, nodes held to what is theirs. */
export function apiServer(folder: SiteFolder, ports: Ports): Component {
  return {
    name: "kube-apiserver",
    args: [
      `--etcd-servers=${socket("etcd")}`,
      `--egress-selector-config-file=${folder.egress}`,
      `--bind-address=${loopback}`,
      `--advertise-address=${loopback}`,
      `--secure-port=${String(ports.apiServer)}`,
      "--endpoint-reconciler-type=none",
      `--tls-cert-file=${folder.pki("server.crt")}`,
      `--tls-private-key-file=${folder.pki("server.key")}`,
      `--client-ca-file=${folder.pki("authority.crt")}`,
      "--anonymous-auth=false",
      "--authorization-mode=Node,RBAC",
      "--enable-admission-plugins=NodeRestriction",
      "--allow-privileged",
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-signing-key-file=${folder.pki("service-accounts.key")}`,
      `--service-account-key-file=${folder.pki("service-accounts.pub")}`,
      "--service-cluster-ip-range=10.96.0.0/16",
    ],
    ports: [ports.apiServer],
    health: `${at(ports.apiServer)}/readyz`,
  };
}

function served(folder: SiteFolder, port: number): string[] {
  return [
    `--bind-address=${loopback}`,
    `--secure-port=${String(port)}`,
    `--tls-cert-file=${folder.pki("server.crt")}`,
    `--tls-private-key-file=${folder.pki("server.key")}`,
    "--leader-elect=false",
    ...requestRate,
  ];
}

/** What works once the API server answers: the controllers, the scheduler, and kwok, which plays the kubelets. */
export function controlPlane(folder: SiteFolder, ports: Ports): Component[] {
  return [
    {
      name: "kube-controller-manager",
      args: [
        `--kubeconfig=${kubeconfigFor(folder, "kube-controller-manager")}`,
        ...served(folder, ports.controllerManager),
        "--use-service-account-credentials",
        // A pod that the quota was charged for and that never came, or left unseen, is counted until the next full count: every five minutes
        // in a cluster, here within the time in which a drill takes nothing moving for rest.
        "--resource-quota-sync-period=15s",
        `--service-account-private-key-file=${folder.pki("service-accounts.key")}`,
        `--root-ca-file=${folder.pki("authority.crt")}`,
        `--cluster-signing-cert-file=${folder.pki("authority.crt")}`,
        `--cluster-signing-key-file=${folder.pki("authority.key")}`,
      ],
      ports: [ports.controllerManager],
      health: `${at(ports.controllerManager)}/healthz`,
    },
    {
      name: "kube-scheduler",
      args: [`--kubeconfig=${kubeconfigFor(folder, "kube-scheduler")}`, ...served(folder, ports.scheduler)],
      ports: [ports.scheduler],
      health: `${at(ports.scheduler)}/healthz`,
    },
    {
      name: "kwok",
      args: [
        `--kubeconfig=${kubeconfigFor(folder, "kwok")}`,
        "--manage-all-nodes=true",
        "--node-lease-duration-seconds=40",
        // A list of comma-separated values to kwok, so a path with a comma in it must be quoted.
        `--config="${folder.stages.replaceAll('"', '""')}"`,
        `--server-address=${loopback}:${String(ports.kwok)}`,
      ],
      ports: [ports.kwok],
      health: `${at(ports.kwok, "http")}/healthz`,
    },
  ];
}
