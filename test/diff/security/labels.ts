/** A small world of labels for the tests of selectors: two keys, three values that selectors name and one that none does. */
import * as fc from "fast-check";
import { selectorOf, type Selector } from "../../../lib/diff/security/selector";

const values = ["x", "y", "z"];
const requirement = fc.record({
  key: fc.constantFrom("a", "b"),
  operator: fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"),
  values: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }),
});
/** Selectors of up to three requirements, of every operator. */
export const selector = fc
  .array(requirement, { maxLength: 3 })
  .map((all) =>
    selectorOf({ matchExpressions: all.map((one) => (one.operator.includes("In") ? one : { key: one.key, operator: one.operator })) }),
  );

/** Every set of the two labels that there can be. */
export const labelled = [undefined, "w", ...values].flatMap((a) => [undefined, "w", ...values].map((b) => ({ a, b })));

/** Whether labels meet a selector, as Kubernetes has it. */
export function matches(given: Selector, labels: Readonly<Record<string, string | undefined>>): boolean {
  return given.every(({ key, operator, values: allowed }) => {
    const label = labels[key];
    if (operator === "Exists") return label !== undefined;
    if (operator === "DoesNotExist") return label === undefined;
    if (operator === "In") return label !== undefined && allowed.includes(label);
    return label === undefined || !allowed.includes(label);
  });
}
