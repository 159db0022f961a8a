/** What a messenger was granted in its namespace: it may look at it. */
import type { JsonObject } from "../../../manifests/apiObject";
import { guardedLabel, messengerLabel, nodesLabel, tierLabel } from "../../../cluster/labels";
import { across, change, create, forbidden, inside, remove, type Refused, type Table } from "./attempt";
import type { Target } from "./target";
import { object } from "./wellFormed";

const networking = "networking.k8s.io/v1";
const attachments = "k8s.cni.cncf.io/v1";
const admission = "admissionregistration.k8s.io/v1";

const relabels = (what: string, labels: (target: Target) => JsonObject | undefined): Refused =>
  forbidden("admin", what, (target) => {
    const own = labels(target);
    return own && change(across("v1", "namespaces", target.namespace), { metadata: { labels: own } });
  });

const ofNamespace = (what: string, call: (namespace: string) => ReturnType<typeof remove>): Refused =>
  forbidden("admin", what, ({ namespace }) => call(namespace));

export const grant: Table = {
  promise: "a messenger does not change what it was granted, nor the rules of its namespace",
  attempts: [
    ofNamespace("raises its quota", (namespace) =>
      change(inside(namespace, "v1", "resourcequotas", "grant"), { spec: { hard: { "requests.cpu": "9k" } } }),
    ),
    ofNamespace("deletes its quota", (namespace) => remove(inside(namespace, "v1", "resourcequotas", "grant"))),
    ofNamespace("deletes all its quotas", (namespace) => remove(inside(namespace, "v1", "resourcequotas"))),
    ofNamespace("says that it uses nothing of its quota", (namespace) =>
      change(inside(namespace, "v1", "resourcequotas", "grant", "status"), { status: { used: { "requests.cpu": "0" } } }),
    ),
    ofNamespace("changes what containers ask for by default", (namespace) =>
      change(inside(namespace, "v1", "limitranges", "defaults"), { spec: { limits: [] } }),
    ),
    ofNamespace("deletes what containers ask for by default", (namespace) => remove(inside(namespace, "v1", "limitranges", "defaults"))),
    relabels("lets its pods run on another's nodes", ({ other }) => other && { [nodesLabel]: other.nodes }),
    relabels("says that its namespace is another messenger's", ({ other }) => other && { [messengerLabel]: other.messenger }),
    relabels("takes its namespace out of the site's policies", () => ({ [messengerLabel]: null })),
    relabels("lets its pods have privileges", () => ({ "pod-security.kubernetes.io/enforce": "privileged" })),
    relabels("goes over to the other tier", ({ otherTier }) => ({ [tierLabel]: otherTier })),
    relabels("takes the guard off its namespace", () => ({ [guardedLabel]: null })),
    ofNamespace("deletes its namespace", (namespace) => remove(across("v1", "namespaces", namespace))),
    ofNamespace("ends its namespace", (namespace) => ({
      method: "PUT",
      path: across("v1", "namespaces", namespace, "finalize"),
      body: { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace }, spec: { finalizers: [] } },
    })),
    forbidden("admin", "makes a namespace", () => create(across("v1", "namespaces"), object("v1", "Namespace"))),
    forbidden(
      "admin",
      "makes a namespace in another messenger's name",
      ({ other }) =>
        other &&
        create(
          across("v1", "namespaces"),
          object("v1", "Namespace", { metadata: { labels: { [messengerLabel]: other.messenger, [nodesLabel]: other.nodes } } }),
        ),
    ),
    ofNamespace("opens its network to everybody", (namespace) =>
      create(
        inside(namespace, networking, "networkpolicies"),
        object(networking, "NetworkPolicy", { spec: { podSelector: {}, ingress: [{}], egress: [{}] } }),
      ),
    ),
    ofNamespace("widens a network policy", (namespace) =>
      change(inside(namespace, networking, "networkpolicies", "default-deny"), { spec: { egress: [{}], ingress: [{}] } }),
    ),
    ofNamespace("deletes the policy that denies", (namespace) => remove(inside(namespace, networking, "networkpolicies", "default-deny"))),
    ofNamespace("deletes all its network policies", (namespace) => remove(inside(namespace, networking, "networkpolicies"))),
    ofNamespace("makes a network of another's VLAN", (namespace) =>
      create(
        inside(namespace, attachments, "network-attachment-definitions"),
        object(attachments, "NetworkAttachmentDefinition", {
          spec: { config: JSON.stringify({ cniVersion: "1.0.0", type: "macvlan", master: "bond0.1000" }) },
        }),
      ),
    ),
    forbidden("admin", "moves its network to another's VLAN", ({ namespace, attachment }) =>
      attachment === undefined
        ? undefined
        : change(inside(namespace, attachments, "network-attachment-definitions", attachment), { spec: { config: "{}" } }),
    ),
    forbidden("admin", "makes a priority class", () =>
      create(
        across("scheduling.k8s.io/v1", "priorityclasses"),
        object("scheduling.k8s.io/v1", "PriorityClass", { value: 999_999_999, globalDefault: false }),
      ),
    ),
    forbidden("admin", "changes the description of its tier's class", ({ tier }) =>
      change(across("scheduling.k8s.io/v1", "priorityclasses", `zirsakht-${tier}`), { description: "first of all" }),
    ),
    ...["validatingadmissionpolicies", "validatingadmissionpolicybindings"].flatMap((resource): Refused[] => [
      forbidden("admin", `deletes the site's pods from ${resource}`, () => remove(across(admission, resource, "zirsakht-pods"))),
      forbidden("admin", `deletes all ${resource}`, () => remove(across(admission, resource))),
    ]),
    forbidden("admin", "lets a policy of the site warn only", () =>
      change(across(admission, "validatingadmissionpolicybindings", "zirsakht-pods"), { spec: { validationActions: ["Warn"] } }),
    ),
    forbidden("admin", "exempts his namespace from a policy of the site", ({ namespace }) =>
      change(across(admission, "validatingadmissionpolicies", "zirsakht-pods"), {
        spec: { matchConditions: [{ name: "not-mine", expression: `request.namespace != '${namespace}'` }] },
      }),
    ),
  ],
};
