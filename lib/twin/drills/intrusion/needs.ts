/** What a messenger's people, its programs and its servers need every day. A rule that forbids one of these is broken, however safe it is. */
import type { JsonObject } from "../../../manifests/apiObject";
import { messengerLabel } from "../../../cluster/labels";
import { poolHolder } from "../../../allocation/grant";
import { across, allowed, amend, change, connect, create, inside, read, remove, type Allowed, type Call, type Table } from "./attempt";
import type { Target } from "./target";
import { claim, leaving, object, pod, podSpec, running, service, standing, type Change } from "./wellFormed";

const deployer = (what: string, call: (target: Target) => Call | undefined): Allowed => allowed("deployer", what, call);
const admin = (what: string, call: (target: Target) => Call): Allowed => allowed("admin", what, call);
const viewer = (what: string, call: (target: Target) => Call): Allowed => allowed("viewer", what, call);
const server = (what: string, call: (target: Target) => Call): Allowed => allowed("node", `a server ${what}`, call);

const runs = (what: string, change: (target: Target) => Change | undefined): Allowed =>
  deployer(`runs a pod ${what}`, (target) => {
    const own = change(target);
    return own && create(inside(target.namespace, "v1", "pods"), pod(target, own));
  });
const balanced = { type: "LoadBalancer", allocateLoadBalancerNodePorts: false };
const serves = (what: string, spec: JsonObject, applies: (target: Target) => boolean = () => true): Allowed =>
  deployer(`makes a service ${what}`, (target) =>
    applies(target) ? create(inside(target.namespace, "v1", "services"), service({ spec })) : undefined,
  );
const withAddresses = ({ vip }: Target): boolean => vip !== undefined;
const makes = (what: string, apiVersion: string, resource: string, body: (target: Target) => JsonObject): Allowed =>
  deployer(`makes ${what}`, (target) => create(inside(target.namespace, apiVersion, resource), body(target)));
const lists = (what: string, apiVersion: string, resource: string): Allowed =>
  viewer(`lists ${what}`, ({ namespace }) => read(inside(namespace, apiVersion, resource)));

const job = (target: Target): JsonObject => ({
  template: { metadata: { labels: { app: standing } }, spec: { ...podSpec(target), restartPolicy: "Never" } },
});
const ofDeployment = { apiVersion: "apps/v1", kind: "Deployment", name: standing };

