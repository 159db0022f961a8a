import * as fc from "fast-check";
import { isWithin, selected, selectorOf, type Selector } from "../../../lib/diff/security/selector";

const values = ["x", "y", "z"];
const requirement = fc.record({
  key: fc.constantFrom("a", "b"),
  operator: fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"),
  values: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }),
});
const selector = fc
  .array(requirement, { maxLength: 3 })
  .map((all) =>
    selectorOf({ matchExpressions: all.map((one) => (one.operator.includes("In") ? one : { key: one.key, operator: one.operator })) }),
  );

/** Every set of the two labels that there can be. */
const labelled = [undefined, ...values].flatMap((a) => [undefined, ...values].map((b) => ({ a, b })));

function matches(given: Selector, labels: Readonly<Record<string, string | undefined>>): boolean {
  return given.every(({ key, operator, values: allowed }) => {
    const label = labels[key];
    if (operator === "Exists") return label !== undefined;
    if (operator === "DoesNotExist") return label === undefined;
    if (operator === "In") return label !== undefined && allowed.includes(label);
    return label === undefined || !allowed.includes(label);
  });
}

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
