import { egressAddresses, EgressGateway } from "../../lib/network/egressGateway";
import { sampleEstate } from "../support/estate";
import { synthIn } from "../support/synth";

test("every address of the prefix has a server; fewer servers take turns", () => {
  expect(egressAddresses([{ prefix: "198.51.100.64/30", servers: ["a", "b", "c"] }])).toEqual([
    { address: "198.51.100.64", server: "a" },
    { address: "198.51.100.65", server: "b" },
    { address: "198.51.100.66", server: "c" },
    { address: "198.51.100.67", server: "a" },
  ]);
});

test("a prefix that no server carries has no gateways", () => {
  expect(egressAddresses([{ prefix: "198.51.100.64/31", servers: [] }])).toEqual([]);
});

test("the policy covers the messenger's namespace, the whole world but private networks, and every gateway by name", () => {
  const addresses = egressAddresses([{ prefix: "198.51.100.68/31", servers: ["thr1-r08-s01", "thr1-r09-s01"] }]);
  const stack = synthIn((scope) => new EgressGateway(scope, "egress", { messenger: "bale", addresses, estate: sampleEstate() }));
  const gateway = (server: string, egressIP: string) => ({ nodeSelector: { matchLabels: { "kubernetes.io/hostname": server } }, egressIP });
  expect(stack.manifest("egress")).toEqual({
    apiVersion: "cilium.io/v2",
    kind: "CiliumEgressGatewayPolicy",
    metadata: { name: "messenger-bale", labels: { "zirsakht.ir/messenger": "bale" } },
    spec: {
      selectors: [{ podSelector: { matchLabels: { "io.kubernetes.pod.namespace": "messenger-bale" } } }],
      destinationCIDRs: ["0.0.0.0/0"],
      excludedCIDRs: ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
      egressGateway: gateway("thr1-r08-s01", "198.51.100.68"),
      egressGateways: [gateway("thr1-r08-s01", "198.51.100.68"), gateway("thr1-r09-s01", "198.51.100.69")],
    },
  });
});
