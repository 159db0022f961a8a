/** Bandwidth as something that the pool's nodes have and pods ask for, so that the scheduler never promises it twice. */
import type { GrantedServer } from "../allocation/grant";
import { CustomResource } from "../cluster/customResource";
import { quantity } from "../cluster/quantity";
import type { Construct } from "../engine/terraform";
import type { Estate, Rack } from "../request/estate";
import { capacityOf } from "../request/server";

/** What a pod that leaves the cluster asks for, in Mbit/s. */
export const egressResource = "zirsakht.ir/egress-mbps";
/** A budget of what comes in, in Mbit/s; nothing limits it. */
export const ingressResource = "zirsakht.ir/ingress-mbps";

/** What a server of a rack can promise, in Mbit/s: the smaller of its NIC and its share of the rack's uplink less the headroom. */
export function serverMbps(estate: Pick<Estate, "classes" | "headroom">, rack: Rack): number {
  const serverClass = estate.classes[rack.class];
  const nic = serverClass ? capacityOf(serverClass).nicMbps : 0;
  return Math.min(nic, Math.floor((rack.uplink * (1000 - estate.headroom.uplink)) / 1000 / rack.servers));
}

export interface BandwidthProps {
  readonly estate: Pick<Estate, "classes" | "headroom">;
  readonly racks: Readonly<Record<string, Rack>>;
  /** The pool's servers. */
  readonly servers: readonly GrantedServer[];
}

/** The site's NodeFeatureRule: a rule a rack that names its pool servers, for a rule that matches nothing in particular matches every node. */
export class Bandwidth extends CustomResource {
  constructor(scope: Construct, id: string, props: BandwidthProps) {
    const rules = Object.entries(props.racks).flatMap(([name, rack]) => {
      const servers = props.servers.filter((server) => server.rack === name).map((server) => server.name);
      const mbps = quantity(serverMbps(props.estate, rack), "");
      return servers.length === 0
        ? []
        : {
            name: `rack ${name}`,
            extendedResources: { [egressResource]: mbps, [ingressResource]: mbps },
            matchFeatures: [{ feature: "system.name", matchExpressions: { nodename: { op: "In", value: servers } } }],
          };
    });
    super(scope, id, {
      apiVersion: "nfd.k8s-sigs.io/v1alpha1",
      kind: "NodeFeatureRule",
      name: "zirsakht-bandwidth",
      spec: { rules: rules.sort((a, b) => (a.name < b.name ? -1 : 1)) },
    });
  }
}
