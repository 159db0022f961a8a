/** What the rules say of the policies of a namespace together. */
import * as fc from "fast-check";
import type { Comparison, SideObject } from "../../../lib/diff/change";
import { defaultDeny } from "../../../lib/diff/security/defaultDeny";
import { networkFlows } from "../../../lib/diff/security/networkFlows";
import { networkIsolation } from "../../../lib/diff/security/networkIsolation";
import type { Selector } from "../../../lib/diff/security/selector";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { comparedSides, sideObject } from "../sides";
import { said } from "./compared";
import { labelled, matches, selector } from "./labels";
import { closedRule, packets, passes, rule, type Rule } from "./packets";

const namespace = sideObject("Namespace", {}, { name: "messenger-gap", namespace: "" });
const policy = (name: string, spec: JsonObject, stack = "gap.thr1"): SideObject =>
  sideObject("NetworkPolicy", { spec: { podSelector: {}, ...spec } }, { name, id: name, stack });

const lines = (comparison: Comparison): string[] => [networkIsolation, networkFlows].flatMap((one) => said(one, comparison));
/** What is said where the stack that makes the namespace is seen whole. */
const between = (before: readonly SideObject[], after: readonly SideObject[]): string[] =>
  lines(comparedSides([namespace, ...before], [namespace, ...after]));

const web = { podSelector: { matchLabels: { app: "web" } } };
const front = { podSelector: { matchLabels: { tier: "front" } } };
const out = { egress: [{ to: [{ ipBlock: { cidr: "192.0.2.0/24" } }], ports: [{ port: 443 }] }] };
const deny = policy("default-deny", { policyTypes: ["Ingress", "Egress"] });

test("an allowance that goes narrows where the default deny stays, and one that comes widens", () => {
  const allow = policy("out", { policyTypes: ["Egress"], ...out });
  expect(between([deny, allow], [deny])).toEqual([
    "narrows NetworkPolicy messenger-gap/out: is gone: every pod in messenger-gap may no longer go to 192.0.2.0/24 on TCP 443",
  ]);
  expect(between([deny], [deny, allow])).toEqual([
    "widens NetworkPolicy messenger-gap/out: is new: every pod in messenger-gap may now go to 192.0.2.0/24 on TCP 443",
  ]);
});

test("the first policy of open pods only narrows, and the last one that goes only widens", () => {
  const only = policy("out", { policyTypes: ["Egress"], ...out });
  expect(between([], [only])).toEqual([
    "narrows NetworkPolicy messenger-gap/out: is new: it isolates every pod in messenger-gap for Egress: only what a policy lets through passes",
  ]);
  expect(between([only], [])).toEqual([
    "widens NetworkPolicy messenger-gap/out: is gone: it no longer isolates every pod in messenger-gap for Egress: where no other policy does, they may go anywhere",
  ]);
});

test("another name is nothing, nor is another stack of the site", () => {
  expect(between([deny, policy("out", out)], [policy("deny", { policyTypes: ["Ingress", "Egress"] }), policy("way-out", out)])).toEqual([]);
  expect(between([policy("out", out)], [policy("way-out", out, "site.thr1")])).toEqual([]);
});

test("a rule that goes from one policy to another is nothing; for fewer pods it narrows, for more it widens", () => {
  const [a, b] = [policy("a", { policyTypes: ["Egress"] }), policy("b", { policyTypes: ["Egress"] })];
  const [aOut, bOut] = [policy("a", { policyTypes: ["Egress"], ...out }), policy("b", { policyTypes: ["Egress"], ...out })];
  const ofWeb = policy("b", { policyTypes: ["Egress"], ...out, ...web });
  expect(between([aOut, b], [a, bOut])).toEqual([]);
  expect(between([aOut], [a, ofWeb])).toEqual([
    "narrows NetworkPolicy messenger-gap/a: every pod in messenger-gap may no longer go to 192.0.2.0/24 on TCP 443 (now: pods with app=web in messenger-gap)",
  ]);
  expect(between([a, ofWeb], [aOut])).toEqual([
    "widens NetworkPolicy messenger-gap/a: every pod in messenger-gap may now go to 192.0.2.0/24 on TCP 443 (before: pods with app=web in messenger-gap)",
  ]);
});

