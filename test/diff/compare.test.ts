import * as fc from "fast-check";
import { compare } from "../../lib/diff/compare";
import { comparedSides, sideObject } from "./sides";

const said = (comparison: ReturnType<typeof compare>): string[] =>
  comparison.changes.map(({ stack, action, address, attributes, replacedBy }) =>
    [action, stack, address, ...attributes.map(({ path }) => path), ...(replacedBy ?? []).map((field) => `for ${field}`)].join(" "),
  );
const data = (value: string, of: object = {}) => sideObject("ConfigMap", { data: { a: value } }, of);

test("an object comes, goes, changes, or is made anew for a field that forces it", () => {
  expect(said(comparedSides([], [data("1")]))).toEqual(["create gap.thr1 kubernetes_config_map_v1.configmap"]);
  expect(said(comparedSides([data("1")], []))).toEqual(["destroy gap.thr1 kubernetes_config_map_v1.configmap"]);
  expect(said(comparedSides([data("1")], [data("2")]))).toEqual(["update gap.thr1 kubernetes_config_map_v1.configmap data.a"]);
  const namespace = (name: string) => sideObject("Namespace", {}, { name, namespace: "" });
  expect(said(comparedSides([namespace("a")], [namespace("b")]))).toEqual([
    "replace gap.thr1 kubernetes_namespace_v1.namespace metadata.name for metadata.name",
  ]);
});

test("a guard that comes or goes is a change of its own, though the object is the same", () => {
  expect(comparedSides([data("1", { guarded: true })], [data("1")]).changes[0]?.attributes).toEqual([
    { path: "lifecycle.prevent_destroy", before: true, after: false },
  ]);
});

test("what a Secret holds is nowhere in the attributes", () => {
  const secret = (value: string) => sideObject("Secret", { data: { password: value } });
  const { attributes } = comparedSides([secret("c2VjcmV0LTE=")], [secret("c2VjcmV0LTI=")]).changes[0] ?? {};
  expect(attributes?.length).toBe(1);
  expect(JSON.stringify(attributes)).not.toMatch(/c2VjcmV0|secret-/);
});

test("sites stand first, then stacks and addresses by name, whatever their order", () => {
  const objects = ["b.thr1", "site.thr1", "a.thr1", "site.mhd1"].flatMap((stack) => ["y", "x"].map((id) => data("1", { stack, id })));
  const order = ["site.mhd1", "site.thr1", "a.thr1", "b.thr1"].flatMap((stack) =>
    ["x", "y"].map((id) => `create ${stack} kubernetes_config_map_v1.${id}`),
  );
  fc.assert(
    fc.property(fc.shuffledSubarray(objects, { minLength: objects.length }), (shuffled) => {
      expect(said(comparedSides([], shuffled))).toEqual(order);
    }),
  );
});

test("stacks of one side are named, and those that are alike are counted with those known to be", () => {
  const [same, base, head] = [data("1", { stack: "same.thr1" }), data("1", { stack: "old.thr1" }), data("1", { stack: "new.thr1" })];
  const of = (...objects: ReturnType<typeof data>[]) => new Map(objects.map((each) => [each.stack, new Map([[each.address, each]])]));
  const { stacks, unchanged } = compare(of(same, base), of(same, head), 5);
  expect({ stacks, unchanged }).toEqual({ stacks: { added: ["new.thr1"], removed: ["old.thr1"] }, unchanged: 6 });
});

test("a side compared with itself has no change, and two sides change by the same objects either way", () => {
  const objects = fc.uniqueArray(fc.tuple(fc.constantFrom("a.thr1", "b.thr1"), fc.constantFrom("x", "y", "z"), fc.constantFrom("1", "2")), {
    selector: ([stack, id]) => `${stack} ${id}`,
  });
  const sideOf = (rows: readonly (readonly [string, string, string])[]) => rows.map(([stack, id, value]) => data(value, { stack, id }));
  const opposite: Readonly<Record<string, string>> = { create: "destroy", destroy: "create", update: "update", replace: "replace" };
  fc.assert(
    fc.property(objects, objects, (before, after) => {
      expect(comparedSides(sideOf(before), sideOf(before)).changes).toEqual([]);
      const [there, back] = [comparedSides(sideOf(before), sideOf(after)), comparedSides(sideOf(after), sideOf(before))];
      expect(back.changes.map(({ stack, address, action }) => [stack, address, opposite[action]])).toEqual(
        there.changes.map(({ stack, address, action }) => [stack, address, action]),
      );
      expect(back.stacks).toEqual({ added: there.stacks.removed, removed: there.stacks.added });
    }),
  );
});
