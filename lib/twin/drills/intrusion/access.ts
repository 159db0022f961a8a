/** Who somebody is and may be: nobody gives himself more than his Role, and nobody speaks as somebody else. */
import type { JsonObject } from "../../../manifests/apiObject";
import { across, byRole, change, create, forbidden, inside, read, type Refused, type Table } from "./attempt";
import { certificateRequest, signers } from "./certificateRequest";
import type { Target } from "./target";
import { object, standing, tokenRequest, tried } from "./wellFormed";

const rbac = "rbac.authorization.k8s.io/v1";
const apiGroup = "rbac.authorization.k8s.io";
const everything = [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }];
const me = ({ access }: Target) => [{ kind: "Group", name: access.admins[0] ?? tried, apiGroup }];
const clusterAdmin = { apiGroup, kind: "ClusterRole", name: "cluster-admin" };

/** Reads what only somebody else may, under his name. */
const speaksAs = (what: string, as: (target: Target) => readonly [path: string, user: string, group?: string] | undefined): Refused => ({
  what: `speaks as ${what}`,
  who: "admin",
  want: "refused",
  by: [...byRole, "cannot impersonate"],
  request: (target) => {
    const [path, user, group] = as(target) ?? [];
    if (path === undefined || user === undefined) return undefined;
    return { ...read(path), headers: { "Impersonate-User": user, ...(group !== undefined && { "Impersonate-Group": group }) } };
  },
});

const tokenOf = (what: string, path: (target: Target) => string | undefined, who: "admin" | "deployer" | "account" = "admin"): Refused =>
  forbidden(who, `asks for the token of ${what}`, (target) => {
    const at = path(target);
    return at === undefined ? undefined : create(`${at}/token`, tokenRequest);
  });

const certificateOf = (what: string, signer: keyof typeof signers, subject: (target: Target) => [string, string] | undefined): Refused =>
  forbidden("admin", `asks for the certificate of ${what}`, (target) => {
    const own = subject(target);
    return own && certificateRequest(signers[signer], ...own);
  });

const reviews = (what: string, apiVersion: string, kind: string, spec: JsonObject): Refused =>
  forbidden("admin", what, () => create(across(apiVersion, `${kind.toLowerCase()}s`), { apiVersion, kind, spec }));

export const access: Table = {
  promise: "nobody gives himself more rights, and nobody speaks as somebody else",
  attempts: [
    forbidden("admin", "makes a Role that may do everything", ({ namespace }) =>
      create(inside(namespace, rbac, "roles"), object(rbac, "Role", { rules: everything })),
    ),
    forbidden("admin", "widens a Role", ({ namespace }) => change(inside(namespace, rbac, "roles", "viewer"), { rules: everything })),
    forbidden("admin", "binds himself to the cluster's administrators", (target) =>
      create(inside(target.namespace, rbac, "rolebindings"), object(rbac, "RoleBinding", { roleRef: clusterAdmin, subjects: me(target) })),
    ),
    forbidden("deployer", "binds himself to the Role admin", (target) =>
      create(
        inside(target.namespace, rbac, "rolebindings"),
        object(rbac, "RoleBinding", { roleRef: { apiGroup, kind: "Role", name: "admin" }, subjects: me(target) }),
      ),
    ),
    forbidden("admin", "lets everybody be bound to a Role", ({ namespace }) =>
      change(inside(namespace, rbac, "rolebindings", "deployer"), {
        subjects: [{ kind: "Group", name: "system:authenticated", apiGroup }],
      }),
    ),
    forbidden("admin", "makes a ClusterRole that may do everything", () =>
      create(across(rbac, "clusterroles"), object(rbac, "ClusterRole", { rules: everything })),
    ),
    forbidden("admin", "adds to a ClusterRole by aggregation", () =>
      create(
        across(rbac, "clusterroles"),
        object(rbac, "ClusterRole", {
          metadata: { labels: { "rbac.authorization.k8s.io/aggregate-to-view": "true" } },
          rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }],
        }),
      ),
    ),
    forbidden("admin", "widens a ClusterRole of the system", () =>
      change(across(rbac, "clusterroles", "system:basic-user"), { rules: everything }),
    ),
    forbidden("admin", "binds himself to the cluster's administrators everywhere", (target) =>
      create(across(rbac, "clusterrolebindings"), object(rbac, "ClusterRoleBinding", { roleRef: clusterAdmin, subjects: me(target) })),
    ),
    speaksAs("the cluster's administrator", () => [across("v1", "secrets"), "root", "system:masters"]),
    speaksAs(
      "another messenger's deployments",
      ({ other }) => other && [inside(other.namespace, "v1", "secrets"), `system:serviceaccount:${other.namespace}:deployer`],
    ),
    speaksAs("a server", ({ foreignServer }) => [across("v1", "nodes", foreignServer), `system:node:${foreignServer}`, "system:nodes"]),
    speaksAs("a controller", () => [across("v1", "namespaces"), "system:serviceaccount:kube-system:namespace-controller"]),
    tokenOf("his own deployments", ({ namespace }) => inside(namespace, "v1", "serviceaccounts", "deployer")),
    tokenOf("its own account, to live longer", ({ namespace }) => inside(namespace, "v1", "serviceaccounts", "deployer"), "account"),
    tokenOf("another messenger's deployments", ({ other }) => other && inside(other.namespace, "v1", "serviceaccounts", "deployer")),
    tokenOf("the system's controllers", () => inside("kube-system", "v1", "serviceaccounts", "default")),
    certificateOf("the cluster's administrators", "clients", () => ["root", "system:masters"]),
    certificateOf("another messenger's people", "clients", ({ other }) => other && ["somebody", `${other.messenger}-admins`]),
    certificateOf("a server", "kubelets", ({ foreignServer }) => [`system:node:${foreignServer}`, "system:nodes"]),
    reviews("asks what a stranger's token is", "authentication.k8s.io/v1", "TokenReview", { token: "x" }),
    reviews("asks what others may do", "authorization.k8s.io/v1", "SubjectAccessReview", {
      user: "somebody",
      resourceAttributes: { verb: "get", resource: "secrets" },
    }),
    forbidden("account", "makes an account", ({ namespace }) =>
      create(inside(namespace, "v1", "serviceaccounts"), object("v1", "ServiceAccount")),
    ),
    forbidden("account", "looks into a pod by its token", ({ namespace }) => ({
      ...read(inside(namespace, "v1", "pods", standing, "exec")),
      query: { command: "sh", stdout: "true" },
      connects: true,
    })),
  ],
};
