/** Which requests an admission policy or its binding judges. */
import { objects, texts, valueAt, type Json, type JsonObject } from "../../manifests/apiObject";
import { permissionText, type Permission } from "./permissions";
import type { Direction } from "./pair";
import { isWithin, selected, selectorOf } from "./selector";
import { arrow } from "./words";

interface Request extends Permission {
  readonly version: string;
  readonly scope: string;
}

const orAll = (list: Json | undefined): string[] => (texts(list).length > 0 ? texts(list) : ["*"]);

/** The requests of rules, each operation on a resource one; an operation stands where a permission has its verb. */
function requestsOf(rules: readonly JsonObject[]): Request[] {
  return rules.flatMap((rule) => {
    const names = texts(rule.resourceNames);
    const scope = texts([rule.scope ?? null])[0] ?? "*";
    const named = names.length > 0 ? names.map((name) => ({ name })) : [{}];
    return orAll(rule.operations).flatMap((verb) =>
      orAll(rule.apiGroups).flatMap((group) =>
        orAll(rule.apiVersions).flatMap((version) =>
          orAll(rule.resources).flatMap((resource) => named.map((name) => ({ verb, group, version, resource, scope, ...name }))),
        ),
      ),
    );
  });
}

/** As the API server compares: a star for the resource takes in no subresource, one for the subresource also takes in none. */
function isResourceOf(pattern: string, resource: string): boolean {
  const [main = "", sub] = pattern.split("/");
  const [otherMain = "", otherSub] = resource.split("/");
  return (main === "*" || main === otherMain) && (sub === "*" || sub === otherSub);
}

const isOf = (pattern: string, text: string): boolean => pattern === "*" || pattern === text;

function covers(wide: Request, narrow: Request): boolean {
  return (
    isOf(wide.verb, narrow.verb) &&
    isOf(wide.group, narrow.group) &&
    isOf(wide.version, narrow.version) &&
    isOf(wide.scope, narrow.scope) &&
    isResourceOf(wide.resource, narrow.resource) &&
    (wide.name === undefined || wide.name === narrow.name)
  );
}

function textOf(requests: readonly Request[]): string {
  return permissionText(
    requests.map(({ version, ...request }) => ({
      ...request,
      group: version === "v1" || version === "*" ? request.group : `${request.group}@${version}`,
    })),
    "every operation on",
  );
}

const missing = (from: readonly Request[], all: readonly Request[]): Request[] =>
  all.filter((request) => !from.some((other) => covers(other, request)));

/**
 * What the first judges and the second does not, in words.
 * @param tight the matchConstraints or matchResources of the side that may judge more
 * @param loose those of the other side
 */
export function unmatched(tight: Json | undefined, loose: Json | undefined, direction: Direction): string[] {
  const widens = direction === "widens";
  const rules = (match: Json | undefined, field: string): Request[] => requestsOf(objects(valueAt(match, field)));
  // Without rules a binding takes all that its policy matches.
  const judged = (match: Json | undefined): Request[] => {
    const listed = rules(match, "resourceRules");
    return listed.length > 0 ? listed : requestsOf([{ resources: ["*", "*/*"] }]);
  };
  const lost = missing(judged(loose), judged(tight));
  const excluded = missing(rules(tight, "excludeResourceRules"), rules(loose, "excludeResourceRules"));
  const judges = widens ? "no longer judges" : "judges now";
  const isExact = (match: Json | undefined): boolean => valueAt(match, "matchPolicy") === "Exact";
  return [
    ...(lost.length > 0 ? [`${judges} ${textOf(lost)}`] : []),
    ...(excluded.length > 0 ? [`${judges} ${textOf(excluded)}, which is ${widens ? "excluded" : "no longer excluded"}`] : []),
    ...(["namespaceSelector", "objectSelector"] as const).flatMap((field) => {
      const noun = field === "namespaceSelector" ? "namespace" : "object";
      const [strict, mild] = [selectorOf(valueAt(tight, field)), selectorOf(valueAt(loose, field))];
      if (isWithin(strict, mild)) return [];
      return [
        `judges fewer ${noun}s ${widens ? "than before" : "before than now"}: ${arrow(selected(strict, noun), selected(mild, noun), direction)}`,
      ];
    }),
    ...(isExact(loose) && !isExact(tight)
      ? [
          `matchPolicy ${arrow("Equivalent", "Exact", direction)}: the same request in another version ${widens ? "passes unjudged" : "is judged too"}`,
        ]
      : []),
  ];
}
