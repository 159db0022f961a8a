/** A binding beside the others of its side, held to a plain model of who may do what. */
import * as fc from "fast-check";
import { accessForMany } from "../../../lib/diff/security/accessForMany";
import { bindingSubjects } from "../../../lib/diff/security/bindingSubjects";
import { privilege } from "../../../lib/diff/security/privilege";
import { roleRules } from "../../../lib/diff/security/roleRules";
import type { SideObject } from "../../../lib/diff/change";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { comparedSides, sideObject } from "../sides";
import { said } from "./compared";

const allow = (...verbs: string[]): JsonObject => ({ rules: [{ apiGroups: [""], resources: ["pods"], verbs }] });
const role = (name: string, ...verbs: string[]) => sideObject("Role", allow(...verbs), { id: `role-${name}`, name });
const clusterRole = (name: string, rest: JsonObject) => sideObject("ClusterRole", rest, { id: `all-${name}`, name, namespace: "" });
const subjectsOf = (names: readonly string[]): JsonObject[] => names.map((name) => ({ kind: "Group", name }));

/** A binding of the role of its name. */
const binding = (name: string, groups: readonly string[], of: object = {}, roleRef: JsonObject = { kind: "Role", name }) =>
  sideObject("RoleBinding", { roleRef, subjects: subjectsOf(groups) }, { id: `binding-${name}`, name, ...of });
const everywhere = (name: string, groups: readonly string[]) =>
  sideObject(
    "ClusterRoleBinding",
    { roleRef: { kind: "ClusterRole", name }, subjects: subjectsOf(groups) },
    { id: `everywhere-${name}`, name, namespace: "" },
  );

const roles = [role("viewer", "get", "list"), role("admin", "create", "get", "list")];
const found = (before: readonly SideObject[], after: readonly SideObject[], rule = bindingSubjects): string[] =>
  said(rule, comparedSides(before, after));
const among = (before: readonly SideObject[], after: readonly SideObject[]): string[] => found([...roles, ...before], [...roles, ...after]);

const asAdmin = [binding("viewer", ["a"]), binding("admin", ["b", "c"])];
const asViewer = [binding("viewer", ["a", "b"]), binding("admin", ["c"])];

test("a demotion narrows by what is lost, and widens nothing", () => {
  expect(among(asAdmin, asViewer)).toEqual([
    "narrows RoleBinding messenger-gap/admin: Group b may no longer do all that Role admin allows in messenger-gap; lost: create pods",
  ]);
});

test("a promotion widens once, by what is gained", () => {
  expect(among(asViewer, asAdmin)).toEqual([
    "widens RoleBinding messenger-gap/admin: Group b may now do all that Role admin allows in messenger-gap; new: create pods",
  ]);
});

test("those who gain the same are told together, the others by themselves", () => {
  expect(among([binding("viewer", ["a", "b"])], [binding("admin", ["a", "b", "c"])])).toEqual([
    "widens RoleBinding messenger-gap/admin: is new: Group a, Group b may now do all that Role admin allows in messenger-gap; new: create pods",
    "widens RoleBinding messenger-gap/admin: is new: Group c may now do what Role admin allows in messenger-gap",
  ]);
});

test("from one binding of a role to another of the same is nothing, whether its rules are known or not", () => {
  const of = (name: string, groups: string[]) => binding(name, groups, {}, { kind: "ClusterRole", name: "edit" });
  expect(among([of("x", ["a", "b"]), of("y", ["c"])], [of("x", ["a"]), of("y", ["b", "c"])])).toEqual([]);
  expect(among([of("x", ["a"])], [of("y", ["a"])])).toEqual([]);
});

test("it is nothing either for those who stand for many, and for a role that every cluster has", () => {
  const many = (name: string) => binding(name, ["system:authenticated"], {}, { kind: "ClusterRole", name: "cluster-admin" });
  for (const rule of [accessForMany, privilege]) {
    expect(found([many("x")], [many("y")], rule)).toEqual([]);
    expect(found([], [many("y")], rule)).toHaveLength(1);
  }
});

test.each([
  ["in another namespace", { namespace: "messenger-homa" }],
  ["at another site", { stack: "gap.mhd1" }],
])("what was held %s does not count", (_, of) => {
  const elsewhere = [
    sideObject("Role", allow("*"), { id: "role-elsewhere", name: "admin", ...of }),
    binding("admin", ["b"], { ...of, id: "binding-elsewhere" }),
  ];
  expect(among(elsewhere, [...elsewhere, binding("viewer", ["b"])])).toEqual([
    "widens RoleBinding messenger-gap/viewer: is new: Group b may now do what Role viewer allows in messenger-gap",
  ]);
});

test("what was held in the whole cluster counts in every namespace, and not the other way round", () => {
  const edit = clusterRole("edit", allow("get", "list"));
  expect(among([edit, everywhere("edit", ["b"])], [edit, binding("viewer", ["b"])])).toEqual([
    "narrows ClusterRoleBinding edit: is gone: Group b may no longer do what ClusterRole edit allows IN THE WHOLE CLUSTER",
  ]);
  expect(among([edit, binding("viewer", ["b"])], [edit, everywhere("edit", ["b"])])).toEqual([
    "widens ClusterRoleBinding edit: is new: Group b may now do what ClusterRole edit allows IN THE WHOLE CLUSTER",
  ]);
});

