/** What NetworkPolicies let through, flow by flow. */
import { byCodeUnit, isObject, objects, texts, valueAt, type ApiObject, type Json, type JsonObject } from "../../manifests/apiObject";
import { addressesOf, isEmpty, partsOf, together, without, type AddressSet } from "./addresses";
import { portOf, portText, segmentsOf, takesIn, type Port } from "./ports";
import { isWithin, selected, selectorOf, type Selector } from "./selector";
import { restOf, sharedOf } from "./selectorRest";

/** The two directions of traffic, as the API calls them. */
export const ways = ["Ingress", "Egress"] as const;
/** One of them. */
export type Way = (typeof ways)[number];

/** Whom a flow comes from or goes to. */
type Peer =
  | { readonly kind: "anywhere" }
  | { readonly kind: "block"; readonly addresses: AddressSet; readonly text: string }
  | { readonly kind: "pods"; readonly namespaces: Selector | undefined; readonly pods: Selector };

/** Something that a policy lets through. */
export interface Flow {
  /** The pods that it is let through for. */
  readonly pods: Selector;
  readonly peer: Peer;
  readonly port: Port;
}

/** The pods that a policy is about. */
export const podsOf = (policy: ApiObject): Selector => selectorOf(valueAt(policy.spec, "podSelector"));

/** `every pod in messenger-gap`, or `pods with app=web and pods with app=db in messenger-gap`: of the namespace of a policy. */
export function podsText(pods: readonly Selector[], { metadata }: ApiObject): string {
  const texts = [...new Set(pods.map((one) => selected(one, "pod")))].sort(byCodeUnit);
  return `${texts.join(" and ")} in ${metadata.namespace ?? "its namespace"}`;
}

/**
 * Whether a policy isolates its pods in one way. Where it does not say, it isolates inwards, and outwards where it has a rule for that; where
 * it is not known yet what it says, it is not relied on.
 */
export function isolates(policy: ApiObject | undefined, way: Way): boolean {
  if (!policy) return false;
  const types = valueAt(policy.spec, "policyTypes");
  if (typeof types === "string") return false;
  if (Array.isArray(types) && types.length > 0) return texts(types).includes(way);
  return way === "Ingress" || objects(valueAt(policy.spec, "egress")).length > 0;
}

function peerOf(peer: JsonObject): Peer {
  if (isObject(peer.ipBlock)) {
    const [cidr = ""] = texts([peer.ipBlock.cidr ?? null]);
    const except = texts(peer.ipBlock.except).sort(byCodeUnit);
    const text = except.length > 0 ? `${cidr} except ${except.join(", ")}` : cidr;
    return { kind: "block", addresses: addressesOf([cidr], except), text };
  }
  const namespaces = isObject(peer.namespaceSelector) ? selectorOf(peer.namespaceSelector) : undefined;
  return { kind: "pods", namespaces, pods: selectorOf(peer.podSelector) };
}

const lists = { Ingress: ["ingress", "from"], Egress: ["egress", "to"] } as const;

/** The rules of a policy; one that is not known yet may let anything through. */
function rulesOf(rules: Json | undefined): JsonObject[] {
  if (rules === undefined || rules === null) return [];
  return (Array.isArray(rules) ? (rules as readonly Json[]) : [rules]).map((rule) => (isObject(rule) ? rule : {}));
}

/** What a policy lets through; a rule without peers or ports is about all of them. */
export function flowsOf(policy: ApiObject | undefined, way: Way): Flow[] {
  const isUnknown = typeof valueAt(policy?.spec, "policyTypes") === "string";
  if (!policy || !(isUnknown || isolates(policy, way))) return [];
  const [list, side] = lists[way];
  const pods = podsOf(policy);
  return rulesOf(valueAt(policy.spec, list)).flatMap((rule) => {
    const [peers, ports] = [objects(rule[side]).map(peerOf), objects(rule.ports).map(portOf)];
    const everyPeer: Peer[] = peers.length > 0 ? peers : [{ kind: "anywhere" }];
    return everyPeer.flatMap((peer) => (ports.length > 0 ? ports : [portOf({ protocol: "*" })]).map((port) => ({ pods, peer, port })));
  });
}

