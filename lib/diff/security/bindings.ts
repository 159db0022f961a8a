/** Who is bound to which role. */
import { byCodeUnit, objects, texts, valueAt, type ApiObject, type Json } from "../../manifests/apiObject";

export interface Subject {
  readonly kind: string;
  readonly name: string;
  /** Of a ServiceAccount only. @default none */
  readonly namespace?: string;
}

const text = (value: Json | undefined): string => texts([value ?? null])[0] ?? "";
const accountUser = /^system:serviceaccount:([^:]+):([^:]+)$/;

function subjectOf(subject: Readonly<Record<string, Json>>): Subject {
  const [kind, name] = [text(subject.kind), text(subject.name)];
  const [, namespace, account] = (kind === "User" ? accountUser.exec(name) : undefined) ?? [];
  if (namespace !== undefined && account !== undefined) return { kind: "ServiceAccount", name: account, namespace };
  return kind === "ServiceAccount" ? { kind, name, namespace: text(subject.namespace) } : { kind, name };
}

/** `Group gap-admins`, `ServiceAccount messenger-gap/deployer`. */
export function subjectText({ kind, name, namespace }: Subject): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

/** `Role admin`. */
export function roleOf(binding: ApiObject): string {
  return `${text(valueAt(binding, "roleRef", "kind"))} ${text(valueAt(binding, "roleRef", "name"))}`;
}

/** A role wherever it is named: a Role in its namespace, a ClusterRole anywhere. */
export function roleKey(site: string, role: string, { metadata }: ApiObject): string {
  return `${site} ${role} ${role.startsWith("Role ") ? (metadata.namespace ?? "") : ""}`;
}

/** ` in messenger-gap`, or in the whole cluster. */
export function reachOfBinding({ kind, metadata }: ApiObject): string {
  return kind === "RoleBinding" ? ` in ${metadata.namespace ?? "its namespace"}` : " IN THE WHOLE CLUSTER";
}

/** The subjects of a binding, in order, each once. */
export function subjectsOf(binding: ApiObject | undefined): Subject[] {
  const all = new Map(objects(binding?.subjects).map((subject) => [subjectText(subjectOf(subject)), subjectOf(subject)]));
  return [...all].sort(([a], [b]) => byCodeUnit(a, b)).map(([, subject]) => subject);
}

/** What a subject is that stands for many, in words; nothing of a subject that somebody was chosen for. */
export function manyIn({ kind, name, namespace }: Subject): string | undefined {
  if (kind === "ServiceAccount") return name === "default" ? `every pod of ${namespace ?? ""} that names no ServiceAccount` : undefined;
  if (name === "system:unauthenticated" || name === "system:anonymous") return "ANYBODY who reaches the API, without any credentials";
  if (kind !== "Group") return undefined;
  if (name === "system:authenticated") return "EVERYBODY with credentials, the pods of every messenger included";
  if (name === "system:serviceaccounts") return "EVERY ServiceAccount of the cluster, so the pods of every messenger";
  if (name === "system:nodes") return "every node";
  const of = /^system:serviceaccounts:(.+)$/.exec(name);
  return of ? `every ServiceAccount of ${of[1] ?? ""}, so each of its pods` : undefined;
}
