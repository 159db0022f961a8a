import { patched, standsIn, stepsOf } from "./page";

const page = `# A job

Edit \`stacks/estate.yaml\`:

\`\`\`diff
-a: 1
+a: 2
\`\`\`

\`\`\`sh
npx zirsakht validate
npx zirsakht allocate --check # ends with 2
\`\`\`

\`\`\`text
it is stale
\`\`\`
`;

test("a page is its edits and its commands, with what they print", () => {
  expect(stepsOf(page)).toEqual([
    { kind: "edit", line: 5, file: "stacks/estate.yaml", diff: "-a: 1\n+a: 2\n" },
    { kind: "run", line: 11, command: "npx zirsakht validate", code: 0, prints: [] },
    { kind: "run", line: 12, command: "npx zirsakht allocate --check", code: 2, prints: ["it is stale\n"] },
  ]);
});

test("a block that names no file, and an output of nothing, are refused", () => {
  expect(() => stepsOf("A file:\n\n```yaml\na: 1\n```\n")).toThrow("line 3: the paragraph above names no file");
  expect(() => stepsOf("```text\nout\n```\n")).toThrow("line 1: this output follows no command");
});

test("a diff applies where it fits once", () => {
  expect(patched("a\nb\nc\n", " a\n-b\n+d\n@@\n c\n+e\n")).toBe("a\nd\nc\ne\n");
  expect(() => patched("a\na\n", "-a\n+b\n")).toThrow("this stands there 2 times, expected once:\na\n");
  expect(() => patched("a\n", "-b\n")).toThrow("this stands there 0 times");
});

test("an excerpt is whole lines in order", () => {
  const output = "one\ntwo (2.5 s)\nthree\nfour\n";
  expect(standsIn("two (… s)\nthree\n", output)).toBe(true);
  expect(standsIn("one\n…\nfour\n", output)).toBe(true);
  expect(standsIn("one\nthree\n", output)).toBe(false);
  expect(standsIn("wo (2.5 s)\n", output)).toBe(false);
  expect(standsIn("four\n…\none\n", output)).toBe(false);
});
