/**
 * What the API makes of the fields of each kind: one entry a kind, by group and kind, whatever the version.
 * Kinds and fields that do not stand here are compared as they are written.
 *
 * What stands in `unless` is what the API server, or the provider before it, fills in, and is the same as nothing. It is said only of
 * fields that this project's own objects have on one road and lack on another (the provider sends what a manifest leaves out):
 *
 * | kind           | field                        | value                | source                                                            |
 * | -------------- | ---------------------------- | -------------------- | ----------------------------------------------------------------- |
 * | NetworkPolicy  | protocol of a port           | TCP                  | Kubernetes 1.34, pkg/apis/networking/v1/defaults.go               |
 * | PriorityClass  | preemptionPolicy             | PreemptLowerPriority | Kubernetes 1.34, pkg/apis/scheduling/v1/defaults.go               |
 * | PriorityClass  | globalDefault, description   | false, ""            | provider 2.38.0, resource_kubernetes_priority_class_v1.go         |
 * | Secret         | type                         | Opaque               | Kubernetes 1.34, pkg/apis/core/v1/defaults.go                     |
 * | ServiceAccount | automountServiceAccountToken | true                 | provider 2.38.0, resource_kubernetes_service_account_v1.go        |
 * | BareMetalHost  | automatedCleaningMode        | metadata             | Baremetal Operator apis 0.13.2, baremetalhost_types.go            |
 * | BareMetalHost  | externallyProvisioned        | false                | the same: left out where it is false                              |
 */
import type { ApiObject } from "../../manifests/apiObject";
import { labelSelector, metadata, podKinds } from "./podShape";
import { choiceOf, fields, mapBy, plain, quantity, sequenceBy, setOf, unless, valuesOf, type Shape } from "./shape";

const rules = setOf(fields({ apiGroups: setOf(), resources: setOf(), resourceNames: setOf(), nonResourceURLs: setOf(), verbs: setOf() }));
const role = fields({ rules, aggregationRule: fields({ clusterRoleSelectors: setOf(labelSelector) }) });
const binding = fields({ subjects: setOf() });

const peer = fields({ ipBlock: fields({ except: setOf() }), namespaceSelector: labelSelector, podSelector: labelSelector });
const policyPorts = setOf(fields({ protocol: unless("TCP") }));

const admissionRules = setOf(
  fields({ apiGroups: setOf(), apiVersions: setOf(), operations: setOf(), resources: setOf(), resourceNames: setOf() }),
);
const matchResources = fields({
  namespaceSelector: labelSelector,
  objectSelector: labelSelector,
  resourceRules: admissionRules,
  excludeResourceRules: admissionRules,
});

const selectors = setOf(labelSelector);

const ciliumPorts = setOf(fields({ ports: setOf() }));
/** Whom a rule lets in or out. Cilium 1.18, pkg/policy/api: a list that is there and empty selects nobody. */
const ciliumPeers = choiceOf(labelSelector);
const ciliumRule = fields({
  fromEndpoints: ciliumPeers,
  toEndpoints: ciliumPeers,
  fromNodes: ciliumPeers,
  toNodes: ciliumPeers,
  fromCIDR: choiceOf(),
  toCIDR: choiceOf(),
  fromCIDRSet: choiceOf(fields({ except: setOf() })),
  toCIDRSet: choiceOf(fields({ except: setOf() })),
  fromEntities: choiceOf(),
  toEntities: choiceOf(),
  toFQDNs: setOf(),
  toServices: setOf(),
  toPorts: ciliumPorts,
});
const ciliumSpec = fields({
  endpointSelector: labelSelector,
  nodeSelector: labelSelector,
  ingress: setOf(ciliumRule),
  egress: setOf(ciliumRule),
  ingressDeny: setOf(ciliumRule),
  egressDeny: setOf(ciliumRule),
});
const ciliumPolicy = fields({ spec: ciliumSpec, specs: setOf(ciliumSpec) });

