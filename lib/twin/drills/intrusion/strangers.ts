/** Somebody whom the identity provider knows and no messenger has named: he learns that there is an API server. */
import { across, create, forbidden, inside, read, type Call, type Refused, type Table } from "./attempt";
import type { Target } from "./target";
import { object, pod, standing, tokenRequest } from "./wellFormed";

const stranger = (what: string, call: (target: Target) => Call): Refused => forbidden("stranger", `${what}, being a stranger`, call);

export const strangers: Table = {
  promise: "a stranger sees nothing and does nothing",
  attempts: [
    stranger("lists the pods", ({ namespace }) => read(inside(namespace, "v1", "pods"))),
    stranger("reads a pod", ({ namespace }) => read(inside(namespace, "v1", "pods", standing))),
    stranger("lists the secrets", ({ namespace }) => read(inside(namespace, "v1", "secrets"))),
    stranger("makes a pod", (target) => create(inside(target.namespace, "v1", "pods"), pod(target))),
    stranger("makes settings", ({ namespace }) => create(inside(namespace, "v1", "configmaps"), object("v1", "ConfigMap"))),
    stranger("reads the quota", ({ namespace }) => read(inside(namespace, "v1", "resourcequotas", "grant"))),
    stranger("lists the namespaces", () => read(across("v1", "namespaces"))),
    stranger("lists the nodes", () => read(across("v1", "nodes"))),
    stranger("lists the policies", () => read(across("admissionregistration.k8s.io/v1", "validatingadmissionpolicies"))),
    stranger("lists the kinds", () => read(across("apiextensions.k8s.io/v1", "customresourcedefinitions"))),
    stranger("asks for the token of the deployments", ({ namespace }) =>
      create(inside(namespace, "v1", "serviceaccounts", "deployer", "token"), tokenRequest),
    ),
  ],
};
