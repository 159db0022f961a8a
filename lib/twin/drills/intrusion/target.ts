/** A messenger at a site as its people find it there, and what of others is within sight: the names that attempts are about. */
import { grantOf, poolHolder, type Grant } from "../../../allocation/grant";
import { namespaceOf } from "../../../cluster/namespace";
import { nodesOf } from "../../../cluster/nodes";
import { tiers, type Tier } from "../../../cluster/priority";
import type { ApiObject, Json } from "../../../manifests/apiObject";
import { attachmentName } from "../../../network/attachment";
import { egressAddresses } from "../../../network/egressGateway";
import type { AllocatedRequest } from "../../../request/allocated";
import type { Messenger } from "../../../request/messenger";
import { formatAddress, parsePrefix } from "../../../request/prefix";
import { presenceOf } from "../../../stacks/presence";

/** What both a target and its neighbour have. */
export interface Somebody {
  readonly messenger: string;
  readonly namespace: string;
  /** Whose nodes its pods run on: its own, by its id, or `pool`. */
  readonly nodes: string;
  /** One of its own servers, or of the pool's. */
  readonly server: string;
  /** One of its own public addresses; nothing without any. */
  readonly vip?: string;
  /** One of its addresses of outgoing traffic; nothing without any. */
  readonly egress?: string;
}

export interface Target extends Somebody {
  readonly site: string;
  readonly tier: Tier;
  readonly otherTier: Tier;
  /** Groups of the identity provider by Role. */
  readonly access: Messenger["access"];
  /** Whether it has rights at all: a retired messenger keeps its namespace and has none. */
  readonly live: boolean;
  /** Whether its pods may leave the cluster at all: it has the need network. */
  readonly leaves: boolean;
  /** Whether what leaves its pods is shaped: on the pool's nodes, with bandwidth. */
  readonly shaped: boolean;
  /** Whether it has a network of its own that its pods may ask for. */
  readonly attachment?: string;
  /** The identity that the API server gave to its server's node; empty where that has not joined. */
  readonly serverUid: string;
  /** The name of a BMC's Secret. */
  readonly bmcSecret: string;
  /** Another messenger that is live at the site; nothing where it is alone. */
  readonly other?: Somebody;
  /** A server on which its pods may not run. */
  readonly foreignServer: string;
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const grantedServer = ({ servers }: Grant): string | undefined => servers.find(({ state }) => state === "granted")?.name;

function somebody(request: AllocatedRequest, messenger: Messenger, site: string): Somebody | undefined {
  const grant = grantOf(request.estate, request.lock, messenger.messenger, site);
  const [nodes] = nodesOf(messenger, grant);
  const server = grantedServer(nodes === poolHolder ? grantOf(request.estate, request.lock, poolHolder, site) : grant);
  if (server === undefined) return undefined;
  const [vips] = grant.vips;
  const [first] = egressAddresses(grant.egress);
  return {
    messenger: messenger.messenger,
    namespace: namespaceOf(messenger.messenger),
    nodes,
    server,
    ...(vips !== undefined && { vip: formatAddress(parsePrefix(vips).start + 1) }),
    ...(first !== undefined && { egress: first.address }),
  };
}

/**
 * Every messenger that has a namespace at the site, the live ones first: what they make stands while the others are tried.
 * @param nodes the site's nodes by name
 */
export function targetsAt(request: AllocatedRequest, site: string, nodes: ReadonlyMap<string, ApiObject>): Target[] {
  const present = request.messengers
    .filter(({ needs }) => needs.includes("cluster"))
    .map((messenger) => ({
      messenger,
      presence: presenceOf(messenger, site, grantOf(request.estate, request.lock, messenger.messenger, site)),
    }))
    .filter(({ presence }) => presence === "live" || presence === "retired")
    .flatMap(({ messenger, presence }) => {
      const self = somebody(request, messenger, site);
      return self ? [{ messenger, self, live: presence === "live" }] : [];
    });
  const granted = [...present.map(({ self }) => self.server), grantedServer(grantOf(request.estate, request.lock, poolHolder, site))];
  const inOrder = [...present.filter(({ live }) => live), ...present.filter(({ live }) => !live)];
  return inOrder.map(({ messenger, self, live }): Target => {
    const grant = grantOf(request.estate, request.lock, messenger.messenger, site);
    const other =
      present.find((each) => each.live && each.self.messenger !== self.messenger && each.self.nodes !== self.nodes) ??
      present.find((each) => each.live && each.self.messenger !== self.messenger);
    const [vlan] = grant.vlans;
    return {
      ...self,
      site,
      tier: messenger.tier,
      otherTier: tiers.find((tier) => tier !== messenger.tier) ?? messenger.tier,
      access: messenger.access,
      live,
      leaves: messenger.needs.includes("network"),
      shaped: self.nodes === poolHolder && (grant.bandwidth?.egressMbps ?? 0) > 0,
      ...(self.nodes === poolHolder && vlan !== undefined && grant.private.length > 0 && { attachment: attachmentName }),
      serverUid: textOf(nodes.get(self.server)?.metadata.uid),
      bmcSecret: request.host(self.server).bmc.credentials,
      ...(other && { other: other.self }),
      foreignServer: granted.find((server) => server !== undefined && server !== self.server) ?? `${site}-x-s01`,
    };
  });
}
