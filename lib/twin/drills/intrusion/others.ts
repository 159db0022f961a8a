/** Another messenger at the same site: a competitor, of which nothing is seen and nothing is touched. */
import { across, change, connect, create, forbidden, inside, read, remove, type Call, type Refused, type Table } from "./attempt";
import type { Somebody, Target } from "./target";
import { claim, object, pod, service, standing, tried } from "./wellFormed";

const toOther = (what: string, call: (other: Somebody, target: Target) => Call, who: "admin" | "account" = "admin"): Refused =>
  forbidden(who, `${what} of another messenger`, (target) => target.other && call(target.other, target));
const everywhere = (what: string, call: Call): Refused => forbidden("admin", `${what} of the whole site`, () => call);
const execution = { command: "sh", stdout: "true" };

export const others: Table = {
  promise: "a messenger sees and touches nothing of another",
  attempts: [
    toOther("lists the pods", ({ namespace }) => read(inside(namespace, "v1", "pods"))),
    toOther("lists the secrets", ({ namespace }) => read(inside(namespace, "v1", "secrets"))),
    toOther("lists the secrets by a token", ({ namespace }) => read(inside(namespace, "v1", "secrets")), "account"),
    toOther("watches the secrets", ({ namespace }) => ({
      ...read(inside(namespace, "v1", "secrets")),
      query: { watch: "true", timeoutSeconds: "1" },
    })),
    toOther("reads the settings", ({ namespace }) => read(inside(namespace, "v1", "configmaps"))),
    toOther("reads the quota", ({ namespace }) => read(inside(namespace, "v1", "resourcequotas", "grant"))),
    toOther("reads the Roles", ({ namespace }) => read(inside(namespace, "rbac.authorization.k8s.io/v1", "rolebindings"))),
    toOther("reads the log of a pod", ({ namespace }) => ({ ...read(inside(namespace, "v1", "pods", standing, "log")), connects: true })),
    toOther("runs a command in a pod", ({ namespace }) => ({
      ...connect(inside(namespace, "v1", "pods", standing, "exec")),
      query: execution,
    })),
    toOther("joins the process of a pod", ({ namespace }) => ({
      ...connect(inside(namespace, "v1", "pods", standing, "attach")),
      query: { stdout: "true" },
    })),
    toOther("forwards a port of a pod", ({ namespace }) => connect(inside(namespace, "v1", "pods", standing, "portforward"))),
    toOther("speaks to a pod through the API server", ({ namespace }) => ({
      ...read(inside(namespace, "v1", "pods", standing, "proxy")),
      connects: true,
    })),
    toOther("debugs a pod", ({ namespace }) =>
      change(inside(namespace, "v1", "pods", standing, "ephemeralcontainers"), { spec: { ephemeralContainers: [] } }),
    ),
    toOther("makes a pod in the namespace", ({ namespace }, target) =>
      create(inside(namespace, "v1", "pods"), pod({ ...target, ...target.other }, {})),
    ),
    toOther("deletes a pod", ({ namespace }) => remove(inside(namespace, "v1", "pods", standing))),
    toOther("deletes all pods", ({ namespace }) => remove(inside(namespace, "v1", "pods"))),
    toOther("evicts a pod", ({ namespace }) =>
      create(inside(namespace, "v1", "pods", standing, "eviction"), {
        apiVersion: "policy/v1",
        kind: "Eviction",
        metadata: { name: standing, namespace },
      }),
    ),
    toOther("scales a Deployment to nothing", ({ namespace }) =>
      change(inside(namespace, "apps/v1", "deployments", standing, "scale"), { spec: { replicas: 0 } }),
    ),
    toOther("changes the image of a Deployment", ({ namespace }) =>
      change(inside(namespace, "apps/v1", "deployments", standing), { metadata: { annotations: { other: "true" } } }),
    ),
    toOther("deletes a service", ({ namespace }) => remove(inside(namespace, "v1", "services", standing))),
    toOther("makes a service in the namespace", ({ namespace }) => create(inside(namespace, "v1", "services"), service())),
    toOther("deletes a claim, and its data", ({ namespace }) => remove(inside(namespace, "v1", "persistentvolumeclaims", standing))),
    toOther("makes a claim in the namespace", ({ namespace }) => create(inside(namespace, "v1", "persistentvolumeclaims"), claim())),
    toOther("makes a secret in the namespace", ({ namespace }) => create(inside(namespace, "v1", "secrets"), object("v1", "Secret"))),
    toOther("makes a secret that holds a token", ({ namespace }) =>
      create(
        inside(namespace, "v1", "secrets"),
        object("v1", "Secret", {
          type: "kubernetes.io/service-account-token",
          metadata: { annotations: { "kubernetes.io/service-account.name": "deployer" } },
        }),
      ),
    ),
    everywhere("lists the namespaces", read(across("v1", "namespaces"))),
    everywhere("lists the pods", read(across("v1", "pods"))),
    everywhere("lists the secrets", read(across("v1", "secrets"))),
    everywhere("lists the services", read(across("v1", "services"))),
    everywhere("lists the events", read(across("v1", "events"))),
    everywhere("watches the settings", { ...read(across("v1", "configmaps")), query: { watch: "true", timeoutSeconds: "1" } }),
    forbidden("admin", "makes a pod in the default namespace", (target) => create(inside("default", "v1", "pods"), pod(target))),
    forbidden("admin", "makes a Deployment in the default namespace", () =>
      create(
        inside("default", "apps/v1", "deployments"),
        object("apps/v1", "Deployment", {
          spec: {
            selector: { matchLabels: { app: tried } },
            template: { metadata: { labels: { app: tried } }, spec: { containers: [{ name: "main", image: "images.example/x:1" }] } },
          },
        }),
      ),
    ),
  ],
};
