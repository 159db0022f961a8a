/** Public addresses of a messenger's services, and the routers that learn of them. */
import { formatAddress, parsePrefix } from "../request/prefix";
import { CustomResource } from "../cluster/customResource";
import { messengerLabel } from "../cluster/labels";
import { namespaceOf } from "../cluster/namespace";
import { loadBalancerNamespace } from "../cluster/siteNamespaces";
import { Construct } from "../engine/terraform";
import { peerOf } from "./peer";

/** The addresses of prefixes that a pool hands out: `avoidBuggyIPs` leaves out those that end in 0 or 255. */
export function givenAddresses(prefixes: readonly string[]): string[] {
  return prefixes.flatMap((text) => {
    const { start, size } = parsePrefix(text);
    return Array.from({ length: size }, (_, index) => formatAddress(start + index)).filter((address) => !/\.(?:0|255)$/.test(address));
  });
}

/** How many addresses a pool hands out. */
export function usableAddresses(prefixes: readonly string[]): number {
  return givenAddresses(prefixes).length;
}

export interface AddressPoolProps {
  readonly messenger: string;
  /** Its public prefixes at the site; at least one. */
  readonly vips: readonly string[];
  /** Whose nodes announce them: the messenger's id or `pool`, or both during a change of tier. */
  readonly nodes: readonly string[];
  /** The racks of those nodes. */
  readonly racks: readonly string[];
}

/**
 * The messenger's IPAddressPool, for its namespace alone, and its BGPAdvertisement, from its own nodes to their racks' switches.
 * Nothing here is left empty: to MetalLB an empty list of namespaces, pools, peers or nodes means all of them.
 */
export class AddressPool extends Construct {
  constructor(scope: Construct, id: string, props: AddressPoolProps) {
    super(scope, id);
    const name = namespaceOf(props.messenger);
    const labels = { [messengerLabel]: props.messenger };
    const pool = new CustomResource(this, "Resource", {
      apiVersion: "metallb.io/v1beta1",
      kind: "IPAddressPool",
      name,
      namespace: loadBalancerNamespace,
      labels,
      spec: { addresses: props.vips, avoidBuggyIPs: true, serviceAllocation: { namespaces: [namespaceOf(props.messenger)] } },
    });
    if (props.racks.length === 0) return;
    new CustomResource(this, "advertisement", {
      apiVersion: "metallb.io/v1beta1",
      kind: "BGPAdvertisement",
      name,
      namespace: loadBalancerNamespace,
      labels,
      spec: {
        ipAddressPools: [name],
        peers: props.racks.map(peerOf),
        nodeSelectors: props.nodes.map((nodes) => ({ matchLabels: { [messengerLabel]: nodes } })),
      },
      dependsOn: [pool],
    });
  }
}
