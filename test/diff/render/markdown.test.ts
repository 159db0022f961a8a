import * as fc from "fast-check";
import type { Body, ChangeRow, GrantChange, Report } from "../../../lib/diff/report";
import { renderMarkdown } from "../../../lib/diff/render/markdown";
import { many, most, risk, row } from "./numbered";
import { capacityLine, empty, small } from "./reports";

const grant = (index: number): GrantChange => ({
  messenger: `m${String(index)}`,
  site: "thr1",
  resource: "compute servers",
  before: 1,
  after: 2,
  unit: "servers",
  added: [`thr1-r01-s${String(index)}`],
  removed: [],
  causes: [{ what: "audience.active 1 → 2", place: "stacks/messengers/m.yaml:3" }],
});

const site = (index: number, lines = 9): Report["capacity"]["sites"][number] => ({
  site: `site${String(index)}`,
  lines: many(lines, (line) => capacityLine(`class-${String(line)}`, "servers", [100, 50, 10, 40], [100, 60, 10, 30])),
  deficits: [],
});

const headings = (text: string): string[] =>
  Array.from(text.matchAll(/^(?:### (.*)|<details><summary><b>(.*)<\/b>)/gm), ([, plain, folded]) => plain ?? folded ?? "");

/** Every table line has the cells of its head, every fold is closed, and every item is one that the whole report has. */
function expectWhole(text: string, whole: string): void {
  expect(text.length).toBeLessThanOrEqual(most);
  expect(text.match(/^<details>/gm)?.length ?? 0).toBe(text.match(/^<\/details>/gm)?.length ?? 0);
  const lines = new Set(whole.split("\n"));
  const strange = text.split("\n").filter((line) => !lines.has(line) && !/are left out|^### |^<\/?details>/.test(line));
  expect(strange).toEqual([]);
}

/** The same without a limit: each part of the report alone. */
const wholeOf = (report: Report): string =>
  [
    report.notes.map((note) => renderMarkdown({ ...report, ...without, notes: [note] })),
    report.risk.map((one) => renderMarkdown({ ...report, ...without, risk: [one] })),
    report.security.map((one) => renderMarkdown({ ...report, ...without, security: [one] })),
    report.capacity.sites.map((one) => renderMarkdown({ ...report, ...without, capacity: { sites: [one] } })),
    report.changes.map((one) => renderMarkdown({ ...report, ...without, changes: [one] })),
  ]
    .flat()
    .join("\n");
const without: Partial<Report> = { notes: [], risk: [], security: [], capacity: { sites: [] }, grants: [], changes: [] };

test("a report that fits is whole, and says nothing of what is left out", () => {
  const text = renderMarkdown(small);
  expect(text.length).toBeLessThan(most);
  expect(text).not.toContain("left out");
});

test("a thousand stacks with five kinds of changes and a thousand risks fit, risks before all else", () => {
  const report: Report = {
    ...empty,
    risk: many(1000, (index) => risk(index)),
    capacity: { sites: [site(1)] },
    grants: many(1000, grant),
    changes: many(1000, (index) => many(5, (kind) => row(index, { object: `Kind${String(kind)} m${String(index)}/a` }))).flat(),
  };
  const text = renderMarkdown(report);
  expect(text.length).toBeLessThanOrEqual(most);
  expect(text.length).toBeGreaterThan(most - 1000);
  expect(headings(text)).toEqual(["Risk", "Capacity of site1", "Grants", "Grants, one by one", "Changes"]);
  expect(text).toMatch(/^\*\*\d+ rows are left out\*\*, for a comment holds no more\. The whole report is among the artifacts/m);
});

test("what is cut is what stands lowest: details first", () => {
  const report: Report = {
    ...empty,
    risk: many(50, (index) => risk(index)),
    capacity: { sites: [site(1)] },
    changes: many(3000, (index) => row(index)),
  };
  const text = renderMarkdown(report);
  expectWhole(text, [renderMarkdown({ ...report, changes: [] }), wholeOf({ ...report, risk: [], capacity: { sites: [] } })].join("\n"));
  for (const { object } of report.risk) expect(text).toContain(object);
  expect(text).toContain("| class-8, servers | 100 | 50 → 60 |");
  const left = Number(/^\*(\d+) of 3000 are left out here\.\*$/m.exec(text)?.[1]);
  expect(text.match(/^- `m\d+\.thr1`/gm)?.length).toBe(3000 - left);
  expect(text).toContain(`**${String(left)} rows are left out**`);
});

test("tables are cut by rows, and headings that are too many from the last", () => {
  const text = renderMarkdown({ ...empty, capacity: { sites: many(3000, (index) => site(index)) } });
  expect(text.length).toBeLessThanOrEqual(most);
  expect(headings(text)[0]).toBe("Capacity of site0");
  const one = renderMarkdown({ ...empty, capacity: { sites: [site(1, 2000)] } });
  expect(one.length).toBeLessThanOrEqual(most);
  expect(one).toContain("| class-0, servers |");
  expect(one).toMatch(/^\*\d+ of 2000 are left out here\.\*$/m);
});

test("a long value hides neither the findings below it nor the report", () => {
  const text = renderMarkdown({ ...empty, risk: [risk(1, "x".repeat(100_000)), risk(2)] });
  expect(text).toContain("Namespace messenger-m2");
});

test("an object with thousands of fields, and a stack with thousands of objects, are shown in part", () => {
  const attributes = many(5000, (index) => ({ path: `spec.a${String(index)}`, after: index }));
  const text = renderMarkdown({
    ...empty,
    changes: [row(1, { attributes }), ...many(2000, (index) => row(0, { object: `Role r${String(index)}` }))],
  });
  expect(text).toContain("    - and 4975 other fields");
  expect(text).toContain("Role r24");
});

test("long names of the sides are cut", () => {
  expect(
    renderMarkdown({ ...empty, base: "HEAD".padEnd(90_000, "~"), head: "x".repeat(90_000), verdict: "x".repeat(90_000) }).length,
  ).toBeLessThan(4000);
});

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "```",
    "|",
    "| a | b |",
    "</details>",
    "<!--",
    "\n\n### x",
    "@all",
    "#1",
    "\u202e",
    "\u001b[2J",
    "x".repeat(3000),
    "- ",
    "\n| --- |",
  ),
);
const hostileBody: fc.Arbitrary<Body> = fc.record({
  object: hostile,
  stacks: fc.array(hostile, { minLength: 1, maxLength: 6 }),
  count: fc.nat(),
  manifest: fc.record({
    apiVersion: hostile,
    kind: hostile,
    metadata: fc.record({ name: hostile, labels: fc.dictionary(hostile, hostile, { maxKeys: 3 }) }),
    data: fc.array(fc.tuple(hostile, hostile).map((lines) => lines.join("\n"))),
  }),
});
const hostileRow: fc.Arbitrary<ChangeRow> = fc.record({
  action: fc.constantFrom("create", "update", "replace", "destroy"),
  stacks: fc.array(hostile, { minLength: 1, maxLength: 6 }),
  count: fc.nat(),
  kind: hostile,
  object: hostile,
  address: hostile,
  attributes: fc.array(fc.record({ path: hostile, before: fc.oneof(hostile, fc.array(hostile)), after: hostile }), { maxLength: 40 }),
  bodies: fc.array(hostileBody, { maxLength: 3 }),
  causes: fc.array(fc.record({ what: hostile, place: hostile }), { maxLength: 4 }),
});
const hostileReport: fc.Arbitrary<Report> = fc.record({
  version: fc.constant(1 as const),
  base: hostile,
  head: hostile,
  verdict: hostile,
  stale: fc.array(hostile, { maxLength: 3 }),
  notes: fc.array(hostile, { maxLength: 50 }),
  switchPlans: fc.array(hostile, { maxLength: 3 }),
  risk: fc.array(fc.record({ rule: hostile, stack: hostile, address: hostile, object: hostile, what: hostile, why: hostile }), {
    maxLength: 80,
  }),
  security: fc.array(
    fc.record({
      rule: hostile,
      stack: hostile,
      address: hostile,
      object: hostile,
      what: hostile,
      why: hostile,
      direction: fc.constantFrom("widens" as const, "narrows" as const),
    }),
    { maxLength: 80 },
  ),
  capacity: fc.record({
    sites: fc.array(
      fc.record({
        site: hostile,
        lines: fc.array(
          hostile.map((what) => capacityLine(what, "servers", [1, 2, 3, 4], [2, 3, 4, 5])),
          { maxLength: 20 },
        ),
        deficits: fc.array(fc.record({ what: hostile, remedy: hostile, isNew: fc.boolean() }), { maxLength: 5 }),
      }),
      { maxLength: 20 },
    ),
  }),
  grants: fc.array(
    fc.record({
      messenger: hostile,
      site: hostile,
      resource: hostile,
      before: fc.nat(),
      after: fc.nat(),
      unit: fc.constant("servers"),
      added: fc.array(hostile, { maxLength: 9 }),
      removed: fc.array(hostile, { maxLength: 9 }),
      causes: fc.array(fc.record({ what: hostile, place: hostile }), { maxLength: 4 }),
    }),
    { maxLength: 40 },
  ),
  changes: fc.array(hostileRow, { maxLength: 60 }),
  unchanged: fc.nat(),
});

test("whatever the report holds, it fits, tables and folds stay whole, and every line begins as we write it", () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const text = renderMarkdown(report);
      expect(text.length).toBeLessThanOrEqual(most);
      expect(text.match(/^<details>/gm)?.length ?? 0).toBe(text.match(/^<\/details>/gm)?.length ?? 0);
      // A block of code begins and ends as we write it: what it holds ends none.
      for (const [, fence = "", block = ""] of text.matchAll(/^ {4}<details>.*\n\n {4}(`+)yaml\n([^]*?)\n {4}\1\n\n {4}<\/details>$/gm))
        expect(block.split("\n").filter((line) => (!line.startsWith("    ") && line !== "") || line.trim().startsWith(fence))).toEqual([]);
      expect(text.match(/^ {4}<details>/gm)?.length ?? 0).toBe(text.match(/^ {4}<\/details>$/gm)?.length ?? 0);
      expect(text).not.toMatch(/(?![\n\u200c\u200d\u2060])[\p{Cc}\p{Cf}]/u);
      const begins =
        /^(?:## |### |- | {2}|\| |<details><summary><b>|<\/details>|\*\*(?:What )?\d|\*\d|`|\d+ stacks? (?:is|are) unchanged|$)/;
      expect(text.split("\n").filter((line) => !begins.test(line))).toEqual([]);
      for (const line of text.split("\n").filter((each) => each.startsWith("| ")))
        expect([4, 6]).toContain(line.replace(/\\./g, "").split("|").length - 2);
    }),
    { numRuns: 150 },
  );
});
