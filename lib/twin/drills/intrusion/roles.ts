/** What the lesser Roles may not: viewers change nothing and see no secrets, deployers do not get into pods. */
import { change, connect, create, forbidden, inside, read, remove, type Call, type Refused, type Table } from "./attempt";
import type { Target } from "./target";
import { object, pod, service, standing } from "./wellFormed";

const viewer = (what: string, call: (target: Target) => Call): Refused => forbidden("viewer", `${what}, being a viewer`, call);
const deployer = (what: string, call: (target: Target) => Call): Refused => forbidden("deployer", `${what}, being a deployer`, call);
const command = { command: "sh", stdout: "true" };

export const roles: Table = {
  promise: "viewers change nothing and read no secret, deployers get into no pod",
  attempts: [
    viewer("lists the secrets", ({ namespace }) => read(inside(namespace, "v1", "secrets"))),
    viewer("makes a pod", (target) => create(inside(target.namespace, "v1", "pods"), pod(target))),
    viewer("deletes a pod", ({ namespace }) => remove(inside(namespace, "v1", "pods", standing))),
    viewer("evicts a pod", ({ namespace }) =>
      create(inside(namespace, "v1", "pods", standing, "eviction"), {
        apiVersion: "policy/v1",
        kind: "Eviction",
        metadata: { name: standing, namespace },
      }),
    ),
    viewer("scales a Deployment", ({ namespace }) =>
      change(inside(namespace, "apps/v1", "deployments", standing, "scale"), { spec: { replicas: 2 } }),
    ),
    viewer("makes a service", ({ namespace }) => create(inside(namespace, "v1", "services"), service())),
    viewer("changes settings", ({ namespace }) => create(inside(namespace, "v1", "configmaps"), object("v1", "ConfigMap"))),
    viewer("runs a command in a pod", ({ namespace }) => ({
      ...connect(inside(namespace, "v1", "pods", standing, "exec")),
      query: command,
    })),
    viewer("forwards a port of a pod", ({ namespace }) => connect(inside(namespace, "v1", "pods", standing, "portforward"))),
    deployer("runs a command in a pod", ({ namespace }) => ({
      ...connect(inside(namespace, "v1", "pods", standing, "exec")),
      query: command,
    })),
    deployer("joins the process of a pod", ({ namespace }) => ({
      ...connect(inside(namespace, "v1", "pods", standing, "attach")),
      query: { stdout: "true" },
    })),
    deployer("forwards a port of a pod", ({ namespace }) => connect(inside(namespace, "v1", "pods", standing, "portforward"))),
    deployer("debugs a pod", ({ namespace }) =>
      change(inside(namespace, "v1", "pods", standing, "ephemeralcontainers"), { spec: { ephemeralContainers: [] } }),
    ),
    deployer("makes a ServiceAccount", ({ namespace }) =>
      create(inside(namespace, "v1", "serviceaccounts"), object("v1", "ServiceAccount")),
    ),
    deployer("deletes the ServiceAccount of the deployments", ({ namespace }) =>
      remove(inside(namespace, "v1", "serviceaccounts", "deployer")),
    ),
  ],
};
