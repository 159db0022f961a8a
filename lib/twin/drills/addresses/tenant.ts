/** A messenger's services at a site, as its own people make them. */
import { grantOf, type Grant } from "../../../allocation/grant";
import { namespaceOf } from "../../../cluster/namespace";
import { quotaName } from "../../../cluster/quota";
import { objects, valueAt, type ApiObject, type Json, type JsonObject } from "../../../manifests/apiObject";
import { givenAddresses } from "../../../network/addressPool";
import type { Messenger } from "../../../request/messenger";
import { presenceOf } from "../../../stacks/presence";
import type { Answer, Api } from "../../api";
import type { Identity } from "../../control/authority";
import { rehearsalLabel, type Stage } from "../../drill";
import { deployerOf } from "../../load/people";
import type { TwinSite } from "../../control/twinSite";
import { until } from "../../wait";

/** MetalLB's controller is quick; this long, in seconds, on a machine under load. */
export const patience = 90;

/** What a service asks for beside its type. */
export interface Asked {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: JsonObject;
}

/** A messenger that has a namespace at a site. */
export class Tenant {
  readonly namespace: string;
  readonly deployer: Identity;
  /** The addresses that its pool hands out. */
  readonly addresses: readonly string[];

  constructor(
    readonly messenger: Messenger,
    readonly grant: Grant,
    private readonly twinSite: TwinSite,
  ) {
    this.namespace = namespaceOf(messenger.messenger);
    this.deployer = deployerOf(messenger);
    this.addresses = givenAddresses(grant.vips);
  }

  get name(): string {
    return `${this.messenger.messenger}.${this.grant.site}`;
  }

  private get services(): string {
    return `/api/v1/namespaces/${this.namespace}/services`;
  }

  private api(): Promise<Api> {
    return this.twinSite.as(this.deployer);
  }

  /** Creates a service of type LoadBalancer. */
  async create(name: string, { annotations = {}, spec = {} }: Asked = {}): Promise<Answer> {
    const body = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace: this.namespace, labels: { [rehearsalLabel]: "addresses" }, annotations },
      // Node ports are not given: public addresses are.
      spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false, ports: [{ port: 443 }], ...spec },
    };
    return (await this.api()).request("POST", this.services, { body });
  }

  async remove(name: string): Promise<void> {
    await (await this.api()).request("DELETE", `${this.services}/${name}`);
  }

  /** Its services of type LoadBalancer, the drill's or others'. */
  async balancers(): Promise<ApiObject[]> {
    const all = await (await this.api()).list(this.services);
    return all.filter((service) => valueAt(service, "spec", "type") === "LoadBalancer");
  }

  /** Whether the quota counts the services that are there, and none that are gone: it takes a moment to forget them. */
  async isCounted(): Promise<boolean> {
    const quota = await (await this.api()).demand("GET", `/api/v1/namespaces/${this.namespace}/resourcequotas/${quotaName}`);
    const used = valueAt(quota, "status", "used", "services.loadbalancers");
    return used === undefined || Number(used) === (await this.balancers()).length;
  }

  /** What was made of a service: its addresses, or MetalLB's words for why there are none; nothing where it says neither in time. */
  async outcome(name: string, signal: AbortSignal): Promise<{ readonly addresses: readonly string[]; readonly words: string } | undefined> {
    const api = await this.api();
    return until(
      async () => {
        const service = (await api.demand("GET", `${this.services}/${name}`)) as ApiObject;
        const addresses = addressesOf(service);
        if (addresses.length > 0) return { addresses, words: "" };
        // By its uid: words about an earlier service of that name live on for an hour.
        const fieldSelector = `involvedObject.uid=${textOf(service.metadata.uid)},type=Warning`;
        const [event] = await api.list(`/api/v1/namespaces/${this.namespace}/events`, { fieldSelector });
        return event && { addresses, words: `${textOf(event.reason)}: ${textOf(event.message)}` };
      },
      { seconds: patience, signal },
    );
  }
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

/** The addresses that a service has. */
export function addressesOf(service: ApiObject): string[] {
  return objects(valueAt(service, "status", "loadBalancer", "ingress")).flatMap(({ ip }) => (typeof ip === "string" ? [ip] : []));
}

/** Every messenger that deploys at a site. */
export function tenantsOf({ request: { estate, lock, messengers } }: Stage, twinSite: TwinSite): Tenant[] {
  return messengers
    .filter(({ needs }) => needs.includes("cluster"))
    .map((messenger) => ({ messenger, grant: grantOf(estate, lock, messenger.messenger, twinSite.site) }))
    .filter(({ messenger, grant }) => presenceOf(messenger, twinSite.site, grant) === "live")
    .map(({ messenger, grant }) => new Tenant(messenger, grant, twinSite));
}