test("what is not known is told as widening", () => {
  const of = (name: string) => [binding("viewer", ["b"], {}, { kind: "ClusterRole", name })];
  const admin = [binding("admin", ["b"])];
  const toldOf = (name: string, ...known: SideObject[]) =>
    found([...roles, ...known, ...admin], [...roles, ...known, ...of(name)]).filter((line) => line.startsWith("widens"));
  const widening = "widens RoleBinding messenger-gap/viewer: is new: Group b may now do what ClusterRole edit allows in messenger-gap";
  // A role of another stack, one that the cluster fills, and one that only the apply will know.
  expect(toldOf("edit")).toEqual([widening]);
  expect(toldOf("edit", clusterRole("edit", { aggregationRule: {}, rules: [] }))).toEqual([widening]);
  expect(toldOf("edit", clusterRole("edit", { rules: "(known after apply)" }))).toEqual([widening]);
  expect(toldOf("edit", clusterRole("edit", allow("get")))).toEqual([]);
  // What an unknown role let it do before.
  expect(found([...roles, ...of("edit")], [...roles, ...asAdmin]).filter((line) => line.includes("Group b"))).toEqual([
    "widens RoleBinding messenger-gap/admin: is new: Group b, Group c may now do what Role admin allows in messenger-gap",
    "narrows RoleBinding messenger-gap/viewer: Group b may no longer do what ClusterRole edit allows in messenger-gap (now: what Role viewer allows)",
  ]);
});

test("where only what differs is known, roles that stay the same are not: it widens and narrows", () => {
  const { changes, stacks, unchanged } = comparedSides([...roles, ...asAdmin], [...roles, ...asViewer]);
  expect(said(bindingSubjects, { changes, stacks, unchanged })).toEqual([
    "narrows RoleBinding messenger-gap/admin: Group b may no longer do what Role admin allows in messenger-gap",
    "widens RoleBinding messenger-gap/viewer: Group b may now do what Role viewer allows in messenger-gap",
  ]);
});

const [verbs, names, groups] = [
  ["create", "get", "list"],
  ["r", "s", "t"],
  ["a", "b"],
];
type World = readonly (readonly [name: string, role: string, groups: readonly string[]])[];
type Rules = readonly (readonly string[])[];

const rules: fc.Arbitrary<Rules> = fc.tuple(...names.map(() => fc.subarray(verbs)));
const world: fc.Arbitrary<World> = fc
  .tuple(...names.map((name) => fc.tuple(fc.constant(`${name}-binding`), fc.constantFrom(...names), fc.subarray(groups))))
  .chain((all) => fc.subarray(all));

const objectsOf = (bound: World, allowed: Rules): SideObject[] => [
  ...names.map((name, at) => role(name, ...(allowed[at] ?? []))),
  ...bound.map(([name, of, who]) => binding(name, who, {}, { kind: "Role", name: of })),
];
/** Who may do what. */
const powersOf = (bound: World, allowed: Rules): Set<string> =>
  new Set(bound.flatMap(([, of, who]) => who.flatMap((one) => (allowed[names.indexOf(of)] ?? []).map((verb) => `${one} ${verb}`))));
const isMore = (less: ReadonlySet<string>, more: ReadonlySet<string>): boolean => [...more].some((one) => !less.has(one));

test("whatever anybody may newly do is told as widening, and what nobody may any more as narrowing, whatever else changes", () => {
  fc.assert(
    fc.property(world, world, rules, rules, (before, after, were, are) => {
      const comparison = comparedSides(objectsOf(before, were), objectsOf(after, are));
      const lines = [bindingSubjects, roleRules].flatMap((rule) => said(rule, comparison));
      const [then, now] = [powersOf(before, were), powersOf(after, are)];
      if (isMore(then, now)) expect(lines.filter((line) => line.startsWith("widens"))).not.toEqual([]);
      if (isMore(now, then)) expect(lines.filter((line) => line.startsWith("narrows"))).not.toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("where roles stay the same, nothing else is told of those who hold one", () => {
  let told = 0;
  fc.assert(
    fc.property(world, world, rules, (before, after, same) => {
      // Who held nothing is told of by the role's name, even where the role allows nothing.
      const allowed = same.map((of) => (of.length === 0 ? ["get"] : of));
      const lines = found(objectsOf(before, allowed), objectsOf(after, allowed));
      const [then, now] = [powersOf(before, allowed), powersOf(after, allowed)];
      expect([lines.some((line) => line.startsWith("widens")), lines.some((line) => line.startsWith("narrows"))]).toEqual([
        isMore(then, now),
        isMore(now, then),
      ]);
      told += lines.length;
    }),
    { numRuns: 500 },
  );
  expect(told).toBeGreaterThan(200);
});
