import type { Finding, SecurityFinding } from "../../lib/diff/rule";
import { countsByRule, verdictOf, type Judged } from "../../lib/diff/verdict";
import { comparedSides, sideObject } from "./sides";

const finding = (rule: string): Finding => ({ rule, stack: "gap.thr1", address: "", object: "", what: "", why: "" });
const toward = (direction: "widens" | "narrows"): SecurityFinding => ({ ...finding("role-rules"), direction });
const data = (value: string, stack = "gap.thr1", id = "a") => sideObject("ConfigMap", { data: { a: value } }, { stack, id });

const verdict = (change: Partial<Judged>): string =>
  verdictOf({
    comparison: { ...comparedSides([], []), unchanged: 4 },
    stale: [],
    switchPlans: [],
    risk: [],
    security: [],
    deficits: 0,
    books: false,
    ...change,
  });

test("what differs is counted by action and by stack, risks and access before it", () => {
  const comparison = { ...comparedSides([data("1"), data("1", "gap.thr1", "b")], [data("2"), data("1", "bale.thr1")]), unchanged: 3 };
  expect(verdict({ comparison })).toBe("No risk found; 2 stacks of 5 change (1 to create, 1 to update, 1 to destroy).");
  expect(
    verdict({
      comparison,
      risk: [finding("host-wiped"), finding("quota-lost"), finding("host-wiped")],
      security: [toward("widens"), toward("narrows"), toward("narrows")],
    }),
  ).toBe(
    "RISK: host-wiped 2, quota-lost 1; access WIDENS in 1 place, narrows in 2 places; 2 stacks of 5 change (1 to create, 1 to update, 1 to destroy).",
  );
});

test("one stack changes, several change", () => {
  const comparison = { ...comparedSides([data("1")], [data("2")]), unchanged: 0 };
  expect(verdict({ comparison })).toBe("No risk found; 1 stack of 1 changes (1 to update).");
});

test("where no object differs it is said whether the books do", () => {
  expect(verdict({})).toBe("Nothing differs in 4 stacks.");
  expect(verdict({ books: true })).toBe("No object changes in 4 stacks, but the books do.");
});

test("messengers that are not allocated stand before all else; more than three as a number", () => {
  expect(verdict({ stale: ["gap", "bale"] })).toBe("NOT ALLOCATED: gap, bale. No object changes in 4 stacks.");
  expect(verdict({ stale: ["a", "b", "c", "d"] })).toBe("NOT ALLOCATED: 4 messengers. No object changes in 4 stacks.");
});

test("rules are counted in the order of their first finding", () => {
  expect(countsByRule([finding("b"), finding("a"), finding("b")])).toBe("b 2, a 1");
});

test("a switch plan that alone changes is no nothing", () => {
  expect(verdict({ switchPlans: ["thr1"] })).toBe("No object changes in 4 stacks, but 1 switch plan does.");
  expect(verdict({ switchPlans: ["mhd1", "thr1"] })).toBe("No object changes in 4 stacks, but 2 switch plans do.");
});

test.each<readonly [text: string, change: Partial<Judged>]>([
  ["RISK: law 1; no object changes in 4 stacks.", { risk: [finding("law")] }],
  ["RISK: law 1; no object changes in 4 stacks, but the books do.", { risk: [finding("law")], books: true }],
  ["1 new DEFICIT; no object changes in 4 stacks, but the books do.", { deficits: 1, books: true }],
  ["2 new DEFICITS; no object changes in 4 stacks, but the books do.", { deficits: 2, books: true }],
  ["RISK: law 1; 2 new DEFICITS; no object changes in 4 stacks.", { risk: [finding("law")], deficits: 2 }],
  ["No object changes in 4 stacks, but the books and 1 switch plan do.", { books: true, switchPlans: ["thr1"] }],
  ["RISK: law 1; no object changes in 4 stacks, but 1 switch plan does.", { risk: [finding("law")], switchPlans: ["thr1"] }],
  ["Access narrows in 1 place; no object changes in 4 stacks.", { security: [toward("narrows")] }],
  ["NOT ALLOCATED: gap. 1 new DEFICIT; no object changes in 4 stacks.", { stale: ["gap"], deficits: 1 }],
  ["NOT ALLOCATED: gap. RISK: law 1; no object changes in 4 stacks.", { stale: ["gap"], risk: [finding("law")] }],
])("without a change of an object: %s", (text, change) => {
  expect(verdict(change)).toBe(text);
});

test.each<readonly [text: string, change: Partial<Judged>]>([
  ["No risk found; access narrows in 1 place; 1 stack of 2 changes (1 to update).", { security: [toward("narrows")] }],
  ["No risk found; 2 new DEFICITS; 1 stack of 2 changes (1 to update).", { deficits: 2, books: true }],
  ["NOT ALLOCATED: gap. No risk found; 1 stack of 2 changes (1 to update).", { stale: ["gap"] }],
])("with one: %s", (text, change) => {
  expect(verdict({ comparison: { ...comparedSides([data("1")], [data("2")]), unchanged: 1 }, ...change })).toBe(text);
});

test("no stack at all is not counted", () => {
  const comparison = comparedSides([], []);
  expect(verdict({ comparison })).toBe("Nothing differs.");
  expect(verdict({ comparison, books: true })).toBe("No object changes, but the books do.");
});
