import { parseJson } from "../../lib/request/jsonFile";
import { formatProblem } from "../../lib/request/problem";

const mains = "take the main branch's file whole (git checkout main -- f.json)";
const wholeLock = `${mains}, run \`npx zirsakht allocate\`, and run the other verbs of your branch (release, erase, roll) once more`;
const problems = (text: string) => {
  const read = parseJson("f.json", text);
  return "problems" in read ? read.problems.map(formatProblem) : [];
};

test.each([
  [
    "nothing",
    " \n",
    `f.json:1:1: the file is empty; ${mains}; only where there never was one remove it, and \`npx zirsakht allocate\` writes the first`,
  ],
  ["a missing comma", '{"a": 1\n "b": 2}', `f.json:1:8: not valid JSON: expected a comma, got "b"; ${wholeLock}`],
  ["a comment", '{"a": 1 // x\n}', `f.json:1:9: not valid JSON: a comment stands here; JSON has none; ${wholeLock}`],
  [
    "a merge conflict",
    '{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> other\n}',
    `f.json:2:1: a merge conflict stands here, which git leaves to you; ${wholeLock}`,
  ],
  ["a key that stands twice", '{"a": {"b": 1},\n "a": {"c": ":"}}', `f.json:2:2: the key a stands twice; ${wholeLock}`],
  ["__proto__", '{"a": [{"__proto__": {}}]}', "f.json:1:9: the key __proto__ is never allowed; remove it"],
  ["__proto__ in disguise", '{"\\u005f_proto__": {}}', "f.json:1:2: the key __proto__ is never allowed; remove it"],
  [
    "what nests without end",
    "[".repeat(100_000) + "]".repeat(100_000),
    "f.json:1:1: the file is nested far too deep; expected a handful of levels",
  ],
])("%s is refused with its place", (_, text, expected) => {
  expect(problems(text)).toEqual([expected]);
});

test("texts that look like keys are no keys", () => {
  expect(problems('{"a": [":b", "c\\":", "\\\\"], "d" : "x"}')).toEqual([]);
});

test("positions: the value, the key, and the parent of what is missing", () => {
  const read = parseJson("f.json", '{\n  "a": {"b": [1,\n 2]}}');
  if (!("source" in read)) throw new Error("refused");
  const { position } = read.source;
  expect(position(["a", "b", 1])).toEqual({ file: "f.json", line: 3, column: 2 });
  expect(position(["a", "b"], "key")).toEqual({ file: "f.json", line: 2, column: 9 });
  expect(position(["a", "missing"], "key")).toEqual({ file: "f.json", line: 2, column: 8 });
  expect(position(["missing"])).toEqual({ file: "f.json", line: 1, column: 1 });
});
