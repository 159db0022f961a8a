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
    "RISK: host-wiped 2, quota-lost 1; access WIDENS in 1 place; narrows in 2 places; 2 stacks of 5 change (1 to create, 1 to update, 1 to destroy).",
  );
});

test("one stack changes, several change", () => {
  const comparison = { ...comparedSides([data("1")], [data("2")]), unchanged: 0 };
  expect(verdict({ comparison })).toBe("No risk found; 1 stack of 1 changes (1 to update).");
});

test("where no object differs it is said whether the books do", () => {
  expect(verdict({})).toBe("Nothing differs in 4 stacks.");
  expect(verdict({ books: true })).toBe("No object changes in 4 stacks; the books do.");
});

test("messengers that are not allocated stand before all else; more than three as a number", () => {
  expect(verdict({ stale: ["gap", "bale"] })).toBe("NOT ALLOCATED: gap, bale. No object differs in 4 stacks.");
  expect(verdict({ stale: ["a", "b", "c", "d"] })).toBe("NOT ALLOCATED: 4 messengers. No object differs in 4 stacks.");
});

test("rules are counted in the order of their first finding", () => {
  expect(countsByRule([finding("b"), finding("a"), finding("b")])).toBe("b 2, a 1");
});

test("a switch plan that alone changes is no nothing", () => {
  expect(verdict({ switchPlans: ["thr1"] })).toBe("No object changes in 4 stacks; 1 switch plan does.");
  expect(verdict({ switchPlans: ["mhd1", "thr1"] })).toBe("No object changes in 4 stacks; 2 switch plans do.");
});
