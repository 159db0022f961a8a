/** Who may talk to whom: nobody by default, then DNS, the namespace itself, the load balancers and the way out. */
import { Construct } from "../engine/terraform";
import type { ITerraformDependable } from "../engine/terraform";
import { NetworkPolicyV1, type NetworkPolicyV1Spec } from "../engine/kubernetes";
import { everywhere, privateNetworks } from "../network/privateNetworks";
import type { Estate } from "../request/estate";
import { egressLabel } from "./labels";

export interface IsolationProps {
  readonly namespace: string;
  readonly estate: Pick<Estate, "sites">;
  /** Whether load balancers may reach its pods: it holds public addresses. */
  readonly reachable: boolean;
  /** Whether its pods may leave the cluster: it has network. */
  readonly leaves: boolean;
  readonly dependsOn: ITerraformDependable[];
}

const everyPod = {};
const port53 = [
  { port: "53", protocol: "UDP" },
  { port: "53", protocol: "TCP" },
];

/** The rules by their names, which are also their construct ids. */
function rules({ estate, reachable, leaves }: IsolationProps): Readonly<Record<string, NetworkPolicyV1Spec>> {
  return {
    "default-deny": { podSelector: everyPod, policyTypes: ["Ingress", "Egress"] },
    dns: {
      podSelector: everyPod,
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
              podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: port53,
        },
      ],
    },
    "within-namespace": {
      podSelector: everyPod,
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [{ podSelector: everyPod }] }],
      egress: [{ to: [{ podSelector: everyPod }] }],
    },
    ...(reachable && {
      // Everywhere is outside the cluster: Cilium matches no pod by its address, so this lets no other messenger's pods in.
      "from-load-balancers": { podSelector: everyPod, policyTypes: ["Ingress"], ingress: [{ from: [{ ipBlock: { cidr: everywhere } }] }] },
    }),
    ...(leaves && {
      egress: {
        podSelector: { matchLabels: { [egressLabel]: "true" } },
        policyTypes: ["Egress"],
        egress: [{ to: [{ ipBlock: { cidr: everywhere, except: privateNetworks(estate) } }] }],
      },
    }),
  };
}

/** The namespace's NetworkPolicies. Policies only add up, so the default deny stands for everything that no other one names. */
export class Isolation extends Construct {
  constructor(scope: Construct, id: string, props: IsolationProps) {
    super(scope, id);
    for (const [name, spec] of Object.entries(rules(props)))
      new NetworkPolicyV1(this, name, { metadata: { name, namespace: props.namespace }, spec, dependsOn: props.dependsOn });
  }
}
