import { aggregatedAccess } from "../../../lib/diff/security/aggregatedAccess";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, clusterWide } from "./compared";

const made = (...clusterRoleSelectors: JsonObject[]) => clusterWide("ClusterRole", { aggregationRule: { clusterRoleSelectors } });
const [a, b] = [{ matchLabels: { a: "1" } }, { matchLabels: { b: "1" } }];

test("a selector that is added widens; taken away it narrows; another order is nothing", () => {
  expect(between(aggregatedAccess, made(a), made(b, a))).toEqual([
    "widens: takes in the rules of ClusterRoles with b=1, also of those that are made later (before: ClusterRoles with a=1)",
  ]);
  expect(between(aggregatedAccess, made(a, b), made(a))).toEqual([
    "narrows: no longer takes in the rules of ClusterRoles with b=1 (now: ClusterRoles with a=1)",
  ]);
  expect(between(aggregatedAccess, made(a, b), made(b, a))).toEqual([]);
});

test("an empty selector takes in every ClusterRole", () => {
  expect(between(aggregatedAccess, undefined, made({}))).toEqual([
    "widens: is new: takes in the rules of every ClusterRole, also of those that are made later",
  ]);
});

test("a label that adds a ClusterRole's rules to another one widens", () => {
  const role = (labels: JsonObject) => clusterWide("ClusterRole", { metadata: { labels } });
  const label = "rbac.authorization.k8s.io/aggregate-to-edit";
  expect(between(aggregatedAccess, role({}), role({ [label]: "true" }))).toEqual([
    "widens: its rules are added to the ClusterRole edit, for all who hold that",
  ]);
  expect(between(aggregatedAccess, role({ [label]: "true" }), role({ [label]: "false" }))).toEqual([
    "narrows: its rules no longer belong to the ClusterRole edit, for all who hold that",
  ]);
});
