import type { ChangeRow } from "../../../lib/diff/report";
import { renderMarkdown } from "../../../lib/diff/render/markdown";
import { many, most, risk, row } from "./numbered";
import { empty } from "./reports";

const holding = (index: number, lines = 20): ChangeRow =>
  row(index, {
    action: "create",
    attributes: [],
    bodies: [
      {
        object: `Role messenger-m${String(index)}/admin`,
        stacks: [`m${String(index)}.thr1`],
        count: 1,
        manifest: { apiVersion: "v1", kind: "Role", metadata: { name: "admin" }, rules: many(lines, (line) => `verb-${String(line)}`) },
      },
    ],
  });

test("what a created object holds is folded under its row", () => {
  expect(renderMarkdown({ ...empty, changes: [holding(1, 2), row(1)] })).toContain(`\
  - **create** \`Role messenger-m1/admin\` (\`kubernetes_role_v1.admin\`)

    <details><summary>what it holds</summary>

    \`\`\`yaml
    apiVersion: v1
    kind: Role
    metadata:
      name: admin
    rules:
      - verb-0
      - verb-1
    \`\`\`

    </details>
  - **update** `);
});

test("where a row's objects hold different things, each stands under its names, and the others are counted", () => {
  const hosts = many(9, (index) => holding(index, 1).bodies ?? []).flat();
  const text = renderMarkdown({ ...empty, changes: [{ ...holding(0), count: 9, bodies: hosts }] });
  expect(text.match(/<summary><code>.*<\/code>/g)).toEqual(
    many(5, (index) => `<summary><code>Role messenger-m${String(index)}/admin in m${String(index)}.thr1</code>`),
  );
  expect(text).toContain("    *What 4 more objects hold is left out here.*");
  expect(text).toContain("**What 4 objects hold is left out**; `--format json` has it.");
});

test("what objects hold is cut before any row is, from the end", () => {
  const report = { ...empty, risk: many(20, (index) => risk(index)), changes: many(300, (index) => holding(index)) };
  const text = renderMarkdown(report);
  expect(text.length).toBeLessThanOrEqual(most);
  expect(text.length).toBeGreaterThan(most - 1000);
  for (const { object } of [...report.risk, ...report.changes]) expect(text).toContain(`\`${object}\``);
  const shown = text.match(/what it holds/g)?.length ?? 0;
  expect(shown).toBeGreaterThan(20);
  expect(text).toContain(`**What ${String(300 - shown)} objects hold is left out**`);
  expect(text.indexOf("messenger-m0/admin")).toBeLessThan(text.indexOf("what it holds"));
});

test("a new fleet of a thousand messengers fits, upper sections whole, and is made quickly", () => {
  const rows = many(90, (object) => {
    const bodies = many(1000, (index) => holding(index).bodies ?? []).flat();
    return row(0, { action: "create", object: `Kind${String(object)} <messenger>/a`, count: 1000, attributes: [], bodies });
  });
  const start = performance.now();
  const text = renderMarkdown({ ...empty, risk: many(100, (index) => risk(index)), changes: rows });
  expect(performance.now() - start).toBeLessThan(5000);
  expect(text.length).toBeLessThanOrEqual(most);
  expect(text).not.toContain("rows are left out");
  expect(text).toMatch(/\*\*What \d{5} objects hold is left out\*\*/);
  expect(text).toContain("`Kind89 <messenger>/a` ×1000");
});

test("a body of thousands of lines, or of one that is as long, is cut and says so", () => {
  const text = renderMarkdown({ ...empty, changes: [holding(1, 5000)] });
  expect(text).toMatch(/^ {4}# … and \d{4} more lines: --format json has them$/m);
  expect(text.length).toBeLessThan(6000);
  const [one] = holding(1).bodies ?? [];
  const long = one && { ...one, manifest: { ...one.manifest, rules: "x".repeat(100_000) } };
  const cut = renderMarkdown({ ...empty, changes: [row(1, { ...(long && { bodies: [long] }) })] });
  expect(cut).toMatch(/^ {4}rules: x{900,}…$/m);
  expect(cut.length).toBeLessThan(2000);
});
