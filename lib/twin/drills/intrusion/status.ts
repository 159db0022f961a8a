/** What only the system says of things: where pods run and which addresses they have, what is used and what is ready. */
import type { JsonObject } from "../../../manifests/apiObject";
import { change, create, forbidden, inside, read, type Refused, type Table } from "./attempt";
import { standing, waiting } from "./wellFormed";

const says = (what: string, apiVersion: string, resource: string, status: JsonObject): Refused =>
  forbidden("admin", `says ${what}`, ({ namespace }) => change(inside(namespace, apiVersion, resource, standing, "status"), { status }));

export const status: Table = {
  promise: "nobody but the system places pods and says how things are",
  attempts: [
    forbidden("admin", "binds a pod to another's server", ({ namespace, foreignServer }) =>
      create(inside(namespace, "v1", "pods", waiting, "binding"), {
        apiVersion: "v1",
        kind: "Binding",
        metadata: { name: waiting, namespace },
        target: { kind: "Node", name: foreignServer },
      }),
    ),
    forbidden("deployer", "binds a pod to another's server, in the old way", ({ namespace, foreignServer }) =>
      create(inside(namespace, "v1", "bindings"), {
        apiVersion: "v1",
        kind: "Binding",
        metadata: { name: waiting, namespace },
        target: { kind: "Node", name: foreignServer },
      }),
    ),
    says("that a pod has another's address", "v1", "pods", { podIP: "10.1.2.3", podIPs: [{ ip: "10.1.2.3" }] }),
    says("that a claim has a volume", "v1", "persistentvolumeclaims", { phase: "Bound" }),
    says("how many pods a Deployment has", "apps/v1", "deployments", { replicas: 1 }),
    forbidden("admin", "says what phase its namespace is in", ({ namespace }) =>
      change(`/api/v1/namespaces/${namespace}/status`, { status: { phase: "Active" } }),
    ),
    forbidden("admin", "gives a pod more without asking anew", ({ namespace }) =>
      change(inside(namespace, "v1", "pods", waiting, "resize"), {
        spec: { containers: [{ name: "main", resources: { requests: { cpu: "11m", memory: "16Mi" } } }] },
      }),
    ),
    forbidden("admin", "reaches a pod's network through the API server", ({ namespace }) => ({
      ...read(inside(namespace, "v1", "pods", standing, "proxy")),
      connects: true,
    })),
    forbidden("admin", "reaches a service's network through the API server", ({ namespace }) => ({
      ...read(inside(namespace, "v1", "services", standing, "proxy")),
      connects: true,
    })),
    forbidden("deployer", "tells an event that did not happen", ({ namespace }) =>
      create(inside(namespace, "v1", "events"), {
        apiVersion: "v1",
        kind: "Event",
        metadata: { name: standing },
        involvedObject: { kind: "Pod", namespace, name: standing },
        reason: "Rehearsal",
        type: "Normal",
      }),
    ),
  ],
};
