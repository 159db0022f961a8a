/** What all of a site share: applied before any messenger's stack of the site. */
import type { Grant } from "../allocation/grant";
import { AdmissionPolicy } from "../cluster/admission/policy";
import { admissionRules } from "../cluster/admission/rules";
import { Priority, tiers } from "../cluster/priority";
import { Construct } from "../engine/terraform";
import { Hosts } from "../hardware/hosts";
import { HardwareNamespace } from "../hardware/namespace";
import { Bandwidth } from "../network/bandwidth";
import { Peer } from "../network/peer";
import type { LockSite } from "../request/lock";
import type { Host } from "../request/server";
import { ClusterStack, type ClusterStackProps } from "./clusterStack";

export interface SiteStackProps extends ClusterStackProps {
  /** What the site's pool holds. */
  readonly pool: Grant;
  /** The lock's images at the site. */
  readonly images: LockSite["images"];
  /** How a server is reached and wired, by its name. */
  readonly host: (server: string) => Host;
}

/** The stack `site.<site>`. Extend it as MessengerStack is extended. */
export class SiteStack extends ClusterStack {
  readonly hardwareNamespace: HardwareNamespace;

  constructor(scope: Construct, id: string, props: SiteStackProps) {
    super(scope, id, props);
    const { estate, pool, images, host } = props;
    const { racks, asn } = this.site;
    this.hardwareNamespace = new HardwareNamespace(this, "hardware-namespace");
    const priorities = new Construct(this, "priority");
    for (const tier of tiers) new Priority(priorities, tier, { tier });
    const peers = new Construct(this, "peer");
    for (const [rack, { switch: tor }] of Object.entries(racks)) new Peer(peers, rack, { rack, switch: tor, asn });
    const policies = new Construct(this, "policy");
    for (const rule of admissionRules) new AdmissionPolicy(policies, rule.name, rule);
    if (pool.servers.length === 0) return;
    new Hosts(this, "hosts", { estate, grant: pool, images, host, joins: true, dependsOn: [this.hardwareNamespace] });
    new Bandwidth(this, "bandwidth", { estate, racks, servers: pool.servers });
  }
}
