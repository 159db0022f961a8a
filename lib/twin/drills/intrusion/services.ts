/** How a messenger's services are reached: by its own addresses, by no port and no address of the servers. */
import type { JsonObject } from "../../../manifests/apiObject";
import { byPolicy, change, create, inside, type Refused, type Table } from "./attempt";
import type { Target } from "./target";
import { service, standing } from "./wellFormed";

const balanced = { type: "LoadBalancer", allocateLoadBalancerNodePorts: false };

function serves(what: string, words: string, spec: (target: Target) => JsonObject | undefined, control: JsonObject = {}): Refused {
  const making = (target: Target, own: JsonObject = {}) => create(inside(target.namespace, "v1", "services"), service({ spec: own }));
  return {
    what: `makes a service ${what}`,
    who: "deployer",
    want: "refused",
    by: byPolicy("services", words),
    request: (target) => {
      const own = spec(target);
      return own && making(target, own);
    },
    control: (target) => making(target, control),
  };
}

const becomes = (what: string, words: string, spec: JsonObject): Refused => ({
  what: `lets a running service ${what}`,
  who: "deployer",
  want: "refused",
  by: byPolicy("services", words),
  request: ({ namespace }) => change(inside(namespace, "v1", "services", standing), { spec }),
  control: ({ namespace }) => change(inside(namespace, "v1", "services", standing), { spec: { sessionAffinity: "ClientIP" } }),
});

/** Only where the messenger has public addresses: without any its quota refuses every balanced service. */
const publicly =
  (spec: JsonObject) =>
  ({ vip }: Target): JsonObject | undefined =>
    vip === undefined ? undefined : spec;

const noPorts = "allocateLoadBalancerNodePorts: false";
const noNodePort = "node ports are not given";
const noExternal = "spec.externalIPs must be empty";
const noClass = "spec.loadBalancerClass must be left out";

export const services: Table = {
  promise: "a messenger's services open no port and take no address but its own",
  attempts: [
    serves("of an address of its choice", noExternal, () => ({ externalIPs: ["192.0.2.1"] })),
    serves("of another messenger's address", noExternal, ({ other }) =>
      other?.vip === undefined ? undefined : { externalIPs: [other.vip] },
    ),
    serves("of a server's own address", noExternal, () => ({ externalIPs: ["10.0.0.1"] })),
    serves("with a port of every server", noNodePort, () => ({ type: "NodePort" })),
    serves("with a port of every server by number", noNodePort, () => ({ type: "NodePort", ports: [{ port: 443, nodePort: 30443 }] })),
    serves("that is balanced by ports of every server", noPorts, publicly({ type: "LoadBalancer" }), balanced),
    serves(
      "that is balanced, with a port by number",
      "spec.ports may not name a nodePort",
      publicly({ ...balanced, ports: [{ port: 443, nodePort: 30443 }] }),
      balanced,
    ),
    serves(
      "that is balanced by the servers' own addresses",
      noClass,
      publicly({ ...balanced, loadBalancerClass: "io.cilium/node" }),
      balanced,
    ),
    becomes("take an address of its choice", noExternal, { externalIPs: ["192.0.2.1"] }),
    becomes("take a port of every server", noNodePort, { type: "NodePort" }),
    becomes("be balanced by ports of every server", noPorts, { type: "LoadBalancer" }),
    becomes("be balanced by the servers' own addresses", noClass, { ...balanced, loadBalancerClass: "io.cilium/node" }),
  ],
};
