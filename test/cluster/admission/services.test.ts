import { servicesRule } from "../../../lib/cluster/admission/services";
import { refusals } from "../../support/admission";

const namespace = { "zirsakht.ir/messenger": "bale" };
const create = (spec: object, labels: Record<string, string> = namespace) =>
  refusals(servicesRule, { operation: "CREATE", object: { spec }, namespace: labels });

test.each([
  [{ clusterIP: "None" }],
  [{ type: "ClusterIP", ports: [{ port: 80 }] }],
  [{ type: "ExternalName", externalName: "example.org" }],
  [{ type: "LoadBalancer", allocateLoadBalancerNodePorts: false, ports: [{ port: 443 }] }],
])("%j is admitted", (spec) => {
  expect(create(spec)).toEqual([]);
});

test("external addresses of one's own choice are refused", () => {
  expect(create({ externalIPs: ["198.51.100.1"] })).toEqual([
    "spec.externalIPs must be empty: public addresses come from the messenger's own pool, by type LoadBalancer",
  ]);
});

test.each([[{ type: "LoadBalancer" }], [{ type: "LoadBalancer", allocateLoadBalancerNodePorts: true }]])(
  "%j is refused: it opens node ports",
  (spec) => {
    expect(create(spec)).toEqual([
      "a LoadBalancer must have spec.allocateLoadBalancerNodePorts: false; its traffic comes through its own address",
    ]);
  },
);

test("another class of load balancer is refused: it may open a service on every node", () => {
  expect(create({ type: "LoadBalancer", allocateLoadBalancerNodePorts: false, loadBalancerClass: "io.cilium/node" })).toEqual([
    "spec.loadBalancerClass must be left out: the site's load balancers serve services without one",
  ]);
});

test("a named node port is refused, on update too", () => {
  const spec = { type: "NodePort", ports: [{ port: 80 }, { port: 443, nodePort: 30443 }] };
  expect(create(spec)).toEqual([
    "node ports are not given, for nodes are shared: use type LoadBalancer, or ClusterIP inside the cluster",
    "spec.ports may not name a nodePort: nodes are shared",
  ]);
  expect(refusals(servicesRule, { operation: "UPDATE", oldObject: { spec: {} }, object: { spec }, namespace })).toHaveLength(2);
});

test("the site's own services are not judged", () => {
  expect(create({ type: "LoadBalancer", externalIPs: ["198.51.100.1"] }, { "kubernetes.io/metadata.name": "kube-system" })).toEqual([]);
});
