import * as fc from "fast-check";
import { changedValues, pathText, withChange } from "../../../lib/diff/cause/changedValue";

const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    fc.constantFrom<unknown>(null, true, 0, 1, "a", "b", ""),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c.d", "0"), tie("value")),
  ),
})).value;
const table = fc.dictionary(fc.constantFrom("a", "b", "c"), value);

test("all changed values together make the one file of the other", () => {
  fc.assert(
    fc.property(table, table, (before, after) => {
      expect(changedValues(before, after).reduce<unknown>((made, change) => withChange(made, change), before)).toEqual(after);
    }),
  );
});

test("what is the same has no changed values, whatever the order of its keys", () => {
  fc.assert(
    fc.property(table, (one) => {
      expect(changedValues(one, Object.fromEntries(Object.entries(one).reverse()))).toEqual([]);
    }),
  );
});

test("the deepest key that differs is named; a list whose length changes is one value", () => {
  const changes = changedValues({ a: { b: 1, c: [1, 2] }, d: [1], e: 1 }, { a: { b: 2, c: [1, 3] }, d: [1, 2], f: null });
  expect(changes.map(({ path }) => pathText(path))).toEqual(["a.b", "a.c[1]", "d", "e", "f"]);
});
