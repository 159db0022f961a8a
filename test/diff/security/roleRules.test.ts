import type { JsonObject } from "../../../lib/manifests/apiObject";
import { roleRules } from "../../../lib/diff/security/roleRules";
import { between, clusterWide, object } from "./compared";

const rule = (verbs: string[], resources: string[], fields: JsonObject = {}): JsonObject => ({
  apiGroups: [""],
  resources,
  verbs,
  ...fields,
});
const role = (...rules: JsonObject[]) => object("Role", { rules });
const viewer = role(rule(["get", "list"], ["pods"]));

test("a verb and a resource that are added widen; taken away they narrow", () => {
  const more = role(rule(["get", "list"], ["pods"]), rule(["get"], ["secrets"]), rule(["create"], ["pods"]));
  expect(between(roleRules, viewer, more)).toEqual(["widens: those bound to it may now create pods; get secrets in messenger-gap"]);
  expect(between(roleRules, more, viewer)).toEqual(["narrows: those bound to it may no longer create pods; get secrets in messenger-gap"]);
});

test.each([
  ["another order", role(rule(["list", "get"], ["services", "pods"])), role(rule(["get", "list"], ["pods", "services"]))],
  [
    "rules that are split",
    role(rule(["list", "get"], ["services", "pods"])),
    role(rule(["get"], ["pods", "services"]), rule(["list"], ["services"]), rule(["list"], ["pods"])),
  ],
  ["a rule under a wildcard", role(rule(["*"], ["pods"])), role(rule(["*"], ["pods"]), rule(["get"], ["pods"]))],
  ["names under a rule for all", viewer, role(rule(["get", "list"], ["pods"]), rule(["get"], ["pods"], { resourceNames: ["a"] }))],
  [
    "two names apart",
    role(rule(["get"], ["pods"], { resourceNames: ["a", "b"] })),
    role(...["b", "a"].map((name) => rule(["get"], ["pods"], { resourceNames: [name] }))),
  ],
])("%s is nothing", (_, before, after) => {
  expect(between(roleRules, before, after)).toEqual([]);
});

test("a wildcard after named ones widens, and the report says what there was", () => {
  expect(between(roleRules, viewer, role(rule(["*"], ["pods"])))).toEqual([
    "widens: those bound to it may now use every verb on pods in messenger-gap (before: get, list pods)",
  ]);
  expect(between(roleRules, role(rule(["get"], ["*"])), viewer)).toEqual([
    "widens: those bound to it may now list pods in messenger-gap",
    "narrows: those bound to it may no longer get everything in the core API group in messenger-gap (now: get pods)",
  ]);
});

test("what another permission says already is not said again", () => {
  const named = rule(["get"], ["secrets"], { resourceNames: ["a"] });
  const all = role(rule(["get"], ["secrets"]), named, rule(["*"], ["pods"]), rule(["list"], ["nodes", "*"]));
  expect(between(roleRules, undefined, all)).toEqual([
    "widens: is new: those bound to it may now get secrets; list everything in the core API group; use every verb on pods in messenger-gap",
  ]);
});

test("names that go widen, names that come narrow", () => {
  const [named, all] = [role(rule(["get"], ["secrets"], { resourceNames: ["a", "b"] })), role(rule(["get"], ["secrets"]))];
  expect(between(roleRules, named, all)).toEqual([
    "widens: those bound to it may now get secrets in messenger-gap (before: get secrets named a, b)",
  ]);
  expect(between(roleRules, all, named)).toEqual([
    "narrows: those bound to it may no longer get secrets in messenger-gap (now: get secrets named a, b)",
  ]);
});

test("API groups, subresources and URLs are told apart", () => {
  const cluster = (...rules: JsonObject[]) => clusterWide("ClusterRole", { rules });
  const scale = { apiGroups: ["apps"], resources: ["deployments/scale"], verbs: ["get"] };
  expect(
    between(
      roleRules,
      cluster(scale),
      cluster({ ...scale, resources: ["*/scale"] }, { nonResourceURLs: ["/metrics", "/logs/*"], verbs: ["get"] }),
    ),
  ).toEqual([
    "widens: those bound to it may now get scale of everything in apps, the URL /logs/*, the URL /metrics, wherever it is bound (before: get deployments.apps/scale)",
  ]);
  expect(
    between(
      roleRules,
      cluster({ nonResourceURLs: ["/logs/*"], verbs: ["get"] }),
      cluster({ nonResourceURLs: ["/logs/a"], verbs: ["get"] }),
    ),
  ).toEqual(["narrows: those bound to it may no longer get the URL /logs/*, wherever it is bound (now: get the URL /logs/a)"]);
});

test("a new role is told whole, one that goes too; in a whole new stack it is not", () => {
  expect(between(roleRules, undefined, viewer)).toEqual(["widens: is new: those bound to it may now get, list pods in messenger-gap"]);
  expect(between(roleRules, viewer, undefined)).toEqual([
    "narrows: is gone: those bound to it may no longer get, list pods in messenger-gap",
  ]);
  expect(between(roleRules, undefined, viewer, { added: ["gap.thr1"] })).toEqual([]);
  expect(between(roleRules, viewer, undefined, { removed: ["gap.thr1"] })).toEqual([]);
});
