/** Addresses, routes and names: given by the company, and taken by nobody. */
import { loadBalancerNamespace } from "../../../cluster/siteNamespaces";
import { across, change, create, forbidden, inside, read, remove, type Call, type Refused, type Table } from "./attempt";
import type { Target } from "./target";
import { object, standing } from "./wellFormed";

const metallb = "metallb.io/v1beta1";
const cilium = "cilium.io/v2";
const networking = "networking.k8s.io/v1";
const discovery = "discovery.k8s.io/v1";

const admin = (what: string, call: (target: Target) => Call | undefined): Refused => forbidden("admin", what, call);
const ofMetallb = (resource: string, ...name: readonly string[]): string => inside(loadBalancerNamespace, metallb, resource, ...name);

export const routes: Table = {
  promise: "nobody takes an address, a route or a name that he was not given",
  attempts: [
    admin("makes an address pool of another's addresses", ({ namespace, other }) =>
      other?.vip === undefined
        ? undefined
        : create(
            ofMetallb("ipaddresspools"),
            object(metallb, "IPAddressPool", {
              spec: { addresses: [`${other.vip}/32`], serviceAllocation: { namespaces: [namespace] } },
            }),
          ),
    ),
    admin("adds addresses to its own pool", ({ namespace, vip }) =>
      vip === undefined ? undefined : change(ofMetallb("ipaddresspools", namespace), { spec: { addresses: ["192.0.2.0/24"] } }),
    ),
    admin("lets another's pool serve its namespace", ({ namespace, other }) =>
      other?.vip === undefined
        ? undefined
        : change(ofMetallb("ipaddresspools", other.namespace), { spec: { serviceAllocation: { namespaces: [namespace] } } }),
    ),
    admin("deletes another's address pool", ({ other }) =>
      other?.vip === undefined ? undefined : remove(ofMetallb("ipaddresspools", other.namespace)),
    ),
    admin("lists the address pools", () => read(ofMetallb("ipaddresspools"))),
    admin("announces addresses from everywhere", () =>
      create(ofMetallb("bgpadvertisements"), object(metallb, "BGPAdvertisement", { spec: {} })),
    ),
    admin("announces its addresses from others' racks", ({ namespace, vip }) =>
      vip === undefined ? undefined : change(ofMetallb("bgpadvertisements", namespace), { spec: { nodeSelectors: [] } }),
    ),
    admin("announces addresses to the local network", () =>
      create(ofMetallb("l2advertisements"), object(metallb, "L2Advertisement", { spec: {} })),
    ),
    admin("speaks to a router", () =>
      create(
        inside(loadBalancerNamespace, "metallb.io/v1beta2", "bgppeers"),
        object("metallb.io/v1beta2", "BGPPeer", { spec: { myASN: 64512, peerASN: 64600, peerAddress: "10.0.0.1" } }),
      ),
    ),
    admin("marks its routes with a community", () =>
      create(ofMetallb("communities"), object(metallb, "Community", { spec: { communities: [{ name: "x", value: "64512:1" }] } })),
    ),
    admin("leaves the cluster by another's address", ({ namespace, other }) =>
      other?.egress === undefined
        ? undefined
        : create(
            across(cilium, "ciliumegressgatewaypolicies"),
            object(cilium, "CiliumEgressGatewayPolicy", {
              spec: {
                selectors: [{ podSelector: { matchLabels: { "io.kubernetes.pod.namespace": namespace } } }],
                destinationCIDRs: ["0.0.0.0/0"],
                egressGateway: {
                  nodeSelector: { matchLabels: { "kubernetes.io/hostname": other.server } },
                  egressIP: other.egress,
                },
              },
            }),
          ),
    ),
    admin("leads another's traffic over its own server", ({ other, server }) =>
      other?.egress === undefined
        ? undefined
        : change(across(cilium, "ciliumegressgatewaypolicies", other.namespace), {
            spec: { egressGateway: { nodeSelector: { matchLabels: { "kubernetes.io/hostname": server } } } },
          }),
    ),
    admin("deletes its own way out", ({ namespace, egress }) =>
      egress === undefined ? undefined : remove(across(cilium, "ciliumegressgatewaypolicies", namespace)),
    ),
    admin(
      "takes another's host name",
      ({ namespace, other }) =>
        other &&
        create(
          inside(namespace, networking, "ingresses"),
          object(networking, "Ingress", {
            spec: {
              rules: [
                {
                  host: `${other.messenger}.example`,
                  http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: standing, port: { number: 443 } } } }] },
                },
              ],
            },
          }),
        ),
    ),
    admin("makes a class of ingresses", () =>
      create(across(networking, "ingressclasses"), object(networking, "IngressClass", { spec: { controller: "example.com/x" } })),
    ),
    admin("leads a service of its own to another's pods", ({ namespace }) =>
      create(
        inside(namespace, discovery, "endpointslices"),
        object(discovery, "EndpointSlice", {
          metadata: { labels: { "kubernetes.io/service-name": standing } },
          addressType: "IPv4",
          ports: [{ port: 443 }],
          endpoints: [{ addresses: ["10.1.2.3"] }],
        }),
      ),
    ),
    admin("leads a service of its own to another's pods, in the old way", ({ namespace }) =>
      create(
        inside(namespace, "v1", "endpoints"),
        object("v1", "Endpoints", { subsets: [{ addresses: [{ ip: "10.1.2.3" }], ports: [{ port: 443 }] }] }),
      ),
    ),
    admin("says which addresses its service has", ({ namespace }) =>
      change(inside(namespace, "v1", "services", standing, "status"), { status: { loadBalancer: {} } }),
    ),
    admin("takes an address of the services' own network", () =>
      create(
        across(networking, "ipaddresses"),
        object(networking, "IPAddress", {
          metadata: { name: "10.96.200.200" },
          spec: { parentRef: { resource: "services", namespace: "default", name: "x" } },
        }),
      ),
    ),
    admin("makes a network for services", () =>
      create(across(networking, "servicecidrs"), object(networking, "ServiceCIDR", { spec: { cidrs: ["192.0.2.0/24"] } })),
    ),
  ],
};
