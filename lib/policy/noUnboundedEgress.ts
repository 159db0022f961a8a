import { parsePrefix } from "../request/prefix";
import { egressLabel } from "../cluster/labels";
import { objects, texts, valueAt } from "../manifests/apiObject";
import type { JsonObject } from "../manifests/apiObject";
import { messengerNamespaces } from "./messengerNamespaces";
import type { Breach, PlacedObject, Rule, Tree } from "./rule";

/** The quota that the admission of labelled pods counts against. */
const egressQuota = "requests.zirsakht.ir/egress-mbps";

const isEmpty = (value: unknown): boolean => JSON.stringify(value) === "{}";

/** Whether `inner` lies in one of `networks`. */
function isWithin(inner: string, networks: readonly string[]): boolean {
  const { start, size } = parsePrefix(inner);
  return networks.map(parsePrefix).some((network) => start >= network.start && start + size <= network.start + network.size);
}

/** What is wrong with one peer of an egress rule; `supernets` are the estate's private networks. */
function ofPeer(at: PlacedObject, field: string, peer: JsonObject, supernets: readonly string[]): Breach[] {
  const { ipBlock, namespaceSelector, podSelector } = peer;
  if (ipBlock === undefined) {
    if (!isEmpty(namespaceSelector) || (podSelector !== undefined && !isEmpty(podSelector))) return [];
    return [
      {
        at,
        field: `${field}.namespaceSelector`,
        what: "selects the pods of every namespace",
        remedy: "select the namespaces and pods that are needed",
      },
    ];
  }
  const cidr = valueAt(ipBlock, "cidr");
  const except = texts(valueAt(ipBlock, "except"));
  if (typeof cidr !== "string" || cidr.includes(":"))
    return [
      {
        at,
        field: `${field}.ipBlock.cidr`,
        what: `${JSON.stringify(cidr)} is no IPv4 prefix, and the estate grants no others`,
        remedy: "write an IPv4 prefix",
      },
    ];
  const reachable = supernets.filter((supernet) => isWithin(supernet, [cidr]) && !isWithin(supernet, except));
  return [
    ...(valueAt(at.object.spec, "podSelector", "matchLabels", egressLabel) === "true"
      ? []
      : [
          {
            at,
            field: "spec.podSelector.matchLabels",
            what: `lets pods without ${egressLabel} go to ${cidr}`,
            remedy: `select ${egressLabel}: "true"`,
          },
        ]),
    ...(reachable.length === 0
      ? []
      : [
          {
            at,
            field: `${field}.ipBlock.except`,
            what: `lets traffic to ${cidr} reach the private ${reachable.join(", ")}`,
            remedy: "except the private supernets of every site",
          },
        ]),
  ];
}

function ofPolicy(at: PlacedObject, supernets: readonly string[]): Breach[] {
  return objects(valueAt(at.object.spec, "egress")).flatMap((rule, index) => {
    const field = `spec.egress[${index}].to`;
    const peers = objects(rule.to);
    if (peers.length === 0) return [{ at, field, what: "is empty, which means everywhere", remedy: "name where the traffic goes" }];
    return peers.flatMap((peer, number) => ofPeer(at, `${field}[${number}]`, peer, supernets));
  });
}

/** Namespaces with a way out of the cluster and no quota of bandwidth: the pods that leave could ask for any. */
function withoutQuota(tree: Tree): Breach[] {
  return messengerNamespaces(tree).flatMap((at) => {
    const out = tree
      .inNamespace(at, "NetworkPolicy")
      .find(({ object }) =>
        objects(valueAt(object.spec, "egress")).some((rule) => objects(rule.to).some((peer) => peer.ipBlock !== undefined)),
      );
    const quotas = tree.inNamespace(at, "ResourceQuota");
    if (!out || quotas.some(({ object }) => valueAt(object.spec, "hard", egressQuota) !== undefined)) return [];
    const what = `the pods of ${at.object.metadata.name} may leave the cluster without a quota of ${egressQuota}`;
    return [{ at: quotas[0] ?? at, field: "spec.hard", what, remedy: "set it to the granted bandwidth, or to 0" }];
  });
}

/** What leaves a pod goes where a policy says, and out of the cluster only from pods that ask for bandwidth. */
export const noUnboundedEgress: Rule = {
  name: "no-unbounded-egress",
  protects: "Uplinks and the private networks: bandwidth is promised to others too, and management controllers live in private addresses.",
  check: (tree) => {
    const supernets = Object.values(tree.estate.sites).map((site) => site.private);
    return [...tree.ofKind("NetworkPolicy").flatMap((at) => ofPolicy(at, supernets)), ...withoutQuota(tree)];
  },
};
