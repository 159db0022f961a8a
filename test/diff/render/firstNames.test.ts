import { firstNames } from "../../../lib/diff/render/firstNames";

test.each([
  [["a"], "`a`"],
  [["a", "b", "c", "d"], "`a`, `b`, `c`, `d`"],
  [["a", "b", "c", "d", "e"], "`a`, `b`, `c` and 2 more"],
])("of %j", (names, text) => {
  expect(firstNames(names, (name) => `\`${name}\``)).toBe(text);
});
