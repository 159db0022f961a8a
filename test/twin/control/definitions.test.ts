import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDefinitions } from "../../../lib/twin/control/definitions";

const base = mkdtempSync(join(tmpdir(), "zirsakht-definitions-"));
afterAll(() => rmSync(base, { recursive: true }));

test("all documents of all YAML files, in the files' order, each marked with what it is", () => {
  writeFileSync(join(base, "b.yaml"), "metadata: {name: three}\n");
  writeFileSync(join(base, "a.yml"), "---\nmetadata: {name: one, annotations: {its: own}}\n---\nmetadata: {name: two}\n---\n");
  writeFileSync(join(base, "notes.txt"), "no definition");
  const marked: unknown = expect.stringMatching(/^[0-9a-f]{16}$/);
  expect(readDefinitions(base)).toEqual([
    { metadata: { name: "one", annotations: { its: "own", "zirsakht.ir/digest": marked } } },
    { metadata: { name: "two", annotations: { "zirsakht.ir/digest": marked } } },
    { metadata: { name: "three", annotations: { "zirsakht.ir/digest": marked } } },
  ]);
  expect(readDefinitions(base)).toEqual(readDefinitions(base));
});
