/** One messenger at one site: everything that it is granted there, in one state, so that a dead site never stops the living one. */
import { poolHolder, type Grant } from "../allocation/grant";
import { Access } from "../cluster/access";
import { Isolation } from "../cluster/isolation";
import { Limits } from "../cluster/limits";
import { MessengerNamespace, namespaceOf } from "../cluster/namespace";
import { nodesOf, racksOf } from "../cluster/nodes";
import { Quota } from "../cluster/quota";
import type { Construct } from "../engine/terraform";
import { Hosts } from "../hardware/hosts";
import { AddressPool } from "../network/addressPool";
import { Attachment } from "../network/attachment";
import { egressAddresses, EgressGateway } from "../network/egressGateway";
import type { LockSite } from "../request/lock";
import type { Messenger } from "../request/messenger";
import type { Host } from "../request/server";
import { ClusterStack, type ClusterStackProps } from "./clusterStack";
import type { Presence } from "./presence";

export interface MessengerStackProps extends ClusterStackProps {
  readonly messenger: Messenger;
  /** What the messenger holds at the site. */
  readonly grant: Grant;
  /** What the site's pool holds. */
  readonly pool: Grant;
  /** The lock's images at the site. */
  readonly images: LockSite["images"];
  /** How a server is reached and wired, by its name. */
  readonly host: (server: string) => Host;
  readonly presence: Exclude<Presence, "none">;
}

/**
 * The stack `<messenger>.<site>`. Extend it to add to it; ids of what is here stay as they are:
 *
 * ```ts
 * class WithBanner extends MessengerStack {
 *   constructor(scope: Construct, id: string, props: MessengerStackProps) {
 *     super(scope, id, props);
 *     if (this.namespace)
 *       new ConfigMapV1(this, "banner", {
 *         metadata: { name: "banner", namespace: this.namespace.metadata.name },
 *         data: { text: "Served by our company" },
 *       });
 *   }
 * }
 * const app = buildApp(request, { messengerStack: WithBanner });
 * ```
 */
export class MessengerStack extends ClusterStack {
  readonly messenger: Messenger;
  readonly hosts?: Hosts;
  /** Where the messenger's own things go; none without the need `cluster`. */
  readonly namespace?: MessengerNamespace;

  constructor(scope: Construct, id: string, props: MessengerStackProps) {
    super(scope, id, props);
    const { estate, messenger, grant, images, host, presence } = props;
    this.messenger = messenger;
    if (presence === "empty") return;
    const joins = messenger.needs.includes("cluster");
    if (grant.servers.length > 0) this.hosts = new Hosts(this, "hosts", { estate, grant, images, host, joins });
    if (!joins) return;
    this.namespace = new MessengerNamespace(this, "namespace", {
      messenger,
      nodes: nodesOf(messenger, grant),
      guarded: presence === "live",
    });
    this.addCluster(props, this.namespace);
    this.addNetwork(props, this.namespace);
  }

  private addCluster({ estate, messenger, grant, presence }: MessengerStackProps, within: MessengerNamespace): void {
    const common = { namespace: namespaceOf(messenger.messenger), dependsOn: [within] };
    new Quota(this, "quota", { ...common, classes: estate.classes, grant });
    new Limits(this, "limits", common);
    new Isolation(this, "isolation", {
      ...common,
      estate,
      reachable: grant.vips.length > 0,
      leaves: messenger.needs.includes("network"),
    });
    if (presence === "live") new Access(this, "access", { ...common, access: messenger.access });
  }

  private addNetwork({ estate, messenger, grant, pool }: MessengerStackProps, within: MessengerNamespace): void {
    const id = messenger.messenger;
    const nodes = nodesOf(messenger, grant);
    const racks = nodes.flatMap((holder) => racksOf(holder === poolHolder ? pool : grant));
    if (grant.vips.length > 0)
      new AddressPool(this, "addresses", { messenger: id, vips: grant.vips, nodes, racks: [...new Set(racks)].sort() });
    const addresses = egressAddresses(grant.egress);
    if (addresses.length > 0) new EgressGateway(this, "egress", { messenger: id, addresses, estate });
    const [vlan] = grant.vlans;
    if (nodes.includes(poolHolder) && vlan !== undefined && grant.private.length > 0)
      new Attachment(this, "attachment", {
        namespace: namespaceOf(id),
        vlan,
        prefixes: grant.private,
        taken: grant.servers.map(({ address }) => address),
        dependsOn: [within],
      });
  }
}
