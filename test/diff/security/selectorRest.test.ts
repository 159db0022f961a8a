import * as fc from "fast-check";
import { selected, selectorOf } from "../../../lib/diff/security/selector";
import { restOf, sharedOf } from "../../../lib/diff/security/selectorRest";
import { labelled, matches, selector } from "./labels";

const several = fc.array(selector, { maxLength: 3 });

test("the rest is what others do not select, label by label, each piece apart", () => {
  fc.assert(
    fc.property(selector, several, (one, others) => {
      const rest = restOf(one, others);
      for (const labels of labelled) {
        const isLeft = matches(one, labels) && !others.some((other) => matches(other, labels));
        expect(rest.filter((piece) => matches(piece, labels))).toHaveLength(isLeft ? 1 : 0);
      }
      // Every piece is of something: none is told of that cannot be.
      for (const piece of rest) expect(labelled.some((labels) => matches(piece, labels))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("what is shared is what others select too, label by label", () => {
  fc.assert(
    fc.property(selector, several, (one, others) => {
      const shared = sharedOf(one, others);
      for (const labels of labelled) {
        const isShared = matches(one, labels) && others.some((other) => matches(other, labels));
        expect(shared.some((part) => matches(part, labels))).toBe(isShared);
      }
    }),
    { numRuns: 1000 },
  );
});

const labels = (matchLabels: Record<string, string>) => selectorOf({ matchLabels });
const texts = (all: readonly ReturnType<typeof selectorOf>[]) => all.map((one) => selected(one, "pod"));

test("the rest is told in few words", () => {
  const [web, db, webOfA] = [labels({ app: "web" }), labels({ app: "db" }), labels({ app: "web", tier: "a" })];
  expect(texts(restOf([], [web, db]))).toEqual(["pods with app not in (db, web)"]);
  expect(texts(restOf(web, [db]))).toEqual(["pods with app=web"]);
  expect(texts(restOf(web, [labels({ tier: "a", app: "db" })]))).toEqual(["pods with app=web"]);
  expect(texts(restOf([], [webOfA]))).toEqual(["pods with app not in (web)", "pods with app=web, tier not in (a)"]);
  expect(texts(sharedOf([], [web, webOfA]))).toEqual(["pods with app=web"]);
});

test("of a requirement that is unknown nothing is taken off", () => {
  const strange = selectorOf({ matchExpressions: [{ key: "n", operator: "Gt", values: ["1"] }] });
  expect(restOf([], [strange])).toEqual([[]]);
  expect(restOf(strange, [strange])).toEqual([]);
});

test("selectors that share no key are given up: the whole is left", () => {
  const pairs = Array.from({ length: 30 }, (_, at) => labels({ [`a${String(at)}`]: "x", [`b${String(at)}`]: "x" }));
  expect(restOf([], pairs)).toEqual([[]]);
  expect(restOf([], pairs.slice(0, 2))).toHaveLength(4);
  expect(restOf([], [...pairs, []])).toEqual([]);
});