test("a default deny that goes is nothing where another policy isolates the same pods, and widens where none does for a way or a pod", () => {
  const inwards = policy("inwards", { policyTypes: ["Ingress"] });
  const outwards = policy("outwards", { policyTypes: ["Egress"] });
  const widens = (pods: string, way: string, open: string): string =>
    `widens NetworkPolicy messenger-gap/default-deny: is gone: it no longer isolates ${pods} in messenger-gap for ${way} (the default deny): where no other policy does, ${open}`;
  expect(between([deny, inwards, outwards], [inwards, outwards])).toEqual([]);
  expect(between([deny, inwards], [inwards])).toEqual([widens("every pod", "Egress", "they may go anywhere")]);
  expect(between([deny, outwards], [outwards, policy("web", { ...web, policyTypes: ["Ingress"] })])).toEqual([
    widens("pods with app not in (web)", "Ingress", "anybody may reach them"),
  ]);
});

test("a selector that covers is empty, equal or wider; of one that may not, the pods that it leaves out are told", () => {
  const ofWeb = policy("a", { ...web, policyTypes: ["Ingress"] });
  const isolating = (matchLabels: JsonObject): SideObject => policy("b", { podSelector: { matchLabels }, policyTypes: ["Ingress"] });
  const both = policy("a", { podSelector: { matchLabels: { app: "web", tier: "front" } }, policyTypes: ["Ingress"] });
  const widens = (found: readonly string[]): string[] => found.filter((line) => line.startsWith("widens"));
  expect(widens(between([ofWeb], [isolating({})]))).toEqual([]);
  expect(widens(between([ofWeb], [isolating({ app: "web" })]))).toEqual([]);
  expect(widens(between([both], [isolating({ app: "web" })]))).toEqual([]);
  expect(between([ofWeb], [policy("b", { ...front, policyTypes: ["Ingress"] })])).toEqual([
    "widens NetworkPolicy messenger-gap/a: is gone: it no longer isolates pods with app=web, tier not in (front) in messenger-gap for Ingress: where no other policy does, anybody may reach them",
    "narrows NetworkPolicy messenger-gap/b: is new: it isolates pods with app not in (web), tier=front in messenger-gap for Ingress: only what a policy lets through passes",
  ]);
});

test("of pods that are half isolated, what comes widens for those that were", () => {
  const narrow = policy("web", { ...web, policyTypes: ["Egress"] });
  expect(between([narrow], [narrow, policy("out", { policyTypes: ["Egress"], ...out })])).toEqual([
    "narrows NetworkPolicy messenger-gap/out: is new: it isolates pods with app not in (web) in messenger-gap for Egress: only what a policy lets through passes",
    "widens NetworkPolicy messenger-gap/out: is new: pods with app=web in messenger-gap may now go to 192.0.2.0/24 on TCP 443",
  ]);
});

test("policies of other namespaces and other sites are none of it", () => {
  const elsewhere = sideObject("NetworkPolicy", { spec: deny.object.spec ?? {} }, { namespace: "messenger-bale", stack: "site.thr1" });
  const afar = policy("default-deny", { policyTypes: ["Ingress", "Egress"] }, "gap.mhd1");
  expect(between([deny, elsewhere, afar], [elsewhere, afar])).toHaveLength(1);
});

test("where the stack that makes the namespace is not seen, others may isolate its pods: what comes widens", () => {
  const extra = policy("extra", { policyTypes: ["Egress"], ...out }, "site.thr1");
  expect(lines(comparedSides([], [extra], ["site.thr1"]))).toEqual([
    expect.stringMatching(/^narrows .* it isolates every pod/) as string,
    "widens NetworkPolicy messenger-gap/extra: is new: every pod in messenger-gap may now go to 192.0.2.0/24 on TCP 443",
  ]);
});

