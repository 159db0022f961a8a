import { Isolation, type IsolationProps } from "../../lib/cluster/isolation";
import { sampleEstate } from "../support/estate";
import { synthIn } from "../support/synth";

const policies = (props: Partial<IsolationProps> = {}) =>
  synthIn(
    (stack) =>
      new Isolation(stack, "isolation", {
        namespace: "messenger-bale",
        estate: sampleEstate(),
        reachable: true,
        leaves: true,
        dependsOn: [],
        ...props,
      }),
  );
const spec = (name: string) => policies().at(`kubernetes_network_policy_v1.isolation_${name}`).spec;

test("nothing is allowed by default, in either direction, for any pod", () => {
  expect(spec("default-deny")).toEqual({ pod_selector: {}, policy_types: ["Ingress", "Egress"] });
});

test("every pod may ask the cluster's DNS", () => {
  expect(spec("dns")).toEqual({
    pod_selector: {},
    policy_types: ["Egress"],
    egress: [
      {
        to: [
          {
            namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "kube-system" } },
            pod_selector: { match_labels: { "k8s-app": "kube-dns" } },
          },
        ],
        ports: [
          { port: "53", protocol: "UDP" },
          { port: "53", protocol: "TCP" },
        ],
      },
    ],
  });
});

test("pods of the namespace reach each other, and no other namespace", () => {
  expect(spec("within-namespace")).toEqual({
    pod_selector: {},
    policy_types: ["Ingress", "Egress"],
    ingress: [{ from: [{ pod_selector: {} }] }],
    egress: [{ to: [{ pod_selector: {} }] }],
  });
});

test("only pods with the label leave the cluster, and reach no private network", () => {
  expect(spec("egress")).toEqual({
    pod_selector: { match_labels: { "zirsakht.ir/egress": "true" } },
    policy_types: ["Egress"],
    egress: [
      {
        to: [
          {
            ip_block: {
              cidr: "0.0.0.0/0",
              except: ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
            },
          },
        ],
      },
    ],
  });
});

test("without network there is no way in and no way out", () => {
  expect(policies({ reachable: false, leaves: false }).addresses).toEqual([
    "kubernetes_network_policy_v1.isolation_default-deny",
    "kubernetes_network_policy_v1.isolation_dns",
    "kubernetes_network_policy_v1.isolation_within-namespace",
  ]);
});
