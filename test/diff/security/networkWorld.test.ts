/** What is said of network policies, held to a plain model of what passes in a small world. */
import * as fc from "fast-check";
import type { SideObject } from "../../../lib/diff/change";
import { defaultDeny } from "../../../lib/diff/security/defaultDeny";
import type { Selector } from "../../../lib/diff/security/selector";
import { comparedSides } from "../sides";
import { said } from "./compared";
import { labelled, matches, selector } from "./labels";
import { closedRule, packets, passes, rule, type Rule } from "./packets";
import { between, namespace, policy } from "./policies";

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