const kinds: Readonly<Record<string, Shape>> = {
  ...podKinds,
  "/ConfigMap": fields({ data: valuesOf(plain), binaryData: valuesOf(plain) }),
  "/LimitRange": fields({
    spec: fields({
      limits: mapBy(
        "type",
        fields({
          default: valuesOf(quantity),
          defaultRequest: valuesOf(quantity),
          max: valuesOf(quantity),
          min: valuesOf(quantity),
          maxLimitRequestRatio: valuesOf(quantity),
        }),
      ),
    }),
  }),
  "/ResourceQuota": fields({
    spec: fields({
      hard: valuesOf(quantity),
      scopes: setOf(),
      scopeSelector: fields({ matchExpressions: setOf(fields({ values: setOf() })) }),
    }),
  }),
  "/Secret": fields({ type: unless("Opaque"), data: valuesOf(plain), stringData: valuesOf(plain) }),
  "/Service": fields({
    spec: fields({
      ports: mapBy(["port", "protocol"]),
      selector: valuesOf(plain),
      externalIPs: setOf(),
      loadBalancerSourceRanges: setOf(),
    }),
  }),
  "/ServiceAccount": fields({ automountServiceAccountToken: unless(true), secrets: mapBy("name"), imagePullSecrets: mapBy("name") }),
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy": fields({
    spec: fields({
      matchConstraints: matchResources,
      matchConditions: mapBy("name"),
      // A variable may use those before it.
      variables: sequenceBy("name"),
      validations: setOf(),
      auditAnnotations: mapBy("key"),
    }),
  }),
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding": fields({
    spec: fields({ matchResources, validationActions: setOf() }),
  }),
  "cilium.io/CiliumClusterwideNetworkPolicy": ciliumPolicy,
  "cilium.io/CiliumEgressGatewayPolicy": fields({
    spec: fields({
      selectors: setOf(fields({ podSelector: labelSelector, namespaceSelector: labelSelector, nodeSelector: labelSelector })),
      destinationCIDRs: setOf(),
      excludedCIDRs: setOf(),
      // Which pod leaves by which address may hang on the order.
      egressGateways: sequenceBy("egressIP", fields({ nodeSelector: labelSelector })),
      egressGateway: fields({ nodeSelector: labelSelector }),
    }),
  }),
  "cilium.io/CiliumNetworkPolicy": ciliumPolicy,
  "metal3.io/BareMetalHost": fields({
    spec: fields({ automatedCleaningMode: unless("metadata"), externallyProvisioned: unless(false) }),
  }),
  "metallb.io/BGPAdvertisement": fields({
    spec: fields({
      ipAddressPools: setOf(),
      ipAddressPoolSelectors: selectors,
      nodeSelectors: selectors,
      peers: setOf(),
      communities: setOf(),
    }),
  }),
  "metallb.io/BGPPeer": fields({ spec: fields({ nodeSelectors: selectors }) }),
  "metallb.io/IPAddressPool": fields({
    spec: fields({
      addresses: setOf(),
      serviceAllocation: fields({ namespaces: setOf(), namespaceSelectors: selectors, serviceSelectors: selectors }),
    }),
  }),
  "metallb.io/L2Advertisement": fields({
    spec: fields({ ipAddressPools: setOf(), ipAddressPoolSelectors: selectors, nodeSelectors: selectors, interfaces: setOf() }),
  }),
  "networking.k8s.io/NetworkPolicy": fields({
    spec: fields({
      podSelector: labelSelector,
      policyTypes: setOf(),
      ingress: setOf(fields({ from: setOf(peer), ports: policyPorts })),
      egress: setOf(fields({ to: setOf(peer), ports: policyPorts })),
    }),
  }),
  "nfd.k8s-sigs.io/NodeFeatureRule": fields({
    spec: fields({
      // A later rule may use what an earlier one found.
      rules: sequenceBy(
        "name",
        fields({
          extendedResources: valuesOf(quantity),
          labels: valuesOf(plain),
          // Only of this feature it is sure that its values are names: of others (GtLt) the order may count.
          matchFeatures: mapBy("feature", fields({ matchExpressions: fields({ nodename: fields({ value: setOf() }) }) })),
        }),
      ),
    }),
  }),
  "rbac.authorization.k8s.io/ClusterRole": role,
  "rbac.authorization.k8s.io/ClusterRoleBinding": binding,
  "rbac.authorization.k8s.io/Role": role,
  "rbac.authorization.k8s.io/RoleBinding": binding,
  "scheduling.k8s.io/PriorityClass": fields({
    preemptionPolicy: unless("PreemptLowerPriority"),
    globalDefault: unless(false),
    description: unless(""),
  }),
};

/** The group and kind of an object, `apps/Deployment`; of the core group `/Secret`. */
function kindOf({ apiVersion, kind }: ApiObject): string {
  return `${apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : ""}/${kind}`;
}

/** The shape of an object before and after; of two kinds, only what all kinds have. */
export function shapeOf(before: ApiObject, after: ApiObject): Shape {
  const kind = kindOf(after);
  return { fields: { ...(kindOf(before) === kind && kinds[kind]?.fields), metadata } };
}
