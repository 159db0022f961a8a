/** What RBAC rules allow, permission by permission, and in words. */
import { byCodeUnit, objects, texts, type ApiObject } from "../../manifests/apiObject";

/** One thing that is allowed; `*` stands for everything of its place. */
export interface Permission {
  readonly verb: string;
  readonly group: string;
  /** Empty where it is about a URL. */
  readonly resource: string;
  /** @default any object of the resource */
  readonly name?: string;
  /** @default it is about a resource */
  readonly url?: string;
}

/** Everything that a Role or ClusterRole allows by its own rules. */
export function permissionsOf(role: ApiObject | undefined): Permission[] {
  return objects(role?.rules).flatMap((rule) => {
    const names = texts(rule.resourceNames);
    const named = names.length > 0 ? names.map((name) => ({ name })) : [{}];
    const places = [
      ...texts(rule.nonResourceURLs).map((url) => ({ group: "", resource: "", url })),
      ...texts(rule.apiGroups).flatMap((group) =>
        texts(rule.resources).flatMap((resource) => named.map((name) => ({ group, resource, ...name }))),
      ),
    ];
    return places.flatMap((place) => texts(rule.verbs).map((verb) => ({ verb, ...place })));
  });
}

const isOf = (pattern: string, text: string): boolean => pattern === "*" || pattern === text;

function isUrlOf(pattern: string, url: string): boolean {
  return isOf(pattern, url) || (pattern.endsWith("*") && url.startsWith(pattern.slice(0, -1)));
}

/** Whether a rule's resource takes in another; a star and a subresource stand for that subresource of all. */
function isResourceOf(pattern: string, resource: string): boolean {
  return isOf(pattern, resource) || (pattern.startsWith("*/") && resource.endsWith(pattern.slice(1)));
}

/** Whether the first is about all that the second is about, whatever the objects' names. */
export function reaches(wide: Permission, narrow: Permission): boolean {
  if (!isOf(wide.verb, narrow.verb)) return false;
  if (wide.url !== undefined || narrow.url !== undefined)
    return wide.url !== undefined && narrow.url !== undefined && isUrlOf(wide.url, narrow.url);
  return isOf(wide.group, narrow.group) && isResourceOf(wide.resource, narrow.resource);
}

/** Whether who has the first has the second too. */
export function covers(wide: Permission, narrow: Permission): boolean {
  return (wide.name === undefined || wide.name === narrow.name) && reaches(wide, narrow);
}

/** Whether something holds a wildcard. */
export function isWild({ verb, group, resource, url }: Permission): boolean {
  return [verb, group, resource, url ?? ""].some((part) => part.includes("*"));
}

const placeKey = ({ verb, group, resource, url = "" }: Permission): string => `${verb} ${group} ${resource} ${url}`;
const keyOf = (one: Permission): string => `${placeKey(one)} ${one.name ?? ""}`;

/** Whether some of many permissions take one in; most do so by being the same, and only those with a wildcard need a closer look. */
function coverage(all: readonly Permission[]): (one: Permission) => boolean {
  const same = new Set(all.map(keyOf));
  const wild = all.filter(isWild);
  return (one) => same.has(keyOf(one)) || same.has(`${placeKey(one)} `) || wild.some((other) => covers(other, one));
}

/** What of the second no permission of the first takes in. No number of named ones adds up to a wildcard: it holds what is yet to come. */
export function newlyAllowed(less: readonly Permission[], more: readonly Permission[]): Permission[] {
  const isCovered = coverage(less);
  return more.filter((permission) => !isCovered(permission));
}

/** Those that no other one says already. */
function least(permissions: readonly Permission[]): Permission[] {
  const every = new Set(permissions.filter(({ name }) => name === undefined).map(placeKey));
  const wild = permissions.filter(isWild);
  return permissions.filter(
    (one) => !(one.name !== undefined && every.has(placeKey(one))) && !wild.some((other) => covers(other, one) && !covers(one, other)),
  );
}

function placeText({ group, resource, url }: Permission): string {
  if (url !== undefined) return url === "*" ? "every URL that is no resource" : `the URL ${url}`;
  if (resource.startsWith("*/")) return `${resource.slice(2)} of ${placeText({ verb: "", group, resource: "*" })}`;
  if (resource === "*") return group === "*" ? "everything in every API group" : `everything in ${group || "the core API group"}`;
  if (group === "*") return `${resource} of every API group`;
  const [main = "", ...rest] = resource.split("/");
  return [group ? `${main}.${group}` : main, ...rest].join("/");
}

/** Merges items that differ in one part only, and lists what they differ in. */
function merged<T>(items: readonly T[], alike: (item: T) => string, part: (item: T) => string): { first: T; parts: string[] }[] {
  const groups = new Map<string, { first: T; parts: string[] }>();
  for (const item of items) {
    const group = groups.get(alike(item));
    if (!group) groups.set(alike(item), { first: item, parts: [part(item)] });
    else if (!group.parts.includes(part(item))) group.parts.push(part(item));
  }
  return [...groups.values()].map(({ first, parts }) => ({ first, parts: parts.sort(byCodeUnit) }));
}

/**
 * `get, list secrets; create pods/exec`: the same in few words, in one order.
 * @param every what the wildcard of verbs is called
 */
export function permissionText(permissions: readonly Permission[], every = "use every verb on"): string {
  const name = (one: Permission): string => one.name ?? "";
  const byPlace = merged(
    least(permissions),
    (one) => `${placeText(one)}\n${name(one)}`,
    ({ verb }) => verb,
  ).map(({ first, parts }) => ({
    place: placeText(first),
    name: name(first),
    verbs: parts.includes("*") ? every : parts.join(", "),
  }));
  const byNames = merged(
    byPlace,
    (one) => `${one.place}\n${one.verbs}\n${one.name === "" ? "" : "named"}`,
    (one) => one.name,
  ).map(({ first, parts }) => ({ ...first, named: first.name === "" ? "" : ` named ${parts.join(", ")}` }));
  return merged(
    byNames,
    ({ verbs, named }) => `${verbs}\n${named}`,
    ({ place }) => place,
  )
    .map(({ first, parts }) => `${first.verbs} ${parts.join(", ")}${first.named}`)
    .sort(byCodeUnit)
    .join("; ");
}

/** Where what a Role allows is allowed. */
export function reachOf({ kind, metadata }: ApiObject): string {
  return kind === "Role" ? ` in ${metadata.namespace ?? "its namespace"}` : ", wherever it is bound";
}
