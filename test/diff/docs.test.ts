/** docs/diff.md: its excerpts are the golden reports', its rules are the code's. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderPage } from "../../lib/page/page";
import type { Finding, ReportRule } from "../../lib/diff/rule";
import { riskRules } from "../../lib/diff/risk/index";
import { securityRules } from "../../lib/diff/security/index";
import { expectUpToDate, withPart } from "../support/upToDate";

const root = join(__dirname, "../..");
const page = "docs/diff.md";
const text = readFileSync(join(root, page), "utf8");

/** A section of a golden report as a code block: its heading and what follows it; or the report's first line. */
function excerpt(report: string, section: string): string {
  const blocks = readFileSync(join(root, "test/diff/golden", `${report}.txt`), "utf8")
    .trimEnd()
    .split("\n\n");
  const at = section === "verdict" ? 0 : blocks.indexOf(section);
  if (at < 0) throw new Error(`the golden report of ${report} has no section ${section}`);
  return `\n\`\`\`text\n${blocks.slice(at, section === "verdict" ? 1 : at + 2).join("\n\n")}\n\`\`\`\n`;
}

function rules(what: string, list: readonly ReportRule<Finding>[]): string {
  const rows = list.map(({ name, why }) => [`\`${name}\``, why]);
  return renderPage([{ head: [what, "what goes wrong"], rows }], "markdown");
}

test("the excerpts are those of the golden reports, and the tables have every rule", () => {
  const markers = [...text.matchAll(/<!-- (golden ([^:]+): (.+)) -->/g)].filter(([, name]) => !name?.startsWith("/"));
  expect(markers.length).toBeGreaterThan(6);
  const withExcerpts = markers.reduce(
    (so, [, name = "", report = "", section = ""]) => withPart(page, name, excerpt(report, section), so),
    text,
  );
  const tables = [rules("risk", riskRules), rules("access", securityRules)].join("\n\n");
  const ignored = `\n<!-- prettier-ignore-start -->\n${tables}\n<!-- prettier-ignore-end -->\n`;
  expectUpToDate(page, withPart(page, "rules", ignored, withExcerpts));
});

test("every word of the pages that is in the place of a rule is one", () => {
  const names = ["risk", "widens", "narrows", ...[...riskRules, ...securityRules].map(({ name }) => name)];
  const pages = [page, "docs/ci.md", "README.md"].map((file) => readFileSync(join(root, file), "utf8"));
  const words = pages.flatMap((each) => [...each.matchAll(/--fail-on ([a-z,-]+)/g)].flatMap(([, list = ""]) => list.split(",")));
  expect(words.length).toBeGreaterThan(1);
  expect(words.filter((word) => !names.includes(word))).toEqual([]);
});

const links = [page, "docs/diff-compared.md"].flatMap((file) =>
  [...readFileSync(join(root, file), "utf8").matchAll(/\]\(((?!https:)[^)#]+)\)/g)].map(([, target]) => [file, target ?? ""] as const),
);

test.each(links)("%s: the link %s leads somewhere", (_, target) => {
  expect(() => readFileSync(join(root, "docs", target))).not.toThrow(/ENOENT/);
});
