import { objects, texts, valueAt, type ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { addressesOf, addressText, isEmpty, without } from "./addresses";
import { bothWays, singlePairsOf, type Say } from "./pair";
import { isWithin, selected, selectorOf, type Selector } from "./selector";
import { instead, may, whole } from "./words";

/** Where traffic comes from: all three must match. */
interface Source {
  readonly pods: Selector;
  readonly namespaces: Selector;
  readonly nodes: Selector;
}

function sources(policy: ApiObject): Source[] {
  return objects(valueAt(policy.spec, "selectors")).map(({ podSelector, namespaceSelector, nodeSelector }) => ({
    pods: selectorOf(podSelector),
    namespaces: selectorOf(namespaceSelector),
    nodes: selectorOf(nodeSelector),
  }));
}

const isIn = (inner: Source, outer: Source): boolean =>
  isWithin(inner.pods, outer.pods) && isWithin(inner.namespaces, outer.namespaces) && isWithin(inner.nodes, outer.nodes);

function sourceText(all: readonly Source[]): string {
  const one = ({ pods, namespaces, nodes }: Source): string =>
    `${selected(pods, "pod")}${namespaces.length > 0 ? ` of ${selected(namespaces, "namespace")}` : ""}${nodes.length > 0 ? ` on ${selected(nodes, "node")}` : ""}`;
  return [...new Set(all.map(one))].sort().join(" and ");
}

const destinations = ({ spec }: ApiObject) => addressesOf(texts(valueAt(spec, "destinationCIDRs")), texts(valueAt(spec, "excludedCIDRs")));

/** Where to, as it is written: what is excepted would leave a long list of pieces. */
function destinationText({ spec }: ApiObject): string {
  const [to, except] = ["destinationCIDRs", "excludedCIDRs"].map((field) => texts(valueAt(spec, field)).sort().join(", "));
  return `${to ?? ""}${except ? ` except ${except}` : ""}`;
}

/** The addresses with which a policy lets traffic leave: the list, where there is one. */
export function egressAddressesOf({ spec }: ApiObject): string {
  const listed = objects(valueAt(spec, "egressGateways")).flatMap(({ egressIP }) => texts([egressIP ?? null]));
  return listed.length > 0 ? addressText(addressesOf(listed)) : texts([valueAt(spec, "egressGateway", "egressIP") ?? null]).join("");
}

const say: Say = (tight, loose, direction) => {
  if (!loose) return [];
  const leave = `${may(direction)} leave as ${egressAddressesOf(loose)} for`;
  if (!tight) return [`${whole(tight, direction)}${sourceText(sources(loose))} ${leave} ${destinationText(loose)}`];
  const from = sources(loose).filter((source) => !sources(tight).some((other) => isIn(source, other)));
  const to = without(destinations(loose), destinations(tight));
  return [
    ...(from.length > 0 ? [`${sourceText(from)} ${leave} ${destinationText(loose)}${instead(sourceText(sources(tight)), direction)}`] : []),
    ...(isEmpty(to) ? [] : [`${sourceText(sources(loose))} ${leave} ${addressText(to)}${instead(destinationText(tight), direction)}`]),
  ];
};

/** Whose traffic leaves with a messenger's fixed addresses, and for where. */
export const egressGateway: SecurityRule = {
  name: "egress-gateway",
  why: "Partners let a messenger in by the address that its traffic comes from: whoever else leaves with it is taken for that messenger.",
  find: (comparison) => singlePairsOf(comparison, "CiliumEgressGatewayPolicy").flatMap(bothWays(say)),
};
