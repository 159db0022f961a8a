/** What a messenger's network policies let through. A twin has no packets: the policies that its API server holds are read as Cilium reads them. */
import { egressLabel } from "../../../cluster/labels";
import { valueAt, type ApiObject } from "../../../manifests/apiObject";
import { privateNetworks } from "../../../network/privateNetworks";
import type { Estate } from "../../../request/estate";
import { formatAddress, parsePrefix } from "../../../request/prefix";
import type { Api } from "../../api";
import type { Target } from "./target";
import { mayTalk, type End, type PodEnd, type Port } from "./traffic";

/** What the policies are read from. */
export interface Wiring {
  readonly policies: readonly ApiObject[];
  /** The labels of every namespace, by its name. */
  readonly namespaces: ReadonlyMap<string, PodEnd["namespaceLabels"]>;
}

export async function wiringOf(api: Api): Promise<Wiring> {
  const namespaces = await api.list("/api/v1/namespaces");
  return {
    policies: await api.list("/apis/networking.k8s.io/v1/networkpolicies"),
    namespaces: new Map(
      namespaces.map((each) => [each.metadata.name, (valueAt(each, "metadata", "labels") ?? {}) as PodEnd["namespaceLabels"]]),
    ),
  };
}

/** A talk between two ends, and whether it must be possible. */
interface Talk {
  readonly what: string;
  readonly from: End;
  readonly to: End;
  readonly port: Port;
  readonly open: boolean;
}

const https: Port = { port: 443, protocol: "TCP" };
const dns: Port = { port: 53, protocol: "UDP" };
/** An address of nobody in this estate. */
const world: End = { address: "203.0.113.1" };
/** Where clouds hide the credentials of a machine. */
const metadataService = "169.254.169.254";

function talksOf(target: Target, estate: Pick<Estate, "sites">, { namespaces }: Wiring): Talk[] {
  const podIn = (namespace: string, labels: PodEnd["labels"] = {}): PodEnd => ({
    namespace,
    namespaceLabels: namespaces.get(namespace) ?? {},
    labels,
  });
  const { namespace, other, vip, leaves } = target;
  const own = podIn(namespace);
  const leaving = podIn(namespace, { [egressLabel]: "true" });
  const resolver = podIn("kube-system", { "k8s-app": "kube-dns" });
  const talk = (what: string, from: End, to: End, open: boolean, port = https): Talk => ({ what, from, to, port, open });
  const inside = [...privateNetworks(estate).map((network) => formatAddress(parsePrefix(network).start + 1)), metadataService];
  return [
    talk("one of its pods reaches another", own, podIn(namespace, { app: "other" }), true),
    talk("a pod of the system reaches its pods", podIn("kube-system"), own, false),
    talk("a pod of the default namespace reaches its pods", podIn("default"), own, false),
    ...(other
      ? [
          talk(`${other.messenger}'s pods reach its pods`, podIn(other.namespace, { [egressLabel]: "true" }), own, false),
          talk(`its pods reach ${other.messenger}'s`, leaving, podIn(other.namespace), false),
        ]
      : []),
    talk("its pods ask the cluster's DNS", own, resolver, true, dns),
    talk("its pods reach the DNS servers otherwise", leaving, resolver, false),
    talk("its pods reach those of the default namespace", leaving, podIn("default"), false),
    talk("its pods reach others of the system", leaving, podIn("kube-system"), false, dns),
    talk("a pod without the label leaves the cluster", own, world, false),
    talk("a pod with the label leaves the cluster", leaving, world, leaves),
    ...inside.map((address) => talk(`a pod reaches ${address}, of the company's own networks`, leaving, { address }, false)),
    talk("the world reaches its pods", world, own, vip !== undefined),
  ];
}

/** Every talk that is not as it must be, such as `a pod without the label leaves the cluster`; and how many were looked at. */
export function leaks(
  target: Target,
  estate: Pick<Estate, "sites">,
  wiring: Wiring,
): { readonly looked: number; readonly wrong: string[] } {
  const talks = talksOf(target, estate, wiring);
  const wrong = talks
    .filter(({ from, to, port, open }) => mayTalk(wiring.policies, from, to, port) !== open)
    .map(({ what, open }) => (open ? `cannot: ${what}` : what));
  return { looked: talks.length, wrong };
}
