import { Peer } from "../../lib/network/peer";
import { synthIn } from "../support/synth";

test("only a rack's own nodes speak to its switch; the session is kept", () => {
  const stack = synthIn((scope) => new Peer(scope, "peer", { rack: "r01", switch: { address: "10.0.1.1", asn: 64613 }, asn: 64512 }));
  expect(stack.manifest("peer")).toMatchObject({
    apiVersion: "metallb.io/v1beta2",
    kind: "BGPPeer",
    metadata: { name: "rack-r01", namespace: "metallb-system" },
    spec: {
      myASN: 64512,
      peerASN: 64613,
      peerAddress: "10.0.1.1",
      ebgpMultiHop: true,
      nodeSelectors: [{ matchLabels: { "topology.kubernetes.io/zone": "r01" } }],
    },
  });
  expect(stack.at("kubernetes_manifest.peer").lifecycle).toEqual({ prevent_destroy: true });
});
