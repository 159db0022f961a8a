/** What NetworkPolicies let through, flow by flow. */
import { byCodeUnit, isObject, objects, texts, valueAt, type ApiObject, type Json, type JsonObject } from "../../manifests/apiObject";
import { addressesOf, isEmpty, together, without, type AddressSet } from "./addresses";
import { portOf, portText, segmentsOf, takesIn, type Port } from "./ports";
import { isWithin, selected, selectorOf, type Selector } from "./selector";

export const ways = ["Ingress", "Egress"] as const;
export type Way = (typeof ways)[number];

/** Whom a flow comes from or goes to. */
type Peer =
  | { readonly kind: "anywhere" }
  | { readonly kind: "block"; readonly addresses: AddressSet; readonly text: string }
  | { readonly kind: "pods"; readonly namespaces: Selector | undefined; readonly pods: Selector };

export interface Flow {
  readonly peer: Peer;
  readonly port: Port;
}

/** The pods that a policy is about. */
export const podsOf = (policy: ApiObject): Selector => selectorOf(valueAt(policy.spec, "podSelector"));

/** Whether a policy isolates its pods in one way. Where it does not say, it isolates inwards, and outwards where it has a rule for that. */
export function isolates(policy: ApiObject | undefined, way: Way): boolean {
  if (!policy) return false;
  const types = valueAt(policy.spec, "policyTypes");
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

/** What a policy lets through; a rule without peers or ports is about all of them. */
export function flowsOf(policy: ApiObject | undefined, way: Way): Flow[] {
  if (!policy || !isolates(policy, way)) return [];
  const [list, side] = lists[way];
  return ((valueAt(policy.spec, list) ?? []) as readonly Json[]).filter(isObject).flatMap((rule) => {
    const [peers, ports] = [objects(rule[side]).map(peerOf), objects(rule.ports).map(portOf)];
    const everyPeer: Peer[] = peers.length > 0 ? peers : [{ kind: "anywhere" }];
    return everyPeer.flatMap((peer) => (ports.length > 0 ? ports : [portOf({ protocol: "*" })]).map((port) => ({ peer, port })));
  });
}

/** Whether one peer, that is no block, takes another in. */
function takesInPeer(wide: Peer, narrow: Peer): boolean {
  if (wide.kind === "anywhere") return true;
  if (wide.kind !== "pods" || narrow.kind !== "pods" || !isWithin(narrow.pods, wide.pods)) return false;
  if (!wide.namespaces) return !narrow.namespaces;
  return isWithin(narrow.namespaces ?? [], wide.namespaces);
}

/** Of a flow that the others do not let through whole, which addresses are new; no address where it is about pods or anywhere. */
export interface NewFlow {
  readonly flow: Flow;
  readonly addresses: AddressSet;
}

function newIn(flow: Flow, others: readonly Flow[]): NewFlow | undefined {
  const rests = segmentsOf(
    flow.port,
    others.map(({ port }) => port),
  ).map((segment) => {
    const through = others.filter(({ port }) => takesIn(port, segment)).map(({ peer }) => peer);
    if (through.some((peer) => takesInPeer(peer, flow.peer))) return undefined;
    if (flow.peer.kind !== "block") return addressesOf([]);
    const rest = without(flow.peer.addresses, together(...through.flatMap((peer) => (peer.kind === "block" ? [peer.addresses] : []))));
    return isEmpty(rest) ? undefined : rest;
  });
  const missing = rests.filter((rest) => rest !== undefined);
  return missing.length > 0 ? { flow, addresses: together(...missing) } : undefined;
}

/** What the second lets through and the first does not. */
export function newFlows(tight: readonly Flow[], loose: readonly Flow[]): NewFlow[] {
  return loose.flatMap((flow) => newIn(flow, tight) ?? []);
}

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
