import fc from "fast-check";
import { parseAllDocuments } from "yaml";
import type { ApiObject, Json } from "../../lib/manifests/apiObject";
import { toDocument, toYaml } from "../../lib/manifests/yaml";

const parse = (text: string, version: "1.1" | "1.2"): unknown[] =>
  parseAllDocuments(text, { version, merge: false }).map((document) => document.toJS() as unknown);
const object = (spec: Json): ApiObject => ({ apiVersion: "v1", kind: "Thing", metadata: { name: "a" }, spec });

test("writes what an object is first, the rest by code unit, a document for each", () => {
  const text = toYaml([
    {
      spec: { b: [{ z: 1, name: "x" }, ["p", []], {}], a: true, B: "no" },
      metadata: { labels: { b: "1", a: "2k" }, namespace: "home", name: "a" },
      kind: "Thing",
      apiVersion: "example.io/v1",
    },
    { ...object("first line\n\n  second: line\n"), data: "not ended\nby a line" },
  ]);
  expect(text).toBe(`---
apiVersion: example.io/v1
kind: Thing
metadata:
  name: a
  namespace: home
  labels:
    a: "2k"
    b: "1"
spec:
  B: "no"
  a: true
  b:
    - name: x
      z: 1
    - - p
      - []
    - {}
---
apiVersion: v1
kind: Thing
metadata:
  name: a
data: |-
  not ended
  by a line
spec: |
  first line

    second: line
`);
});

test("a document keeps the order of its keys, and writes what stands in it twice out twice", () => {
  const shared = [7, "on"];
  expect(toDocument({ site: "a", asn: 1, metadata: { z: shared, a: [{ z: 1, a: shared }] } })).toBe(`site: a
asn: 1
metadata:
  z:
    - 7
    - "on"
  a:
    - z: 1
      a:
        - 7
        - "on"
`);
});

test("no object, no text", () => expect(toYaml([])).toBe(""));

const risky = [
  "on",
  "Off",
  "y",
  "N",
  "yes",
  "~",
  "null",
  "NULL",
  ".5",
  "1e3",
  "0777",
  "0o17",
  "0x1f",
  "1:30",
  "1_000",
  "2026-11-24",
  "=",
  "<<",
  "---",
  "- a",
  "a: b",
  "a #b",
  "#",
  " a",
  "a ",
  "",
  "&a",
  "*a",
  "!a",
  "a:",
  "?",
  "|",
  ">",
  "%a",
  "@a",
  "`a",
  "a\nb",
  "\n",
  "a\n\n",
  " a\nb\n",
  "a\n ",
  "a\tb\n",
  "سروش",
  "\u2028",
  "\u0085",
  "\ufeff",
  "a\r\nb",
  "nan",
  "e0",
  "E-12",
  ".inf",
  "Inf",
  "true story",
  "no",
  "no way",
];
const text = fc.oneof(
  fc.constantFrom(...risky),
  fc.string(),
  fc.string({ unit: fc.constantFrom("a", " ", "\n", ":", "#", "-", "1", "é") }),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
}));

test.each(["1.1", "1.2"] as const)("what is written reads back as it was, as YAML %s", (version) => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 3 }), (specs) => {
      const objects = specs.map(object);
      expect(parse(toYaml(objects), version)).toEqual(objects);
    }),
    { numRuns: 300 },
  );
});

test("quotes every word that some version of YAML takes for something else", () => {
  for (const word of risky)
    for (const version of ["1.1", "1.2"] as const)
      expect(parse(toYaml([object({ [word]: word })]), version)).toEqual([object({ [word]: word })]);
});
