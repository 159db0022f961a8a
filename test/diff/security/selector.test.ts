import * as fc from "fast-check";
import { isWithin, selected, selectorOf } from "../../../lib/diff/security/selector";
import { labelled, matches, selector } from "./labels";

test("what lies within another is selected by it, whatever the labels", () => {
  fc.assert(
    fc.property(selector, selector, (inner, outer) => {
      if (isWithin(inner, outer)) expect(labelled.filter((one) => matches(inner, one) && !matches(outer, one))).toEqual([]);
    }),
  );
});

test("everything lies within itself, and within nothing asked", () => {
  fc.assert(fc.property(selector, (one) => isWithin(one, one) && isWithin(one, [])));
});

test.each([
  [undefined, "every pod"],
  [{ matchLabels: { b: "1", a: "2" } }, "pods with a=2, b=1"],
  [{ matchExpressions: [{ key: "a", operator: "In", values: ["y", "x"] }] }, "pods with a in (x, y)"],
  [{ matchExpressions: [{ key: "a", operator: "NotIn", values: ["x"] }] }, "pods with a not in (x)"],
  [
    {
      matchExpressions: [
        { key: "a", operator: "Exists" },
        { key: "b", operator: "DoesNotExist" },
      ],
    },
    "pods with a, no b",
  ],
])("%j in words", (given, words) => {
  expect(selected(selectorOf(given), "pod")).toBe(words);
});
