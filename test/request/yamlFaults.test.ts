import { formatProblem } from "../../lib/request/problem";
import { parseYaml } from "../../lib/request/yamlFile";

const problems = (text: string) => {
  const read = parseYaml("f.yaml", text);
  return "problems" in read ? read.problems.map(formatProblem) : [];
};

const colonInside = "a value with a colon and a space in it; put the whole value in quotes, or the key in it on a line of its own";
const tooFarIn = "this line is indented deeper than the key above it, which has its value already; indent it as that key";
const likeNone = "this line is indented like no key above it; indent it as the keys that it belongs to";
const noKey = (line: string) =>
  `expected a key with a colon and a value, got "${line}"; if it goes on with the value above, indent it deeper`;
const behind = (mark: string, inside: string) =>
  `text stands behind the closing ${mark}; move the ${mark} behind it, or write ${inside} for a ${mark} inside the text`;
const tab = "a tab indents this line; YAML takes spaces only, write spaces in its place";
const comma = "a value with a colon and a space in it; expected a comma before the next key, or the value in quotes";
const misplacedItem = "a list item (-) stands where a key is expected; indent it as the list it belongs to";

test.each([
  ["a tab for indentation", "a:\n\tb: 1\n", "2:1", tab],
  ["a tab behind spaces", "a:\n  b:\n  \tc: 1\n", "3:3", tab],
  ["no space behind the colon", "a: 1\nb:2\nc: 3\n", "2:2", 'expected a space after the colon, got "b:2"'],
  ["no space behind the last colon", "a: 1\nb:2 # c\n", "2:2", 'expected a space after the colon, got "b:2"'],
  ["no space behind the first colon of a map", "x:\n  a:1\n  b: 2\n", "2:4", 'expected a space after the colon, got "a:1"'],
  ["no space behind the colon in brackets", "a: {x:1, y: 2}\n", "1:6", 'expected a space after the colon, got "x:1"'],
  ["no colon", "a: 1\nb\nc: 3\n", "2:1", noKey("b")],
  ["no colon before deeper keys", "a: 1\nb\n  c: 3\n", "2:1", noKey("b")],
  ["an address without a key", "a: 1\nhttp://x\nb: 1\n", "2:1", noKey("http://x")],
  ["no space behind a -", "x:\n  a: 1\n  -b\n", "3:3", "expected a space after the -"],
  ["a colon inside a text", "x:\n  a: at noon: lunch\n", "2:6", colonInside],
  ["two keys on a line", "a: b: c\n", "1:4", colonInside],
  ["a colon behind a quote", 'a: "b": c\n', "1:4", colonInside],
  ["a line too far in", "x:\n  a: 1\n    b: 2\n  c: 1\n", "3:5", tooFarIn],
  ["a line too far in, of an item", "x:\n  - a: 1\n     b: 2\n", "3:6", tooFarIn],
  ["a line too far out", "x:\n    a: 1\n  b: 2\n", "3:3", likeNone],
  ["a line too far out, of an item", "x:\n  - a: 1\n   b: 2\n", "3:4", likeNone],
  ["a key among items", "x:\n  - a\n  b: 1\n", "3:3", likeNone],
  ["an item too far out", "x:\n  - a\n - b\n", "3:2", misplacedItem],
  ["an item among keys", "x:\n  b: 1\n  - a\n", "3:3", misplacedItem],
  ["an item on its key's line", "a: - b\n", "1:4", "a list item (-) begins on the line of its key; begin it on a line of its own"],
  [
    "an item in brackets",
    "x: [\n  - a\n]\n",
    "2:3",
    "a list item (-) stands in brackets; there commas alone separate what a list holds, leave out the -",
  ],
  ["a key over two lines", 'a: 1\n"b\nc": 1\n', "2:1", "a key that goes over more than one line; write it on one, with a colon behind it"],
  ["no comma between keys", "a: {x: 1 y: 2}\n", "1:8", comma],
  ["no comma between texts", 'a: ["x" "y"]\n', "1:9", "expected a comma before this"],
  ["a comma too many", "a: [1,,2]\n", "1:7", "a comma too many; remove it"],
  ["a bracket too many, whatever follows", "a: [1, 2]]\nb: 1\nc: 2\n", "1:10", "this ] closes nothing; remove it"],
  ["text behind a quote", 'a: "b" c\n', "1:8", behind('"', '\\"')],
  ["an apostrophe in quotes", "a: 'it's fine'\n", "1:8", behind("'", "''")],
  ["a quote that should open", 'a: ["x, "y"]\n', "1:10", behind('"', '\\"')],
  ["text behind a bracket", "a: [x] y\n", "1:8", "nothing can stand behind this value; put the whole value in quotes"],
  ["an escape that is none", 'a: "C:\\data"\n', "1:7", "\\d means nothing in double quotes; write \\\\ for a \\, or use ' quotes"],
  ["a value that begins with @", "a: @b\n", "1:4", "a value cannot begin with @; put it in quotes"],
  ["a value that begins with >", "a: >= 5\n", "1:4", "a value cannot begin with >; put it in quotes"],
  ["a value that begins with ?", "a: ? b\n", "1:4", "a value cannot begin with ?; put it in quotes"],
  ["a value that is a mere *", "a: *\n", "1:4", "a value cannot begin with *; put it in quotes"],
  [
    "a comment without a space",
    'a: "b"#c\n',
    "1:7",
    "expected a space before #, with which a comment begins; if it is none, put the whole value in quotes",
  ],
  [
    "a document behind ...",
    "a: 1\n...\nb: 1\n",
    "3:1",
    "a second document starts here; expected one document, remove the line ... before it",
  ],
  ["what nobody meets", "&a &b x: 1\n", "1:4", "not valid YAML: A node can have at most one anchor"],
])("%s is told once, in words", (_, text, place, message) => {
  expect(problems(text)).toEqual([`f.yaml:${place}: ${message}`]);
});

test("faults of several lines are told together, in the order of the file", () => {
  expect(problems("a:1\nb: [1\nc: x: y\n\td: 1\n")).toEqual([
    'f.yaml:1:2: expected a space after the colon, got "a:1"',
    "f.yaml:2:4: the bracket [ opens here and is never closed; write a ] where the list ends",
    `f.yaml:3:4: ${colonInside}`,
    `f.yaml:4:1: ${tab}`,
  ]);
});

test("lines that end as on Windows are told at the same places", () => {
  expect(problems('a: 1\r\n  b: 2\r\nc: "x\r\n')).toEqual([
    `f.yaml:2:3: ${tooFarIn}`,
    'f.yaml:3:4: the quote " opens here and is never closed; write another " where the text ends',
  ]);
});

test("a hundred thousand lines without a colon are told in good time, the first hundred of them", () => {
  const started = performance.now();
  expect(problems("a: 1\nb\n".repeat(100_000))).toHaveLength(100);
  expect(performance.now() - started).toBeLessThan(20_000);
});
