/** Whether NetworkPolicies let one end talk to another, as Kubernetes defines them and Cilium enforces them: it matches no pod by its address. */
import { isObject, objects, texts, valueAt, type ApiObject, type Json, type JsonObject } from "../../../manifests/apiObject";
import { contains, parsePrefix } from "../../../request/prefix";

type Labels = Readonly<Record<string, Json>>;

/** A pod, with the labels of its namespace. */
export interface PodEnd {
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
}
/** A pod, or an address outside the cluster. */
export type End = PodEnd | { readonly address: string };

export interface Port {
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

const isPod = (end: End): end is PodEnd => "namespace" in end;
const labelsOf = (value: Json | undefined): Labels => (isObject(value) ? value : {});

/** Whether a selector matches labels; an empty one matches all. */
export function selects(selector: JsonObject, labels: Labels): boolean {
  const exact = Object.entries(labelsOf(selector.matchLabels)).every(([key, value]) => labels[key] === value);
  return (
    exact &&
    objects(selector.matchExpressions).every(({ key, operator, values }) => {
      const value = typeof key === "string" ? labels[key] : undefined;
      const listed = typeof value === "string" && texts(values).includes(value);
      if (operator === "In") return listed;
      if (operator === "NotIn") return !listed;
      return (operator === "Exists") === (value !== undefined);
    })
  );
}

function matchesPeer(peer: JsonObject, end: End, namespace: string): boolean {
  if (!isPod(end)) {
    const block = (text: Json): boolean => typeof text === "string" && contains(parsePrefix(text), parsePrefix(`${end.address}/32`));
    const { ipBlock } = peer;
    return isObject(ipBlock) && block(ipBlock.cidr ?? null) && !texts(ipBlock.except).some(block);
  }
  const { podSelector, namespaceSelector } = peer;
  if (!isObject(podSelector) && !isObject(namespaceSelector)) return false;
  const there = isObject(namespaceSelector) ? selects(namespaceSelector, end.namespaceLabels) : end.namespace === namespace;
  return there && (!isObject(podSelector) || selects(podSelector, end.labels));
}

const matchesPort = (ports: readonly JsonObject[], { port, protocol }: Port): boolean =>
  ports.length === 0 ||
  ports.some(
    (each) => (each.protocol ?? "TCP") === protocol && (each.port === undefined || each.port === port || each.port === String(port)),
  );

/** Whether a pod's own side of the talk is open: no policy selects it, or one of those that do has a rule for the other end. */
function isOpen(policies: readonly ApiObject[], direction: "Ingress" | "Egress", pod: PodEnd, other: End, port: Port): boolean {
  const selecting = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace &&
      texts(valueAt(spec, "policyTypes")).includes(direction) &&
      selects(labelsOf(valueAt(spec, "podSelector")), pod.labels),
  );
  const [list, ends] = direction === "Ingress" ? ["ingress", "from"] : ["egress", "to"];
  const allows = (rule: JsonObject): boolean => {
    const peers = objects(rule[ends]);
    const matches = peers.length === 0 || peers.some((peer) => matchesPeer(peer, other, pod.namespace));
    return matches && matchesPort(objects(rule.ports), port);
  };
  return selecting.length === 0 || selecting.some(({ spec }) => objects(valueAt(spec, list)).some(allows));
}

/** Whether the policies of a cluster let `from` talk to `to`. */
export function mayTalk(policies: readonly ApiObject[], from: End, to: End, port: Port): boolean {
  const out = !isPod(from) || isOpen(policies, "Egress", from, to, port);
  return out && (!isPod(to) || isOpen(policies, "Ingress", to, from, port));
}
