/** What holds of all rules together, on the company's own objects. */
import { join } from "node:path";
import { readdirSync } from "node:fs";
import * as fc from "fast-check";
import type { Comparison, SideObject } from "../../../lib/diff/change";
import { findAll, type SecurityFinding } from "../../../lib/diff/rule";
import { securityRules } from "../../../lib/diff/security";
import { stackObjectsOf } from "../../../lib/diff/stackObjects";
import { isObject, type ApiObject, type Json, type TerraformConfig } from "../../../lib/manifests/apiObject";
import { buildApp } from "../../../lib/stacks/app";
import { exampleOf } from "../../support/stage";
import { written } from "../../support/synth";
import { compared } from "./compared";

const stacks = ["dorna.thr1", "gap.thr1", "site.thr1"];
const texts = written((outdir) => buildApp(exampleOf("dorna", "gap"), { outdir, stacks }));
const sides: readonly SideObject[] = [...texts]
  .flatMap(([stack, text]) => [...stackObjectsOf(stack, "thr1", JSON.parse(text) as TerraformConfig).values()])
  .filter(({ object }) => object.kind !== "BareMetalHost");
const objects: readonly ApiObject[] = sides.map(({ object }) => object);

const of = (comparison: Comparison): SecurityFinding[] => findAll(securityRules, comparison);
const lines = (comparison: Comparison): string[] =>
  of(comparison).map(({ rule, direction, object, what }) => `${direction} [${rule}] ${object}: ${what}`);

/** The same with every list and every object's keys the other way round, also in the JSON of a network's config. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(reversed).reverse();
  if (typeof value === "string" && value.startsWith("{")) return JSON.stringify(reversed(JSON.parse(value) as Json));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]): [string, Json] => [key, reversed(inner)])
      .reverse(),
  );
}

test("there is a rule for each file, and each has a name of its own and says why", () => {
  expect(new Set(securityRules.map(({ name }) => name)).size).toBe(securityRules.length);
  for (const { name, why } of securityRules)
    expect([name, why]).toEqual([expect.stringMatching(/^[a-z]+(-[a-z]+)*$/), expect.stringMatching(/\.$/)]);
  const files = readdirSync(join(__dirname, "../../../lib/diff/security")).map((file) => file.slice(0, -3));
  const camelCase = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  expect(securityRules.map(({ name }) => camelCase(name)).filter((name) => !files.includes(name))).toEqual([]);
});

test("everything beside itself is nothing, in another order too", () => {
  expect(objects.length).toBeGreaterThan(100);
  expect(lines(compared(objects, objects))).toEqual([]);
  expect(lines(compared(objects, objects.map((one) => reversed(one) as ApiObject).reverse()))).toEqual([]);
});

test("an object under another id, or made by another stack, is the same", () => {
  const [before, after] = [compared(objects, [], { stack: "gap.thr1" }), compared([], objects, { stack: "bale.thr1" })];
  const moved = after.changes.map((change) => {
    const address = `${change.address}_moved`;
    return { ...change, address, ...(change.after && { after: { ...change.after, address } }) };
  });
  expect(lines({ changes: [...before.changes, ...moved], stacks: { added: ["bale.thr1"], removed: ["gap.thr1"] }, unchanged: 0 })).toEqual(
    [],
  );
});

test("an object that another one replaces at its address goes, and the other comes", () => {
  const binding = (name: string): ApiObject => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name, namespace: "messenger-gap" },
    roleRef: { kind: "Role", name: "viewer" },
    subjects: [{ kind: "Group", name }],
  });
  const place = { stack: "gap.thr1", site: "thr1", address: "kubernetes_role_binding_v1.a" };
  const side = (name: string): SideObject => ({ ...place, guarded: false, object: binding(name) });
  const change = { ...place, action: "replace" as const, before: side("a"), after: side("b"), attributes: [] };
  expect(lines({ changes: [change], stacks: { added: [], removed: [] }, unchanged: 0 })).toEqual([
    "narrows [binding-subjects] RoleBinding messenger-gap/a: is gone: Group a may no longer do what Role viewer allows in messenger-gap",
    "widens [binding-subjects] RoleBinding messenger-gap/b: is new: Group b may now do what Role viewer allows in messenger-gap",
  ]);
});

test("a whole messenger is one finding", () => {
  const own = sides.filter(({ stack }) => stack === "gap.thr1").map(({ object }) => object);
  expect(of(compared([], own, { added: ["gap.thr1"] })).map(({ rule, direction, object }) => [rule, direction, object])).toEqual([
    ["stack-access", "widens", "gap.thr1"],
  ]);
  expect(of(compared(own, [], { removed: ["gap.thr1"] })).map(({ rule, direction }) => [rule, direction])).toEqual([
    ["stack-access", "narrows"],
  ]);
});

/** An object with something of it gone: what an index of a walk over its parts points at. Names and kinds stay. */
function cut(value: Json, at: { left: number }, depth = 0): Json | undefined {
  if (at.left-- === 0 && depth > 1) return undefined;
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => cut(item, at, depth + 1) ?? []);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (depth <= 1 && ["apiVersion", "kind", "name", "namespace"].includes(key)) return [[key, inner]];
      const rest = cut(inner, at, depth + 1);
      return rest === undefined ? [] : [[key, rest]];
    }),
  );
}

const kinds = [...new Set(objects.map(({ kind }) => kind))];
const cutOrWhole = fc.record({
  index: fc.nat(),
  left: fc.nat(80),
  also: fc.nat(80),
  lost: fc.constantFrom("none", "none", "none", "before", "after"),
});
const pair = fc.constantFrom(...kinds).chain((kind) => {
  const ofKind = objects.filter((one) => one.kind === kind);
  return cutOrWhole.map(({ index, left, also, lost }): { before: ApiObject[]; after: ApiObject[] } => {
    const one = ofKind[index % ofKind.length];
    if (!one) throw new Error(`there is a ${kind}`);
    const [before, after] = [left, also].map((at) => cut(one, { left: at }) as ApiObject);
    return { before: lost === "before" || !before ? [] : [before], after: lost === "after" || !after ? [] : [after] };
  });
});

test("what widens one way narrows the other, whatever is cut out of an object", () => {
  let found = 0;
  const turned = { widens: "narrows", narrows: "widens" } as const;
  const summary = (findings: readonly SecurityFinding[]): string[] =>
    findings
      .filter(({ what }) => !what.includes("cannot be judged"))
      .map(({ rule, object, direction }) => `${rule} ${object} ${direction}`)
      .sort();
  fc.assert(
    fc.property(pair, ({ before, after }) => {
      const there = of(compared(before, after));
      found += there.length;
      const back = of(compared(after, before)).map((finding) => ({ ...finding, direction: turned[finding.direction] }));
      expect(summary(back)).toEqual(summary(there));
    }),
    { numRuns: 500 },
  );
  expect(found).toBeGreaterThan(150);
});