export const needs: Table = {
  promise: "everybody may do what he needs",
  attempts: [
    runs("on the messenger's nodes", () => ({})),
    runs("that outlasts a node's failure", () => ({
      spec: { tolerations: [{ key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoExecute", tolerationSeconds: 30 }] },
    })),
    runs("that leaves the cluster", (target) => (target.leaves ? leaving(target) : undefined)),
    runs("in the messenger's own network", ({ attachment }) =>
      attachment === undefined ? undefined : { annotations: { "k8s.v1.cni.cncf.io/networks": attachment } },
    ),
    runs("with users of its own", () => ({ spec: { hostUsers: false } })),
    runs("with a volume that goes with it", () => ({
      spec: {
        volumes: [
          {
            name: "scratch",
            ephemeral: { volumeClaimTemplate: { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Mi" } } } } },
          },
        ],
      },
    })),
    runs("with settings, secrets and room of its own", () => ({
      spec: {
        volumes: [
          { name: "settings", configMap: { name: standing } },
          { name: "secrets", secret: { secretName: standing } },
          { name: "room", emptyDir: { sizeLimit: "1Mi" } },
        ],
      },
    })),
    runs("with a token for a program outside", () => ({
      spec: {
        volumes: [{ name: "token", projected: { sources: [{ serviceAccountToken: { audience: "vault.example", path: "token" } }] } }],
      },
    })),
    runs("as the deployments' own account", () => ({ spec: { serviceAccountName: "deployer" } })),
    runs("that keeps away from its like", () => ({
      spec: {
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: "topology.kubernetes.io/zone", labelSelector: { matchLabels: { app: "another" } } },
            ],
          },
        },
      },
    })),
    runs("that looks after itself and its place", (target) => ({
      container: { livenessProbe: { httpGet: { port: 8080 } }, ports: [{ containerPort: 8080 }] },
      spec: {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: messengerLabel, operator: "In", values: [target.nodes] }] }],
            },
          },
        },
        topologySpreadConstraints: [
          { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway", labelSelector: {} },
        ],
      },
    })),
    deployer("labels a running pod", ({ namespace }) =>
      change(inside(namespace, "v1", "pods", standing), { metadata: { labels: { release: "2" } } }),
    ),
    deployer("lets a running pod wait for its node", ({ namespace }) =>
      amend(inside(namespace, "v1", "pods", standing), [
        { op: "add", path: "/spec/tolerations/-", value: { key: "node.kubernetes.io/memory-pressure", operator: "Exists" } },
      ]),
    ),
    deployer("deletes a pod", ({ namespace }) => remove(inside(namespace, "v1", "pods", standing))),
    deployer("evicts a pod", ({ namespace }) =>
      create(inside(namespace, "v1", "pods", standing, "eviction"), {
        apiVersion: "policy/v1",
        kind: "Eviction",
        metadata: { name: standing, namespace },
      }),
    ),
    makes("a Deployment", "apps/v1", "deployments", (target) => running("apps/v1", "Deployment", target, { replicas: 3 })),
    makes("a StatefulSet", "apps/v1", "statefulsets", (target) =>
      running("apps/v1", "StatefulSet", target, { serviceName: standing, volumeClaimTemplates: [claim({}, "data")] }),
    ),
    makes("a DaemonSet", "apps/v1", "daemonsets", (target) => running("apps/v1", "DaemonSet", target)),
    makes("a Job", "batch/v1", "jobs", (target) => object("batch/v1", "Job", { spec: job(target) })),
    makes("a CronJob", "batch/v1", "cronjobs", (target) =>
      object("batch/v1", "CronJob", { spec: { schedule: "0 3 * * *", jobTemplate: { spec: job(target) } } }),
    ),
    makes("an autoscaler", "autoscaling/v2", "horizontalpodautoscalers", () =>
      object("autoscaling/v2", "HorizontalPodAutoscaler", { spec: { scaleTargetRef: ofDeployment, maxReplicas: 3 } }),
    ),
    makes("a budget of disruptions", "policy/v1", "poddisruptionbudgets", () =>
      object("policy/v1", "PodDisruptionBudget", { spec: { maxUnavailable: 1, selector: { matchLabels: { app: standing } } } }),
    ),
    makes("settings", "v1", "configmaps", () => object("v1", "ConfigMap", { data: { key: "value" } })),
    makes("a secret", "v1", "secrets", () => object("v1", "Secret", { stringData: { key: "value" } })),
    makes("a claim", "v1", "persistentvolumeclaims", () => claim()),
    deployer("scales a Deployment", ({ namespace }) =>
      change(inside(namespace, "apps/v1", "deployments", standing, "scale"), { spec: { replicas: 2 } }),
    ),
    deployer("rolls out a Deployment", ({ namespace }) =>
      change(inside(namespace, "apps/v1", "deployments", standing), {
        spec: { template: { metadata: { annotations: { "kubectl.kubernetes.io/restartedAt": "2026-11-24T00:00:00Z" } } } },
      }),
    ),
    deployer("reads a secret", ({ namespace }) => read(inside(namespace, "v1", "secrets"))),
    allowed("account", "makes a Deployment by its token", (target) =>
      create(inside(target.namespace, "apps/v1", "deployments"), running("apps/v1", "Deployment", target)),
    ),
    serves("inside the cluster", {}),
    serves("without an address of its own", { clusterIP: "None" }),
    serves("that is a name elsewhere", { type: "ExternalName", externalName: "example.org", selector: null, ports: null }),
    serves("at a public address", balanced, withAddresses),
    serves("at a public address that sees who calls", { ...balanced, externalTrafficPolicy: "Local" }, withAddresses),
    lists("the pods", "v1", "pods"),
    lists("the services", "v1", "services"),
    lists("the Deployments", "apps/v1", "deployments"),
    lists("the events", "v1", "events"),
    lists("the network policies", "networking.k8s.io/v1", "networkpolicies"),
    viewer("reads what the messenger was granted and uses", ({ namespace }) => read(inside(namespace, "v1", "resourcequotas", "grant"))),
    viewer("reads the log of a pod", ({ namespace }) => ({ ...read(inside(namespace, "v1", "pods", standing, "log")), connects: true })),
    admin("runs a command in a pod", ({ namespace }) => ({
      ...connect(inside(namespace, "v1", "pods", standing, "exec")),
      query: { command: "sh", stdout: "true" },
    })),
    admin("forwards a port of a pod", ({ namespace }) => connect(inside(namespace, "v1", "pods", standing, "portforward"))),
    admin("debugs a running pod", ({ namespace }) =>
      change(inside(namespace, "v1", "pods", standing, "ephemeralcontainers"), {
        spec: {
          ephemeralContainers: [
            {
              name: "debug",
              image: "images.example/debug:1",
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
            },
          ],
        },
      }),
    ),
    admin("makes a ServiceAccount", ({ namespace }) => create(inside(namespace, "v1", "serviceaccounts"), object("v1", "ServiceAccount"))),
    allowed("stranger", "asks what he may do himself", ({ namespace }) =>
      create(across("authorization.k8s.io/v1", "selfsubjectaccessreviews"), {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes: { namespace, verb: "get", resource: "pods" } },
      }),
    ),
    server("says how it is", ({ server: name }) =>
      change(across("v1", "nodes", name, "status"), { status: { nodeInfo: { osImage: "another" } } }),
    ),
    server("starts anew, without its resources of ours", ({ server: name, nodes }) =>
      change(across("v1", "nodes", name, "status"), {
        status:
          nodes === poolHolder ? { capacity: { "zirsakht.ir/egress-mbps": "0" }, allocatable: { "zirsakht.ir/egress-mbps": "0" } } : {},
      }),
    ),
    server("labels itself as kubelet does", ({ server: name }) =>
      change(across("v1", "nodes", name), { metadata: { labels: { "kubernetes.io/arch": "amd64", "kubernetes.io/hostname": name } } }),
    ),
    server("keeps its lease", ({ server: name }) =>
      change(inside("kube-node-lease", "coordination.k8s.io/v1", "leases", name), { spec: { holderIdentity: name } }),
    ),
    server("reads its node", ({ server: name }) => read(across("v1", "nodes", name))),
    server("tells an event", ({ server: name }) =>
      create(inside("default", "v1", "events"), {
        apiVersion: "v1",
        kind: "Event",
        metadata: { name: standing },
        involvedObject: { kind: "Node", name },
        reason: "Rehearsal",
        type: "Normal",
      }),
    ),
  ],
};
