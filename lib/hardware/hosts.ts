/** All servers of a grant: their hosts, and the data that they are provisioned with. */
import type { Grant, GrantedServer } from "../allocation/grant";
import { Construct } from "../engine/terraform";
import type { ITerraformDependable } from "../engine/terraform";
import type { Estate } from "../request/estate";
import type { LockSite } from "../request/lock";
import { InputError } from "../request/problem";
import type { Host as Wiring } from "../request/server";
import { DataSecret, type DataSecretProps } from "./dataSecret";
import { Host, type Provisioning } from "./host";
import { erasingMetaData, erasingSecretOf, metaDataOf, metaDataSecretOf } from "./hostIdentity";
import { networkDataOf, networkDataSecretOf } from "./hostNetwork";

export interface HostsProps {
  readonly estate: Estate;
  readonly grant: Grant;
  /** The lock's images at the site: what a name means while it is in use. */
  readonly images: LockSite["images"];
  /** How a server is reached and wired, by its name. */
  readonly host: (server: string) => Wiring;
  /** Whether the servers become nodes of the site's cluster; else they run the messenger's own image and get no join secret. */
  readonly joins: boolean;
  /** @default none */
  readonly dependsOn?: ITerraformDependable[];
}

/** The hosts of a grant, each after the Secrets that it reads. A detached server has no object. */
export class Hosts extends Construct {
  private readonly secrets = new Map<string, DataSecret>();
  /** Scopes of their own, so that no server's name can meet a Secret's id. */
  private readonly metadata = new Construct(this, "metadata");
  private readonly network = new Construct(this, "network");

  constructor(
    scope: Construct,
    id: string,
    private readonly props: HostsProps,
  ) {
    super(scope, id);
    for (const server of props.grant.servers) if (server.state !== "detached") this.addHost(server);
  }

  private addHost(server: GrantedServer): void {
    const { estate, grant, host, dependsOn = [] } = this.props;
    const serverClass = estate.classes[server.class];
    if (!serverClass)
      throw new InputError([
        {
          message: `${server.name} is held by ${grant.holder}, but the estate has no such server at ${grant.site}; put its rack back, or release it first`,
        },
      ]);
    const wiring = host(server.name);
    const common = { holder: grant.holder, server, wiring, rootDevice: serverClass.rootDevice };
    // An adopted server was provisioned before it came here, and reads nothing of ours until it is rolled or erased.
    if (server.adopted && server.state !== "erasing") {
      new Host(this, server.name, { ...common, dependsOn });
      return;
    }
    const metaData = this.metaData(server);
    const networkData = this.networkData(server, wiring);
    new Host(this, server.name, {
      ...common,
      provisioning: this.provisioning(server, metaData.name, networkData.name),
      dependsOn: [...dependsOn, metaData.secret, networkData.secret],
    });
  }

  private provisioning(server: GrantedServer, metaData: string, networkData: string): Provisioning {
    const { estate, images, joins } = this.props;
    const erasing = server.state === "erasing";
    const name = erasing ? estate.eraser : server.image;
    const image = name === undefined ? undefined : (images[name] ?? estate.images[name]);
    if (!image)
      throw new InputError([
        {
          message: `${server.name} runs the image ${name ?? "(none)"}, which neither the lock nor estate.yaml has; put it back under images`,
        },
      ]);
    return { image, joins: joins && !erasing, metaData, networkData };
  }

  private metaData(server: GrantedServer): { name: string; secret: DataSecret } {
    const { grant, joins } = this.props;
    const identity = { holder: grant.holder, site: grant.site, rack: server.rack, group: server.group, joins };
    return server.state === "erasing"
      ? this.secret(this.metadata, "erasing", erasingSecretOf(grant.holder), { metaData: erasingMetaData })
      : this.secret(this.metadata, `${server.rack}-${server.group}`, metaDataSecretOf(identity), { metaData: metaDataOf(identity) });
  }

  private networkData(server: GrantedServer, wiring: Wiring): { name: string; secret: DataSecret } {
    const { estate, grant } = this.props;
    const [vlan] = grant.vlans;
    if (vlan === undefined)
      throw new InputError([{ message: `${grant.holder} holds servers but no VLAN at ${grant.site}; run allocate ${grant.holder}` }]);
    const networkData = networkDataOf({
      server: server.name,
      macs: wiring.nics.map(({ mac }) => mac),
      vlan,
      address: server.address,
      prefixes: grant.private,
      dns: estate.sites[grant.site]?.dns ?? [],
    });
    return this.secret(this.network, server.name, networkDataSecretOf(server.name), { networkData });
  }

  /** The Secret of that name, made once. */
  private secret(scope: Construct, id: string, name: string, data: DataSecretProps["data"]): { name: string; secret: DataSecret } {
    const known = this.secrets.get(name);
    const secret =
      known ?? new DataSecret(scope, id, { name, holder: this.props.grant.holder, data, dependsOn: this.props.dependsOn ?? [] });
    this.secrets.set(name, secret);
    return { name, secret };
  }
}
