/** What a site's own network tools must do at its switches and routers: a value, and its text. */
import { grantsAt, poolHolder, type Grant, type GrantedServer } from "../allocation/grant";
import { gatewayOf } from "../request/prefix";
import { isNode } from "../cluster/nodes";
import type { JsonObject } from "../manifests/apiObject";
import { toDocument } from "../manifests/yaml";
import type { AllocatedRequest } from "../request/allocated";
import type { Group } from "../request/estate";
import { egressAddresses } from "./egressGateway";

/** A held server at its rack's switch. */
export interface PlannedServer {
  readonly holder: string;
  /** The ports of its bond (LACP). */
  readonly ports: readonly string[];
  /** The VLANs that its ports carry, all tagged. */
  readonly tagged: readonly number[];
  readonly address: string;
  /** What it may send, in Mbit/s, as one bond. @default - not policed: the pool's pods are shaped one by one */
  readonly egressMbps?: number;
  /** Public addresses to put on it; its own network data takes effect only when it is provisioned. @default none */
  readonly egress?: readonly string[];
}

/** A rack's switch. */
export interface PlannedRack {
  readonly switch: { readonly address: string; readonly asn: number };
  /** Addresses of the nodes that open a BGP session to it. */
  readonly peers: readonly string[];
  readonly servers: Readonly<Record<string, PlannedServer>>;
}

/** What a holder has on the site's network. */
export interface PlannedHolder {
  readonly vlans: readonly number[];
  /** Private prefixes and the gateway that the routers answer for in each. */
  readonly private: readonly { readonly prefix: string; readonly gateway: string }[];
  /** Public prefixes that the routers announce into its VLAN, for it has nothing in the cluster that would. */
  readonly announced: readonly string[];
  /** Promised at the site's uplink, in Mbit/s; ingress is a budget, not a limit. */
  readonly bandwidth?: { readonly egressMbps: number; readonly ingressMbps: number };
}

/** The plan of one site. */
export interface SwitchPlan {
  readonly site: string;
  readonly asn: number;
  readonly uplinkMbps: number;
  readonly holders: Readonly<Record<string, PlannedHolder>>;
  readonly racks: Readonly<Record<string, PlannedRack>>;
}

/** The largest number of servers that share a rack. */
function largestRack(servers: readonly GrantedServer[]): number {
  const counts = new Map<string, number>();
  for (const { rack } of servers) counts.set(rack, (counts.get(rack) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** What each server of a group may send: the group's egress over the servers that are left after its largest rack, rounded up. */
function policingOf(grant: Grant, group: Group): number | undefined {
  const egress = grant.bandwidth?.groups[group];
  const servers = grant.servers.filter((server) => server.group === group && server.state === "granted");
  if (egress === undefined || servers.length === 0) return undefined;
  const left = servers.length - largestRack(servers);
  return Math.ceil(egress / (left > 0 ? left : servers.length));
}

/**
 * The switch plan of a site: pure, in order of names.
 * @param site a site of the estate
 */
export function switchPlan({ estate, messengers, lock, host }: AllocatedRequest, site: string): SwitchPlan {
  const place = estate.sites[site];
  if (!place) throw new RangeError(`the estate has no site ${site}`);
  const grants = grantsAt(estate, lock, site);
  const clustered = new Set(messengers.filter(({ needs }) => needs.includes("cluster")).map(({ messenger }) => messenger));
  const usesPool = (grant: Grant) => grant.holder === poolHolder || grant.quota !== undefined;
  const poolVlans = [...new Set(grants.filter(usesPool).flatMap(({ vlans }) => vlans))].sort((a, b) => a - b);
  const egressOf = new Map<string, string[]>();
  for (const { address, server } of grants.flatMap(({ egress }) => egressAddresses(egress)))
    egressOf.set(server, [...(egressOf.get(server) ?? []), address]);

  const plannedServer = (grant: Grant, server: GrantedServer): PlannedServer => {
    const egressMbps = policingOf(grant, server.group);
    const egress = egressOf.get(server.name);
    return {
      holder: grant.holder,
      ports: host(server.name).nics.map(({ port }) => port),
      tagged: grant.holder === poolHolder ? poolVlans : grant.vlans,
      address: server.address,
      ...(egressMbps !== undefined && { egressMbps }),
      ...(egress && { egress }),
    };
  };
  const heldIn = new Map<string, { grant: Grant; server: GrantedServer }[]>();
  for (const grant of grants)
    for (const server of grant.servers) {
      const held = heldIn.get(server.rack) ?? [];
      held.push({ grant, server });
      heldIn.set(server.rack, held);
    }
  const inCluster = (grant: Grant) => grant.holder === poolHolder || clustered.has(grant.holder);
  const plannedRack = (rack: string, tor: PlannedRack["switch"]): PlannedRack => {
    const sorted = (heldIn.get(rack) ?? []).toSorted((a, b) => (a.server.name < b.server.name ? -1 : 1));
    return {
      switch: tor,
      peers: sorted.filter(({ grant, server }) => inCluster(grant) && isNode(server)).map(({ server }) => server.address),
      servers: Object.fromEntries(sorted.map(({ grant, server }) => [server.name, plannedServer(grant, server)])),
    };
  };
  const plannedHolder = (grant: Grant): PlannedHolder => ({
    vlans: grant.vlans,
    private: grant.private.map((prefix) => ({ prefix, gateway: gatewayOf(prefix) })),
    announced: inCluster(grant) ? [] : [...grant.vips, ...grant.egress.map(({ prefix }) => prefix)],
    ...(grant.bandwidth && { bandwidth: { egressMbps: grant.bandwidth.egressMbps, ingressMbps: grant.bandwidth.ingressMbps } }),
  });
  return {
    site,
    asn: place.asn,
    uplinkMbps: place.uplink,
    holders: Object.fromEntries(grants.map((grant) => [grant.holder, plannedHolder(grant)])),
    racks: Object.fromEntries(
      Object.entries(place.racks)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, rack]) => [name, plannedRack(name, rack.switch)]),
    ),
  };
}

/** The plan as JSON, which it is; only that an interface is no index signature to the compiler. */
export function switchPlanJson(plan: SwitchPlan): JsonObject {
  return plan as unknown as JsonObject;
}

/** The plan as the YAML file that the network's tools read. */
export function switchPlanText(plan: SwitchPlan): string {
  return toDocument(switchPlanJson(plan));
}
