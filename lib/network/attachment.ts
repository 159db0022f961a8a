/** A pool messenger's VLAN and private prefix, as a second interface that its pods may ask for. */
import { addressOf, gatewayOf, overlaps, parsePrefix } from "../request/prefix";
import { CustomResource } from "../cluster/customResource";
import type { Construct, ITerraformDependable } from "../engine/terraform";
import { bond } from "../hardware/hostNetwork";

/** The attachment's name: pods ask for it with `k8s.v1.cni.cncf.io/networks: private`. */
export const attachmentName = "private";

export interface AttachmentProps {
  readonly namespace: string;
  readonly vlan: number;
  readonly prefixes: readonly string[];
  /** Addresses that hosts already have, during a change of tier. @default none */
  readonly taken?: readonly string[];
  readonly dependsOn: ITerraformDependable[];
}

const isIn = (prefix: string) => (address: string) => overlaps(parsePrefix(prefix), { start: addressOf(address), size: 1 });

/**
 * The NetworkAttachmentDefinition. `macvlan`, because `vlan` gives the interface to one pod of a node only; `whereabouts`,
 * because `host-local` would repeat addresses on every node.
 */
export class Attachment extends CustomResource {
  constructor(scope: Construct, id: string, props: AttachmentProps) {
    const { prefixes, taken = [] } = props;
    const config = {
      cniVersion: "1.0.0",
      name: attachmentName,
      type: "macvlan",
      master: `${bond}.${props.vlan}`,
      mode: "bridge",
      ipam: {
        type: "whereabouts",
        ipRanges: prefixes.map((range) => ({
          range,
          exclude: [gatewayOf(range), ...taken.filter(isIn(range))].map((address) => `${address}/32`),
        })),
      },
    };
    super(scope, id, {
      apiVersion: "k8s.cni.cncf.io/v1",
      kind: "NetworkAttachmentDefinition",
      name: attachmentName,
      namespace: props.namespace,
      spec: { config: JSON.stringify(config) },
      dependsOn: props.dependsOn,
    });
  }
}
