/** All servers of a grant: their hosts, and the data that they are provisioned with. */
import type { Grant, GrantedServer } from "../allocation/grant";
import { Construct } from "../engine/terraform";
import type { ITerraformDependable } from "../engine/terraform";
import type { Estate, ServerClass } from "../request/estate";
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

/** A Secret to be: the id of its construct, its name and what it holds. */
type Data = Pick<DataSecretProps, "name" | "data"> & { readonly id: string };

function classOf(server: GrantedServer, { estate, grant }: HostsProps): ServerClass {
  const serverClass = estate.classes[server.class];
  if (serverClass) return serverClass;
  const message = `${server.name} is held by ${grant.holder}, but the estate has no such server at ${grant.site}; put its rack back, or release it first`;
  throw new InputError([{ message }]);
}

/** The image of the server's line, or the eraser, as the lock knows it. */
function imageOf(server: GrantedServer, { estate, images }: HostsProps): Provisioning["image"] {
  const name = server.state === "erasing" ? estate.eraser : server.image;
  const image = name === undefined ? undefined : (images[name] ?? estate.images[name]);
  if (image) return image;
  const message = `${server.name} runs the image ${name ?? "(none)"}, which neither the lock nor estate.yaml has; put it back under images`;
  throw new InputError([{ message }]);
}

function metaDataFor(server: GrantedServer, { grant, joins }: HostsProps): Data {
  const { holder, site } = grant;
  if (server.state === "erasing") return { id: "erasing", name: erasingSecretOf(holder), data: { metaData: erasingMetaData } };
  const identity = { holder, site, rack: server.rack, group: server.group, joins };
  return { id: `${server.rack}-${server.group}`, name: metaDataSecretOf(identity), data: { metaData: metaDataOf(identity) } };
}

function networkDataFor(server: GrantedServer, wiring: Wiring, { estate, grant }: HostsProps): Data {
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
  return { id: server.name, name: networkDataSecretOf(server.name), data: { networkData } };
}

/** The hosts of a grant, each after the Secrets that it reads. A detached server has no object. */
export class Hosts extends Construct {
  constructor(scope: Construct, id: string, props: HostsProps) {
    super(scope, id);
    const { holder } = props.grant;
    const dependsOn = props.dependsOn ?? [];
    // Scopes of their own, so that no server's name can meet a Secret's id.
    const metadata = new Construct(this, "metadata");
    const network = new Construct(this, "network");
    const secrets = new Map<string, DataSecret>();
    const secretOf = (within: Construct, data: Data): DataSecret => {
      const secret = secrets.get(data.name) ?? new DataSecret(within, data.id, { ...data, holder, dependsOn });
      secrets.set(data.name, secret);
      return secret;
    };
    for (const server of props.grant.servers) {
      if (server.state === "detached") continue;
      const { rootDevice } = classOf(server, props);
      const wiring = props.host(server.name);
      const common = { holder, server, wiring, rootDevice };
      // An adopted server was provisioned before it came here, and reads nothing of ours until it is rolled or erased.
      if (server.adopted && server.state !== "erasing") {
        new Host(this, server.name, { ...common, dependsOn });
        continue;
      }
      const [metaData, networkData] = [metaDataFor(server, props), networkDataFor(server, wiring, props)];
      new Host(this, server.name, {
        ...common,
        provisioning: {
          image: imageOf(server, props),
          joins: props.joins && server.state !== "erasing",
          metaData: metaData.name,
          networkData: networkData.name,
        },
        dependsOn: [...dependsOn, secretOf(metadata, metaData), secretOf(network, networkData)],
      });
    }
  }
}
