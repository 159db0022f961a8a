/** A stack that holds one object of every kind that the toolkit writes, made with the real bindings. */
import { App, TerraformStack } from "../../lib/engine/terraform";
import { Testing } from "../../lib/engine/testing";
import * as k from "../../lib/engine/kubernetes";
import type { JsonObject, TerraformConfig } from "../../lib/manifests/apiObject";

const rbac = "rbac.authorization.k8s.io";
const selector = { nodeSelectors: [{ matchLabels: { "zirsakht.ir/messenger": "soroush" } }] };

/** The custom kinds, and those that the provider has no resource for. */
const manifests: Readonly<Record<string, JsonObject>> = {
  advertisement: {
    apiVersion: "metallb.io/v1beta1",
    kind: "BGPAdvertisement",
    metadata: { name: "soroush", namespace: "metallb-system" },
    spec: { ipAddressPools: ["soroush"], peers: ["r01"], ...selector },
  },
  peer: {
    apiVersion: "metallb.io/v1beta2",
    kind: "BGPPeer",
    metadata: { name: "r01", namespace: "metallb-system" },
    spec: {
      myASN: 64512,
      peerASN: 64601,
      peerAddress: "10.0.1.1",
      nodeSelectors: [{ matchLabels: { "topology.kubernetes.io/zone": "r01" } }],
    },
  },
  addresses: {
    apiVersion: "metallb.io/v1beta1",
    kind: "IPAddressPool",
    metadata: { name: "soroush", namespace: "metallb-system" },
    spec: { addresses: ["198.51.100.32/27"], avoidBuggyIPs: true, serviceAllocation: { namespaces: ["messenger-soroush"] } },
  },
  host: {
    apiVersion: "metal3.io/v1alpha1",
    kind: "BareMetalHost",
    metadata: { name: "thr1-r01-s01", namespace: "zirsakht-hardware", labels: { "zirsakht.ir/state": "granted" } },
    spec: {
      online: true,
      automatedCleaningMode: "disabled",
      bootMACAddress: "02:00:00:00:00:01",
      bmc: { address: "redfish-virtualmedia://10.0.1.1/redfish/v1/Systems/1", credentialsName: "bmc-thr1-r01-s01" },
      image: { url: "https://images.example/node.qcow2", checksum: "ab", checksumType: "sha256" },
      rootDeviceHints: { minSizeGigabytes: 400 },
      userData: { name: "join", namespace: "zirsakht-hardware" },
    },
  },
  attachment: {
    apiVersion: "k8s.cni.cncf.io/v1",
    kind: "NetworkAttachmentDefinition",
    metadata: { name: "private", namespace: "messenger-bale" },
    spec: { config: "{}" },
  },
  egress: {
    apiVersion: "cilium.io/v2",
    kind: "CiliumEgressGatewayPolicy",
    metadata: { name: "soroush" },
    spec: {
      selectors: [{ podSelector: { matchLabels: { "io.kubernetes.pod.namespace": "messenger-soroush" } } }],
      destinationCIDRs: ["0.0.0.0/0"],
      excludedCIDRs: ["10.64.0.0/12"],
      egressGateways: [{ egressIP: "198.51.100.64", nodeSelector: { matchLabels: { "kubernetes.io/hostname": "thr1-r01-s03" } } }],
      egressGateway: { nodeSelector: { matchLabels: { "kubernetes.io/hostname": "thr1-r01-s03" } } },
    },
  },
  bandwidth: {
    apiVersion: "nfd.k8s-sigs.io/v1alpha1",
    kind: "NodeFeatureRule",
    metadata: { name: "bandwidth" },
    spec: {
      rules: [
        {
          name: "r09",
          extendedResources: { "zirsakht.ir/egress-mbps": "4000" },
          matchFeatures: [{ feature: "system.name", matchExpressions: { nodename: { op: "In", value: ["thr1-r09-s01"] } } }],
        },
      ],
    },
  },
  policy: {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicy",
    metadata: { name: "guard" },
    spec: {
      failurePolicy: "Fail",
      matchConstraints: {
        resourceRules: [{ apiGroups: ["metal3.io"], apiVersions: ["*"], operations: ["DELETE"], resources: ["baremetalhosts"] }],
      },
      validations: [{ expression: "false", message: "no" }],
    },
  },
  binding: {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name: "guard" },
    spec: { policyName: "guard", validationActions: ["Deny"] },
  },
};