function takesInPeer(wide: Peer, narrow: Peer): boolean {
  if (wide.kind === "anywhere") return true;
  if (wide.kind === "block") return narrow.kind === "block" && isEmpty(without(narrow.addresses, wide.addresses));
  if (narrow.kind !== "pods" || !isWithin(narrow.pods, wide.pods)) return false;
  if (!wide.namespaces) return !narrow.namespaces;
  return isWithin(narrow.namespaces ?? [], wide.namespaces);
}

/** A flow cut so that each piece is in another one whole or not at all, but for its pods. */
function piecesOf(flow: Flow, others: readonly Flow[]): Flow[] {
  const { peer } = flow;
  const blocks = others.flatMap((other) => (other.peer.kind === "block" ? [other.peer.addresses] : []));
  const peers = peer.kind === "block" ? partsOf(peer.addresses, blocks).map((addresses) => ({ ...peer, addresses })) : [peer];
  const ports = segmentsOf(
    flow.port,
    others.map(({ port }) => port),
  );
  return ports.flatMap((port) => peers.map((piece) => ({ pods: flow.pods, peer: piece, port })));
}

/** A flow that the others do not let through for all of its pods. */
export interface NewFlow {
  readonly flow: Flow;
  /** Which addresses are new; none where it is about pods or anywhere. */
  readonly addresses: AddressSet;
  /** The pods for some of which the others let it through already. */
  readonly holders: readonly Selector[];
}

function newIn(flow: Flow, others: readonly Flow[]): NewFlow[] {
  const through = ({ peer, port }: Flow): Selector[] =>
    others.filter((other) => takesIn(other.port, port) && takesInPeer(other.peer, peer)).map(({ pods }) => pods);
  // Most flows are there whole.
  if (through(flow).some((pods) => isWithin(flow.pods, pods))) return [];
  const found = new Map<string, NewFlow>();
  for (const piece of piecesOf(flow, others)) {
    const had = through(piece);
    if (restOf(flow.pods, had).length === 0) continue;
    const holders = had.filter((pods) => sharedOf(pods, [flow.pods]).length > 0);
    const key = JSON.stringify(holders);
    const addresses = piece.peer.kind === "block" ? piece.peer.addresses : addressesOf([]);
    found.set(key, { flow, holders, addresses: together(addresses, found.get(key)?.addresses ?? addressesOf([])) });
  }
  return [...found.values()];
}

/** What the second lets through and the first, together, does not. */
export function newFlows(tight: readonly Flow[], loose: readonly Flow[]): NewFlow[] {
  return loose.flatMap((flow) => newIn(flow, tight));
}

/** A peer, in words. */
export function peerText(peer: Peer): string {
  if (peer.kind === "anywhere") return "ANYWHERE";
  if (peer.kind === "block") return peer.text;
  if (!peer.namespaces) return `${selected(peer.pods, "pod")} of the namespace`;
  return `${selected(peer.pods, "pod")} of ${selected(peer.namespaces, "namespace")}`;
}

/** `10.0.0.0/8 on TCP 443; every pod of the namespace on every port`, in one order. */
export function flowText(flows: readonly { readonly flow: Flow; readonly note?: string }[]): string {
  const ports = new Map<string, Set<string>>();
  for (const { flow, note = "" } of flows) {
    const peer = `${peerText(flow.peer)}${note}`;
    ports.set(peer, (ports.get(peer) ?? new Set()).add(portText(flow.port)));
  }
  return [...ports]
    .map(([peer, all]) => `${peer} on ${[...all].sort(byCodeUnit).join(", ")}`)
    .sort(byCodeUnit)
    .join("; ");
}
