/** The BGP session between a rack's nodes and the rack's switch. */
import { CustomResource } from "../cluster/customResource";
import { zoneLabel } from "../cluster/labels";
import type { Construct } from "../engine/terraform";
import type { Rack } from "../request/estate";
import { loadBalancerNamespace } from "../cluster/siteNamespaces";

/** The name of a rack's BGPPeer. */
export function peerOf(rack: string): string {
  return `rack-${rack}`;
}

export interface PeerProps {
  readonly rack: string;
  readonly switch: Rack["switch"];
  /** The site's own autonomous system. */
  readonly asn: number;
}

/** A rack's BGPPeer: only the rack's own nodes speak to its switch. What they announce is each holder's own advertisement. */
export class Peer extends CustomResource {
  constructor(scope: Construct, id: string, props: PeerProps) {
    super(scope, id, {
      apiVersion: "metallb.io/v1beta2",
      kind: "BGPPeer",
      name: peerOf(props.rack),
      namespace: loadBalancerNamespace,
      spec: {
        myASN: props.asn,
        peerASN: props.switch.asn,
        peerAddress: props.switch.address,
        // The switch's address is its own, in no holder's VLAN; some speakers open no session to a peer outside their network otherwise.
        ebgpMultiHop: true,
        nodeSelectors: [{ matchLabels: { [zoneLabel]: props.rack } }],
      },
      protect: true,
    });
  }
}