test("where a stack that is the same on both sides is not seen, it may isolate the pods: what comes widens", () => {
  const open = policy("open", { policyTypes: ["Egress"], ...out });
  const { sides, ...rest } = comparedSides([namespace], [namespace, open]);
  if (!sides) throw new Error("no sides");
  expect(lines({ ...rest, sides })).toHaveLength(1);
  expect(lines({ ...rest, sides: { ...sides, areAll: false } })).toContain(
    "widens NetworkPolicy messenger-gap/open: is new: every pod in messenger-gap may now go to 192.0.2.0/24 on TCP 443",
  );
});

test("what is not known before the apply is not relied on", () => {
  const later = "(known after apply)";
  const denied = (spec: JsonObject): string[] => between([deny], [policy("default-deny", { policyTypes: ["Ingress", "Egress"], ...spec })]);
  const open = expect.stringMatching(/^widens .*(no longer isolates|leaves out)/) as string;
  for (const podSelector of [later, { matchLabels: later }, { matchExpressions: later }, { matchExpressions: [later] }])
    expect(denied({ podSelector })).toContainEqual(open);
  expect(denied({ policyTypes: later })).toContainEqual(open);
  for (const ingress of [later, [later], [{ from: later }]])
    expect(denied({ ingress })).toContain(
      "widens NetworkPolicy messenger-gap/default-deny: every pod in messenger-gap may now be reached from ANYWHERE on every port",
    );
});

test("many parts of the pods are told as one", () => {
  const isolating = (count: number): SideObject[] =>
    Array.from({ length: count }, (_, index) =>
      policy(`p${String(index)}`, { podSelector: { matchLabels: { app: `a${String(index)}` } }, policyTypes: ["Egress"] }),
    );
  const widening = (count: number): string[] =>
    between(isolating(count), [...isolating(count), policy("out", { policyTypes: ["Egress"], ...out })]).filter((line) =>
      line.startsWith("widens"),
    );
  expect(widening(2)).toEqual([
    "widens NetworkPolicy messenger-gap/out: is new: pods with app=a0 and pods with app=a1 in messenger-gap may now go to 192.0.2.0/24 on TCP 443",
  ]);
  expect(widening(40)).toEqual([
    "widens NetworkPolicy messenger-gap/out: is new: every pod in messenger-gap may now go to 192.0.2.0/24 on TCP 443",
  ]);
});

test("a policy of a plan that is not whole counts where it changes", () => {
  const after = policy("deny", { policyTypes: ["Ingress", "Egress"] }, "site.thr1");
  const { changes, ...rest } = comparedSides([namespace, deny], [namespace]);
  const { stack, site, address } = after;
  const created = { stack, site, address, action: "create" as const, after, attributes: [] };
  expect(lines({ ...rest, changes: [...changes, created] })).toEqual([]);
});

const ways = ["Ingress", "Egress"] as const;

/** A policy of the small world. */
interface Model {
  readonly pods: Selector;
  readonly ways: readonly (typeof ways)[number][];
  readonly rules: Readonly<Record<(typeof ways)[number], readonly Rule[]>>;
}

function policyOf({ pods, ways: policyTypes, rules }: Model, name: string): SideObject {
  const spec = {
    podSelector: { matchExpressions: pods.map((one) => ({ ...one })) },
    policyTypes,
    ingress: rules.Ingress.map(({ peers, ports }) => ({ from: peers, ports })),
    egress: rules.Egress.map(({ peers, ports }) => ({ to: peers, ports })),
  };
  return policy(name, spec);
}

const worldOf = (of: fc.Arbitrary<Rule>): fc.Arbitrary<Model> =>
  fc.record({
    pods: fc.oneof(fc.constant<Selector>([]), fc.constant<Selector>([{ key: "a", operator: "In", values: ["x"] }]), selector),
    ways: fc.constantFrom<Model["ways"]>(["Ingress"], ["Egress"], ways),
    rules: fc.record({ Ingress: fc.array(of, { maxLength: 2 }), Egress: fc.array(of, { maxLength: 2 }) }),
  });

