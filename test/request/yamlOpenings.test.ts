import { formatProblem } from "../../lib/request/problem";
import { parseYaml } from "../../lib/request/yamlFile";
import { openingsOf } from "../../lib/request/yamlOpenings";

const problems = (text: string) => {
  const read = parseYaml("f.yaml", text);
  return "problems" in read ? read.problems.map(formatProblem) : [];
};
const quote = (place: string, mark: string) =>
  `f.yaml:${place}: the quote ${mark} opens here and is never closed; write another ${mark} where the text ends`;
const list = (place: string) => `f.yaml:${place}: the bracket [ opens here and is never closed; write a ] where the list ends`;
const map = (place: string) => `f.yaml:${place}: the bracket { opens here and is never closed; write a } where the map ends`;

test.each([
  ["at the end of a line, before others", 'a: 1\nb: "x\nc: 2\nd:\n  - e\n', [quote("2:4", '"')]],
  ["in a map in a map", "a:\n  b: 'x\n  c: 1\nd: 2\n", [quote("2:6", "'")]],
  ["before a line with quotes of its own", 'a:\n  b: "x\n  c: "y"\n', [quote("2:6", '"')]],
  ["in a bracket, which it swallows the end of", 'a: ["x, y]\nb: 1\n', [quote("1:5", '"')]],
  ["that goes on at the margin", 'x:\n  a: "one\ntwo"\n  b: 1\n', [quote("2:6", '"')]],
])("a quote that is never closed is told where it opens, and nothing behind it: %s", (_, text, expected) => {
  expect(problems(text)).toEqual(expected);
});

test("a quote that is closed by one of another line is told where it opens", () => {
  expect(problems('x:\n  a: "s\n    b: "y"\n  c: 1\n')).toEqual([
    'f.yaml:2:6: the quote " opens here and is closed only at 3:8; write another " where the text ends',
  ]);
});

test.each([
  ["a list", "a: 1\nb: [1, 2\nc: 3\n", [list("2:4")]],
  ["a list at the end of the file", "a: [\n", [list("1:4")]],
  ["a map", "a:\n  b: {x: 1, y: {z: 1}\n  c: 3\n", [map("2:6")]],
  ["a map in an item", "a:\n  - {x: 1\n  - {x: 2}\n", [map("2:5")]],
  ["a map over several lines", "a: {\n  b: 1,\n  c: 2\n", [map("1:4")]],
  ["two, on two lines", "a: [1\nb: {c: 1\nd: 2\n", [list("1:4"), map("2:4")]],
])("a bracket that is never closed is told where it opens: %s", (_, text, expected) => {
  expect(problems(text)).toEqual(expected);
});

test("a bracket that another kind closes is told once, with its opening", () => {
  expect(problems("a: [1, 2}\nb: 1\n")).toEqual(["f.yaml:1:9: expected ] to close the [ of 1:4, got }"]);
  expect(problems('{"a": 1,\n "b": [1, 2}\n')).toEqual(["f.yaml:2:12: expected ] to close the [ of 2:7, got }"]);
});

test("brackets and quotes in comments, texts and blocks open nothing", () => {
  const { faults } = openingsOf("a: it's [\nb: \"it's {\" # it's [\nc: |\n  it's [\nd: [it's, 'a''[']\n");
  expect(faults).toEqual([]);
});

test("a hundred thousand brackets that another kind closes are looked at in good time", () => {
  const started = performance.now();
  expect(problems(`a: ${"[}".repeat(50_000)}`).length).toBe(1);
  expect(performance.now() - started).toBeLessThan(10_000);
});