/** Types that the toolkit can convert and does not make itself, as cdktf writes them. */
const converted: TerraformConfig["resource"] & {} = {
  kubernetes_cluster_role_binding_v1: {
    viewers: {
      metadata: { name: "viewers" },
      role_ref: { api_group: rbac, kind: "ClusterRole", name: "view" },
      subject: [{ api_group: rbac, kind: "Group", name: "watchers" }],
    },
  },
  kubernetes_cluster_role_v1: { health: { metadata: { name: "health" }, rule: [{ non_resource_urls: ["/healthz"], verbs: ["get"] }] } },
  kubernetes_config_map_v1: { words: { metadata: { name: "words", namespace: "messenger-soroush" }, data: { some_key: "a: b\n" } } },
};

/** Adds a resource of each type that the toolkit makes, and of each custom kind. */
export function addEveryKind(stack: TerraformStack): void {
  const namespace = new k.NamespaceV1(stack, "namespace", {
    metadata: { name: "messenger-soroush", labels: { "pod-security.kubernetes.io/enforce": "restricted", some_label: "kept" } },
    timeouts: { delete: "1h" },
    lifecycle: { preventDestroy: true },
  });
  const home = namespace.metadata.name;
  new k.ResourceQuotaV1(stack, "quota", {
    metadata: { name: "quota", namespace: home },
    spec: {
      hard: { "requests.cpu": "64", "requests.zirsakht.ir/egress-mbps": "2k" },
      scopeSelector: { matchExpression: [{ operator: "In", scopeName: "PriorityClass", values: ["focus"] }] },
    },
  });
  new k.LimitRangeV1(stack, "limits", {
    metadata: { name: "limits", namespace: home },
    spec: {
      limit: [
        {
          type: "Container",
          default: { cpu: "500m" },
          defaultRequest: { cpu: "100m", memory: "128Mi" },
          maxLimitRequestRatio: { cpu: "10" },
        },
      ],
    },
  });
  new k.NetworkPolicyV1(stack, "deny", {
    metadata: { name: "default-deny", namespace: home },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  });
  new k.NetworkPolicyV1(stack, "out", {
    metadata: { name: "out", namespace: home },
    spec: {
      podSelector: { matchLabels: { "zirsakht.ir/egress": "true" }, matchExpressions: [{ key: "some_key", operator: "Exists" }] },
      policyTypes: ["Egress"],
      egress: [
        {
          to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.64.0.0/12"] } }],
          ports: [
            { port: "443", protocol: "TCP" },
            { port: "turn", protocol: "UDP" },
          ],
        },
        { to: [{ namespaceSelector: {}, podSelector: { matchLabels: { k8s_app: "dns" } } }], ports: [{ port: "3000", endPort: 4000 }] },
      ],
    },
  });
  new k.RoleV1(stack, "role", {
    metadata: { name: "deployer", namespace: home },
    rule: [{ apiGroups: ["apps"], resources: ["deployments"], resourceNames: ["gateway"], verbs: ["get", "list"] }],
  });
  new k.RoleBindingV1(stack, "deployers", {
    metadata: { name: "deployers", namespace: home },
    roleRef: { apiGroup: rbac, kind: "Role", name: "deployer" },
    subject: [{ kind: "Group", name: "soroush-deployers", apiGroup: rbac }],
    dependsOn: [namespace],
  });
  new k.ServiceAccountV1(stack, "account", {
    metadata: { name: "deployer", namespace: home },
    automountServiceAccountToken: false,
    imagePullSecret: [{ name: "registry" }],
  });
  new k.SecretV1(stack, "node-data", {
    metadata: { name: "thr1-r01-s01-network", namespace: "zirsakht-hardware", labels: { "environment.metal3.io": "baremetal" } },
    type: "Opaque",
    data: { networkData: "bond: سروش\n" },
  });
  new k.PriorityClassV1(stack, "focus", {
    metadata: { name: "focus" },
    value: 1000,
    description: "focus messengers",
    preemptionPolicy: "Never",
  });
  for (const [id, manifest] of Object.entries(manifests)) new k.Manifest(stack, id, { manifest, computedFields: ["metadata.labels"] });
}

/** The stack as cdktf synthesizes it, and the types that are only converted. */
export function everyKind(): TerraformConfig {
  const stack = new TerraformStack(new App(), "every-kind");
  addEveryKind(stack);
  const { resource } = JSON.parse(Testing.synth(stack)) as TerraformConfig;
  return { resource: { ...resource, ...converted } };
}