/** What passes, pod by pod and packet by packet: all of it for a pod that no policy selects, else what any policy of it lets through. */
function passing(policies: readonly Model[]): boolean[] {
  return ways.flatMap((way) => {
    const through = policies
      .filter((one) => one.ways.includes(way))
      .map((one) => ({ pods: one.pods, passed: packets.map((packet) => passes(one.rules[way], packet)) }));
    return labelled.flatMap((labels) => {
      const own = through.filter(({ pods }) => matches(pods, labels));
      return packets.map((_, at) => own.length === 0 || own.some(({ passed }) => passed[at]));
    });
  });
}

/** Two sides of one pool of policies, so that they share some. */
const twoSides = (of: fc.Arbitrary<Rule>) =>
  fc.array(worldOf(of), { minLength: 1, maxLength: 4 }).chain((pool) => fc.tuple(fc.subarray(pool), fc.subarray(pool), fc.boolean()));

function compareModels(before: readonly Model[], after: readonly Model[], renamed: boolean): string[] {
  const pool = [...new Set([...before, ...after])];
  const name = (model: Model): string => `p${String(pool.indexOf(model))}`;
  return between(
    before.map((model) => policyOf(model, name(model))),
    after.map((model, at) => policyOf(model, renamed ? `p${String(at)}` : name(model))),
  );
}

test("whatever newly passes is told as widening, and whatever no longer does as narrowing", () => {
  let told = 0;
  fc.assert(
    fc.property(twoSides(rule), ([before, after, renamed]) => {
      const [then, now] = [passing(before), passing(after)];
      const found = compareModels(before, after, renamed);
      if (now.some((passes, at) => passes && !then[at])) expect(found.filter((line) => line.startsWith("widens"))).not.toEqual([]);
      if (then.some((passes, at) => passes && !now[at])) expect(found.filter((line) => line.startsWith("narrows"))).not.toEqual([]);
      told += found.length;
    }),
    { numRuns: 200 },
  );
  expect(told).toBeGreaterThan(200);
});

test("nothing is told to widen where nothing newly passes, nor to narrow where all still does", () => {
  fc.assert(
    fc.property(twoSides(closedRule), ([before, after, renamed]) => {
      const [then, now] = [passing(before), passing(after)];
      const found = compareModels(before, after, renamed);
      if (!now.some((passes, at) => passes && !then[at])) expect(found.filter((line) => line.startsWith("widens"))).toEqual([]);
      if (!then.some((passes, at) => passes && !now[at])) expect(found.filter((line) => line.startsWith("narrows"))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

/** The same as several policies: a half of the pods each, one way each, one rule each. */
function split({ pods, ways: own, rules }: Model): Model[] {
  const halves = (["In", "NotIn"] as const).map((operator) => [...pods, { key: "a", operator, values: ["x"] }]);
  return halves.flatMap((half) =>
    own.flatMap((way) =>
      [[], ...rules[way].map((one) => [one])].map((part): Model => ({
        pods: half,
        ways: [way],
        rules: { Ingress: [], Egress: [], [way]: part },
      })),
    ),
  );
}

test("other names, another order and several policies in place of one are nothing", () => {
  const pieces = fc
    .array(worldOf(rule), { maxLength: 3 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all.flatMap(split), { minLength: all.flatMap(split).length })));
  fc.assert(
    fc.property(pieces, ([whole, parts]) => {
      const [one, many] = [whole, parts].map((all) => all.map((model, at) => policyOf(model, `p${String(at)}`))) as [
        SideObject[],
        SideObject[],
      ];
      expect(between(one, many)).toEqual([]);
      expect(between(many, one)).toEqual([]);
      for (const [from, to] of [
        [one, many],
        [many, one],
      ] as const)
        expect(said(defaultDeny, comparedSides([namespace, ...from], [namespace, ...to]))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
