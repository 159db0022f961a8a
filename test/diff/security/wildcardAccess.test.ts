import { wildcardAccess } from "../../../lib/diff/security/wildcardAccess";
import { between, clusterWide, object } from "./compared";

const named = object("Role", { rules: [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] }] });

test.each([
  ["verbs", "use every verb on deployments.apps"],
  ["resources", "get everything in apps"],
  ["apiGroups", "get deployments of every API group"],
])("a wildcard in %s widens, and narrows as it goes", (list, what) => {
  const wild = object("Role", { rules: [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"], [list]: ["*"] }] });
  expect(between(wildcardAccess, named, wild)).toEqual([`widens: WILDCARD: those bound to it may now ${what} in messenger-gap`]);
  expect(between(wildcardAccess, wild, named)).toEqual([`narrows: WILDCARD: those bound to it may no longer ${what} in messenger-gap`]);
});

test("what is named is not told", () => {
  const more = object("Role", { rules: [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list"] }] });
  expect(between(wildcardAccess, named, more)).toEqual([]);
});

test("a new messenger's wildcards are told too, and URLs", () => {
  const role = clusterWide("ClusterRole", { rules: [{ nonResourceURLs: ["*"], verbs: ["get"] }] });
  expect(between(wildcardAccess, undefined, role, { added: ["gap.thr1"] })).toEqual([
    "widens: is new: WILDCARD: those bound to it may now get every URL that is no resource, wherever it is bound",
  ]);
});
