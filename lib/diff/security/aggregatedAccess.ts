import { isObject, objects, valueAt, type ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { bothWays, pairsOf, type Say } from "./pair";
import { beyond, selected, selectorOf } from "./selector";
import { instead, missingIn, whole } from "./words";

const labelPrefix = "rbac.authorization.k8s.io/aggregate-to-";

const selectors = (role: ApiObject | undefined) => objects(valueAt(role, "aggregationRule", "clusterRoleSelectors")).map(selectorOf);

function targets(role: ApiObject | undefined): string[] {
  const labels = role?.metadata.labels;
  return Object.entries(isObject(labels) ? labels : {}).flatMap(([key, value]) =>
    key.startsWith(labelPrefix) && value === "true" ? [key.slice(labelPrefix.length)] : [],
  );
}

const say: Say = (tight, loose, direction) => {
  if (!loose) return [];
  const widens = direction === "widens";
  const taken = beyond(selectors(tight), selectors(loose)).map((selector) => selected(selector, "ClusterRole"));
  const given = missingIn(targets(tight), targets(loose));
  const other = selectors(tight).map((selector) => selected(selector, "ClusterRole"));
  return [
    ...(taken.length === 0
      ? []
      : [
          `${whole(tight, direction)}${widens ? "takes in" : "no longer takes in"} the rules of ${taken.join(" and of ")}${widens ? ", also of those that are made later" : ""}${instead(other.join(" and of "), direction)}`,
        ]),
    ...given.map(
      (name) =>
        `${whole(tight, direction)}its rules ${widens ? "are added to" : "no longer belong to"} the ClusterRole ${name}, for all who hold that`,
    ),
  ];
};

/** ClusterRoles that are made of others. */
export const aggregatedAccess: SecurityRule = {
  name: "aggregated-access",
  why: "An aggregated ClusterRole grows by whatever ClusterRole carries the label: its holders get rights that no binding of theirs shows.",
  find: (comparison) => pairsOf(comparison, "ClusterRole").flatMap(bothWays(say)),
};
