/** The operators of a site of the twin, as a real site runs them: hosts, addresses of services, features of nodes. */
import { hardwareNamespace, loadBalancerNamespace } from "../../cluster/siteNamespaces";
import type { Identity } from "./authority";
import type { Component } from "./component";
import { at, kubeconfigFor } from "./controlPlane";
import type { SiteFolder } from "./folder";
import { loopback, type Ports } from "./port";

/** Where nfd-master and the nodes' features live. */
export const featureNamespace = "node-feature-discovery";
/** The group of all operators; the site's set-up makes it an administrator. */
export const operatorGroup = "zirsakht-twin:operators";

/** A site's own node, which is no server of the estate: what the site runs itself lives there. */
export const controlPlaneNode = (site: string): string => `${site}-control-plane`;

const serviceAccount = (namespace: string, name: string): Identity => ({
  user: `system:serviceaccount:${namespace}:${name}`,
  groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, operatorGroup],
});

/** The operators as the API server knows them: by the names that their own manifests give them. */
export const operatorIdentities: Readonly<Record<string, Identity>> = {
  "baremetal-operator": serviceAccount("baremetal-operator-system", "baremetal-operator-controller-manager"),
  "metallb-controller": serviceAccount(loadBalancerNamespace, "controller"),
  "nfd-master": serviceAccount(featureNamespace, "nfd-master"),
};

/**
 * A port that cannot be listened on. MetalLB and nfd-master have no flag for the address of their metrics and would listen on every
 * address of the machine; with this port they say so once and go on without.
 */
const nowhere = "65536";

/** The real operators: Baremetal Operator in its test mode (no iron is asked), MetalLB's controller, nfd-master. */
export function operators(folder: SiteFolder, ports: Ports): Component[] {
  const kubeconfig = (program: string): string => `--kubeconfig=${kubeconfigFor(folder, program)}`;
  return [
    {
      name: "baremetal-operator",
      args: [
        kubeconfig("baremetal-operator"),
        "-test-mode",
        `-namespace=${hardwareNamespace}`,
        "-webhook-port=0",
        "-metrics-addr=0",
        `-health-addr=${loopback}:${String(ports.hosts)}`,
        "-controller-concurrency=8",
        "-kube-api-qps=500",
        "-kube-api-burst=1000",
      ],
      ports: [ports.hosts],
      health: `${at(ports.hosts, "http")}/healthz`,
    },
    {
      name: "metallb-controller",
      args: [
        kubeconfig("metallb-controller"),
        `--namespace=${loadBalancerNamespace}`,
        "--webhook-mode=disabled",
        "--disable-cert-rotation",
        `--port=${nowhere}`,
      ],
      ports: [],
    },
    {
      name: "nfd-master",
      args: [kubeconfig("nfd-master"), `--port=${nowhere}`, `--config=${folder.path}/nfd-master.conf`],
      env: {
        NODE_NAME: controlPlaneNode(folder.site),
        POD_NAMESPACE: featureNamespace,
        KUBERNETES_NAMESPACE: featureNamespace,
      },
      ports: [],
    },
  ];
}
