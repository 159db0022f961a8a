import { formatProblem } from "../../lib/request/problem";
import { parseYaml } from "../../lib/request/yamlFile";

const problems = (text: string) => {
  const read = parseYaml("f.yaml", text);
  return "problems" in read ? read.problems.map(formatProblem) : [];
};
const value = (text: string) => {
  const read = parseYaml("f.yaml", text);
  return "source" in read ? read.source.value : read.problems;
};

test.each([
  ["nothing", "", "f.yaml:1:1: the file says nothing; expected a map of keys"],
  ["comments only", "# a\n# b\n", "f.yaml:1:1: the file says nothing; expected a map of keys"],
  ["a key that stands twice", "a: 1\nb: {c: 1, c: 2}\n", 'f.yaml:2:11: the key "c" stands twice in its map, first at 2:5; keep one'],
  ["an alias", "a: &x 1\nb: *x\n", "f.yaml:2:4: the alias *x stands here; write its value out"],
  ["a merge key", "a: &x {b: 1}\nc:\n  <<: *x\n", "f.yaml:3:7: the alias *x stands here; write its value out"],
  [
    "an alias of nothing",
    "a: *.example.com\n",
    "f.yaml:1:4: the alias *.example.com stands here, and no anchor &.example.com before it; write its value out, or put a text that begins with * in quotes",
  ],
  [
    "a merge conflict",
    "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n",
    "f.yaml:2:1: a merge conflict stands here, which git leaves to you; keep the lines that are right, and remove the lines <<<<<<<, ======= and >>>>>>>",
  ],
  ["a tag of YAML", "a: !!binary aGk=\n", "f.yaml:1:13: the tag tag:yaml.org,2002:binary stands here; write the plain value without it"],
  ["a tag of its own", "a: !x {b: 1}\n", "f.yaml:1:7: the tag !x stands here; write the plain value without it"],
  ["a second document", "a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document starts here; expected one document, remove the line ---"],
  ["a directive", "%YAML 1.1\n---\na: yes\n", "f.yaml:1:1: a directive (%YAML) stands here; remove it, every file is read as YAML 1.2"],
  ["a map as a key", "? {a: 1}\n: 2\n", "f.yaml:1:3: a key that is no text; expected a plain name"],
  ["__proto__", "a: {b: [{__proto__: {c: 1}}]}\n", "f.yaml:1:10: the key __proto__ is never allowed; remove it"],
  ["brackets without end", `a: ${"[".repeat(1_000_000)}`, "f.yaml:1:104: nested far too deep; expected a handful of levels"],
  ["brackets among quoted ones", `a: ${'["]",'.repeat(2000)}`, "f.yaml:1:504: nested far too deep; expected a handful of levels"],
  ["dashes without end", `a:\n${"- ".repeat(1_000_000)}`, "f.yaml:2:1: nested far too deep; expected a handful of levels"],
  ["question marks without end", "? ".repeat(1_000_000), "f.yaml:1:1: nested far too deep; expected a handful of levels"],
])("%s is refused with its place", (_, text, expected) => {
  expect(problems(text)).toContain(expected);
});

test("a bomb of aliases is refused at once", () => {
  const levels = Array.from({ length: 30 }, (_, index) => `l${index + 1}: &l${index + 1} [${Array(9).fill(`*l${index}`).join(", ")}]`);
  const started = performance.now();
  expect(problems(["l0: &l0 x", ...levels].join("\n"))[0]).toBe("f.yaml:2:10: the alias *l0 stands here; write its value out");
  expect(performance.now() - started).toBeLessThan(2000);
});

test("a hundred thousand keys that stand twice are refused in good time, with the first hundred of them", () => {
  const started = performance.now();
  expect(problems("a: 1\n".repeat(100_000))).toHaveLength(100);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test("YAML 1.2 as people write it is plain data", () => {
  expect(value('a: yes\nb: 2026-11-24\nc: 5_000\n1000: [x, ~, 1.5]\n"د": "۱"\n')).toEqual({
    a: "yes",
    b: "2026-11-24",
    c: "5_000",
    1000: ["x", null, 1.5],
    د: "۱",
  });
});

test("positions: the value, the key, and the parent of what is missing", () => {
  const read = parseYaml("f.yaml", "# c\na: 1\nb:\n  c: [1, {d: x}]\n  e:\n");
  const at = (path: (string | number)[], part?: "key") => {
    if (!("source" in read)) throw new Error("refused");
    const { line, column } = read.source.position(path, part);
    return [line, column];
  };
  expect(at(["a"])).toEqual([2, 4]);
  expect(at(["a"], "key")).toEqual([2, 1]);
  expect(at(["b", "c", 1, "d"])).toEqual([4, 14]);
  expect(at(["b", "c", 1, "d"], "key")).toEqual([4, 11]);
  expect(at(["b", "missing"])).toEqual([4, 3]);
  expect(at(["b", "c", 7, "d"])).toEqual([4, 6]);
  expect(at([])).toEqual([2, 1]);
  expect(at(["missing"])).toEqual([2, 1]);
});
