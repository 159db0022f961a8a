/** What a site runs for all: its own namespaces, and what its API server asks and believes. */
import type { JsonObject } from "../../../manifests/apiObject";
import { loadBalancerNamespace } from "../../../cluster/siteNamespaces";
import { across, change, create, forbidden, inside, read, remove, type Call, type Refused, type Table } from "./attempt";
import type { Target } from "./target";
import { object, pod, running } from "./wellFormed";

const admission = "admissionregistration.k8s.io/v1";
const definitions = across("apiextensions.k8s.io/v1", "customresourcedefinitions");
const itself = "kube-system";
const group = "rehearsal.example.com";

const admin = (what: string, call: (target: Target) => Call): Refused => forbidden("admin", what, call);
/** An object of the whole site. */
const siteWide = (what: string, apiVersion: string, resource: string, kind: string, rest: JsonObject): Refused =>
  admin(what, () => create(across(apiVersion, resource), object(apiVersion, kind, rest)));
const hooks: JsonObject = {
  webhooks: [
    {
      name: group,
      clientConfig: { url: "https://hook.example.com" },
      admissionReviewVersions: ["v1"],
      sideEffects: "None",
      rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["secrets"] }],
    },
  ],
};

export const system: Table = {
  promise: "nobody touches what a site runs for all",
  attempts: [
    siteWide("is told of every secret by a webhook", admission, "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", hooks),
    siteWide("changes every secret by a webhook", admission, "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", hooks),
    siteWide("makes a policy", admission, "validatingadmissionpolicies", "ValidatingAdmissionPolicy", {
      spec: {
        matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }] },
        validations: [{ expression: "false" }],
      },
    }),
    siteWide("answers for a group of the API", "apiregistration.k8s.io/v1", "apiservices", "APIService", {
      metadata: { name: `v1.${group}` },
      spec: { group, version: "v1", groupPriorityMinimum: 1, versionPriority: 1, service: { name: "x", namespace: "default" } },
    }),
    admin("makes a kind", () =>
      create(
        definitions,
        object("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
          metadata: { name: `things.${group}` },
          spec: {
            group,
            scope: "Cluster",
            names: { plural: "things", kind: "Thing" },
            versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
          },
        }),
      ),
    ),
    admin("deletes the kind of the address pools", () => remove(`${definitions}/ipaddresspools.metallb.io`)),
    admin("deletes the kind of the hosts", () => remove(`${definitions}/baremetalhosts.metal3.io`)),
    siteWide("lets its requests go before others'", "flowcontrol.apiserver.k8s.io/v1", "flowschemas", "FlowSchema", {
      spec: { priorityLevelConfiguration: { name: "exempt" }, matchingPrecedence: 500 },
    }),
    admin("lists the secrets of the system", () => read(inside(itself, "v1", "secrets"))),
    admin("reads whom the API server believes", () => read(inside(itself, "v1", "configmaps", "extension-apiserver-authentication"))),
    admin("makes a pod in the system's namespace", (target) => create(inside(itself, "v1", "pods"), pod(target))),
    admin("makes a DaemonSet in the system's namespace", (target) =>
      create(inside(itself, "apps/v1", "daemonsets"), running("apps/v1", "DaemonSet", target)),
    ),
    admin("makes a settings object in the system's namespace", () => create(inside(itself, "v1", "configmaps"), object("v1", "ConfigMap"))),
    admin("takes a controller's lease", () =>
      create(
        inside(itself, "coordination.k8s.io/v1", "leases"),
        object("coordination.k8s.io/v1", "Lease", { spec: { holderIdentity: "another" } }),
      ),
    ),
    admin("makes a secret for the load balancers", () => create(inside(loadBalancerNamespace, "v1", "secrets"), object("v1", "Secret"))),
    admin("lists the secrets of the load balancers", () => read(inside(loadBalancerNamespace, "v1", "secrets"))),
    admin("deletes everything of the load balancers", () => remove(inside(loadBalancerNamespace, "metallb.io/v1beta1", "ipaddresspools"))),
    admin("says something to everybody", () => create(inside("kube-public", "v1", "configmaps"), object("v1", "ConfigMap"))),
    admin("changes what all namespaces have", () =>
      change(across("v1", "namespaces", "default"), { metadata: { labels: { other: "true" } } }),
    ),
    admin("reads the API server's numbers", () => read("/metrics")),
    admin("reads the API server's logs", () => read("/debug/pprof/")),
  ],
};
