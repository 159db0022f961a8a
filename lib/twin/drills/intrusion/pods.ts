/** On which nodes a messenger's pods run, and before whose others. */
import { messengerLabel } from "../../../cluster/labels";
import { poolHolder } from "../../../allocation/grant";
import { priorityClassOf } from "../../../cluster/priority";
import type { JsonObject } from "../../../manifests/apiObject";
import { amend, byPolicy, create, inside, type Call, type Refused, type Table } from "./attempt";
import type { Target } from "./target";
import { pod, standing, type Change } from "./wellFormed";

const by = (words: string): Refused["by"] => byPolicy("pods", words);
const byNodes = by("spec.nodeSelector must have");
const byClass = by("spec.priorityClassName must be");
const byTolerations = by("spec.tolerations may hold");

/** A pod that differs from the well-formed one in one thing. */
export function podRefused(what: string, refusedBy: Refused["by"], changed: (target: Target) => Change | undefined): Refused {
  const making = (target: Target, changes?: Change) => create(inside(target.namespace, "v1", "pods"), pod(target, changes));
  return {
    what,
    who: "deployer",
    want: "refused",
    by: refusedBy,
    request: (target) => {
      const changes = changed(target);
      return changes && making(target, changes);
    },
    control: (target) => making(target),
  };
}

const tolerates = (what: string, toleration: (target: Target) => Record<string, string> | undefined): Refused =>
  podRefused(`makes a pod that tolerates ${what}`, byTolerations, (target) => {
    const one = toleration(target);
    return one && { spec: { tolerations: [one] } };
  });

const runsOn = (what: string, nodes: (target: Target) => string | null | undefined): Refused =>
  podRefused(`makes a pod that selects ${what}`, byNodes, (target) => {
    const value = nodes(target);
    return value === undefined ? undefined : { spec: { nodeSelector: { [messengerLabel]: value } } };
  });

const ofClass = (what: string, priorityClassName: (target: Target) => string | null): Refused =>
  podRefused(`makes a pod ${what}`, byClass, (target) => ({ spec: { priorityClassName: priorityClassName(target) } }));

/** A pod that looks at others' pods before it is placed; it works both ways, and keeps these away. */
const looksAt = (what: string, kind: string, term: (target: Target) => JsonObject | undefined): Refused =>
  podRefused(`makes a pod that ${what}`, by("spec.affinity may look at pods of its own namespace only"), (target) => {
    const one = term(target);
    const whole = { topologyKey: "topology.kubernetes.io/region", labelSelector: { matchLabels: { app: standing } }, ...one };
    return one && { spec: { affinity: { [kind]: { requiredDuringSchedulingIgnoredDuringExecution: [whole] } } } };
  });

/** A running pod's tolerations may only become more. */
const tolerating = (target: Target, value: JsonObject): Call =>
  amend(inside(target.namespace, "v1", "pods", standing), [{ op: "add", path: "/spec/tolerations/-", value }]);

export const pods: Table = {
  promise: "a messenger's pods run on its own nodes or the pool's, and wait their turn",
  attempts: [
    podRefused("makes a pod on another's server, by name", by("a pod may not name its node"), ({ foreignServer }) => ({
      spec: { nodeName: foreignServer },
    })),
    podRefused("makes a pod on its own server, by name", by("a pod may not name its node"), ({ server }) => ({
      spec: { nodeName: server },
    })),
    runsOn("no nodes", () => null),
    runsOn("another messenger's nodes", ({ other, nodes }) => (other?.nodes === nodes ? undefined : other?.nodes)),
    runsOn("the pool's nodes, having its own", ({ nodes }) => (nodes === poolHolder ? undefined : poolHolder)),
    runsOn("nodes that nobody has", () => "nobody"),
    podRefused("makes a pod for the control plane", byNodes, () => ({
      spec: { nodeSelector: { [messengerLabel]: null, "node-role.kubernetes.io/control-plane": "" } },
    })),
    ofClass("without a priority class", () => null),
    ofClass("before the system's own", () => "system-cluster-critical"),
    ofClass("before every node's own", () => "system-node-critical"),
    ofClass("of the other tier", ({ otherTier }) => priorityClassOf(otherTier)),
    looksAt("keeps everybody's pods away from the whole site", "podAntiAffinity", () => ({ namespaceSelector: {} })),
    looksAt("keeps another messenger's pods away", "podAntiAffinity", ({ other }) => other && { namespaces: [other.namespace] }),
    looksAt("goes where another messenger's pods are", "podAffinity", ({ other }) => other && { namespaces: [other.namespace] }),
    podRefused("makes a pod that would rather be away from everybody's", by("spec.affinity may look at pods of its own"), () => ({
      spec: {
        affinity: {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 100, podAffinityTerm: { topologyKey: "kubernetes.io/hostname", namespaceSelector: {} } },
            ],
          },
        },
      },
    })),
    podRefused("makes a pod for another system, of which less is asked", by("spec.os.name must be linux"), () => ({
      spec: { os: { name: "windows" }, securityContext: { runAsUser: null, seccompProfile: null } },
      container: { securityContext: null },
    })),
    tolerates("every taint", () => ({ operator: "Exists" })),
    tolerates("every taint that evicts", () => ({ operator: "Exists", effect: "NoExecute" })),
    tolerates(
      "another messenger's servers",
      ({ other }) => other && { key: messengerLabel, operator: "Equal", value: other.messenger, effect: "NoSchedule" },
    ),
    tolerates("all messengers' servers", () => ({ key: messengerLabel, operator: "Exists" })),
    tolerates("servers of nobody", () => ({ key: messengerLabel, operator: "Equal", value: "", effect: "NoSchedule" })),
    tolerates("the control plane", () => ({ key: "node-role.kubernetes.io/control-plane", operator: "Exists", effect: "NoSchedule" })),
    {
      what: "lets a running pod tolerate every taint",
      who: "deployer",
      want: "refused",
      by: byTolerations,
      request: (target) => tolerating(target, { operator: "Exists" }),
      control: (target) => tolerating(target, { key: "node.kubernetes.io/not-ready", operator: "Exists" }),
    },
    podRefused("makes a pod with a ServiceAccount that its namespace has not", ["error looking up service account", "not found"], () => ({
      spec: { serviceAccountName: "another" },
    })),
  ],
};
