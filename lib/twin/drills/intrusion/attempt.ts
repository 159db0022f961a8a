/** Something that somebody tries at a site's API server, as data: who, what, and what must come of it. */
import type { JsonObject } from "../../../manifests/apiObject";
import type { Ask } from "../../api";
import type { Target } from "./target";

/** A request to an API server. Unless it only reads or connects, it is a dry run: judged in full, and nothing is done. */
export interface Call extends Ask {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** Whether it would be handed on to a kubelet, which a twin has not: whatever comes after the permission is an allowance. @default false */
  readonly connects?: true;
}

/**
 * Who tries: a messenger's people by their Roles, the ServiceAccount of its deployments by its token, a stranger whom no group of any
 * messenger holds, a server's own identity, as a messenger that breaks out of a pod has it.
 */
export type Who = "viewer" | "deployer" | "admin" | "account" | "stranger" | "node";

interface Tried {
  /** In a few words, unique among all. */
  readonly what: string;
  readonly who: Who;
  /** Nothing where the target has no such thing. */
  readonly request: (target: Target) => Call | undefined | Promise<Call | undefined>;
}

export interface Refused extends Tried {
  readonly want: "refused";
  /** Words of whoever must refuse it, all of them; a refusal without them is none. */
  readonly by: readonly string[];
  /**
   * What differs from it in the one thing that is forbidden, and is allowed: it shows that the refusal is about that thing.
   * @default - the same, done by whoever may do everything
   */
  readonly control?: (target: Target) => Call;
}

export interface Allowed extends Tried {
  readonly want: "allowed";
}

export type Attempt = Refused | Allowed;

/** Attempts about one noun, and the promise that they put to the test. */
export interface Table {
  readonly promise: string;
  readonly attempts: readonly Attempt[];
}

/** The path of a collection or an object that is in no namespace. */
export const across = (apiVersion: string, ...parts: readonly string[]): string =>
  `/${[apiVersion.includes("/") ? "apis" : "api", apiVersion, ...parts].join("/")}`;

/** The path of a collection or an object of a namespace. */
export const inside = (namespace: string, apiVersion: string, ...parts: readonly string[]): string =>
  across(apiVersion, "namespaces", namespace, ...parts);

export const create = (path: string, body: JsonObject): Call => ({ method: "POST", path, body });
/** A merge patch. */
export const change = (path: string, body: JsonObject): Call => ({ method: "PATCH", path, body });
/** A JSON patch. */
export const amend = (path: string, body: readonly JsonObject[]): Call => ({
  method: "PATCH",
  path,
  body,
  contentType: "application/json-patch+json",
});
export const remove = (path: string): Call => ({ method: "DELETE", path });
export const read = (path: string): Call => ({ method: "GET", path });
export const connect = (path: string): Call => ({ method: "POST", path, connects: true });

/** RBAC's words. */
export const byRole: Refused["by"] = ["forbidden: User", " cannot "];
/** The words of one of the site's policies, and of the validation that must refuse. */
export const byPolicy = (name: string, words: string): Refused["by"] => [
  `ValidatingAdmissionPolicy 'zirsakht-${name}' with binding 'zirsakht-${name}' denied request`,
  words,
];
/** Whether one of the site's policies must refuse it. */
export const isByPolicy = (attempt: Attempt): boolean =>
  attempt.want === "refused" && attempt.by.some((words) => words.startsWith("ValidatingAdmissionPolicy"));
/** Pod Security's words for what it names so. */
export const byPodSecurity = (name: string): Refused["by"] => ['violates PodSecurity "restricted:latest"', name];
/** The words of the namespace's quota for what it names so. */
export const byQuota = (resource: string): Refused["by"] => ["exceeded quota: grant", resource];

/** What a Role does not allow. */
export const forbidden = (who: Who, what: string, request: Refused["request"]): Refused => ({
  what,
  who,
  want: "refused",
  by: byRole,
  request,
});
export const allowed = (who: Who, what: string, request: Allowed["request"]): Allowed => ({ what, who, want: "allowed", request });
