/** The fixed addresses with which a messenger's traffic leaves the cluster. */
import { formatAddress, parsePrefix } from "../request/prefix";
import type { Grant } from "../allocation/grant";
import { CustomResource } from "../cluster/customResource";
import { messengerLabel } from "../cluster/labels";
import { namespaceOf } from "../cluster/namespace";
import type { Construct } from "../engine/terraform";
import type { Estate } from "../request/estate";
import { everywhere, privateNetworks } from "./privateNetworks";

/** An egress address and the server that it is put on. */
export interface EgressAddress {
  readonly address: string;
  readonly server: string;
}

/** Every address of the egress prefixes with its server; fewer servers than addresses take turns. None for a prefix without servers. */
export function egressAddresses(egress: Grant["egress"]): EgressAddress[] {
  return egress.flatMap(({ prefix, servers }) => {
    const { start, size } = parsePrefix(prefix);
    return Array.from({ length: servers.length === 0 ? 0 : size }, (_, index) => ({
      address: formatAddress(start + index),
      server: servers[index % servers.length] ?? "",
    }));
  });
}

export interface EgressGatewayProps {
  readonly messenger: string;
  /** At least one. */
  readonly addresses: readonly EgressAddress[];
  readonly estate: Pick<Estate, "sites">;
}

/**
 * The messenger's CiliumEgressGatewayPolicy: all its pods' traffic to the world, over every egress address in turn.
 * The CRD requires `egressGateway` too, and ignores it where it knows the list.
 */
export class EgressGateway extends CustomResource {
  constructor(scope: Construct, id: string, props: EgressGatewayProps) {
    const gateways = props.addresses.map(({ address, server }) => ({
      nodeSelector: { matchLabels: { "kubernetes.io/hostname": server } },
      egressIP: address,
    }));
    super(scope, id, {
      apiVersion: "cilium.io/v2",
      kind: "CiliumEgressGatewayPolicy",
      name: namespaceOf(props.messenger),
      labels: { [messengerLabel]: props.messenger },
      spec: {
        selectors: [{ podSelector: { matchLabels: { "io.kubernetes.pod.namespace": namespaceOf(props.messenger) } } }],
        destinationCIDRs: [everywhere],
        excludedCIDRs: privateNetworks(props.estate),
        egressGateway: gateways[0],
        egressGateways: gateways,
      },
    });
  }
}
