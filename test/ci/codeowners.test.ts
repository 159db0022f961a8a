/** CODEOWNERS: a messenger's file is its team's, what is promised is the platform's. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./workflows";

const lines = readFileSync(join(checkout, "CODEOWNERS"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(/\s+/));

/** Who owns a file: the last line that matches decides. Only the patterns that the file uses are known. */
function ownersOf(file: string): string[] {
  const matches = lines.filter(([pattern = ""]) => {
    if (pattern === "*") return true;
    const text = pattern.replace(/[.]/g, "\\.").replaceAll("*", "[^/]*");
    return new RegExp(pattern.endsWith("/") ? `^${text}` : `^${text}$`).test(`/${file}`);
  });
  return matches.at(-1)?.slice(1) ?? [];
}

test.each(readdirSync(join(checkout, "stacks/messengers")))("%s is its messenger's", (file) => {
  expect(ownersOf(`stacks/messengers/${file}`)).toEqual([`@company/${file.replace(".yaml", "")}`]);
});

test.each([
  "stacks/estate.yaml",
  "stacks/mhd1-hosts.csv",
  "stacks/allocations.lock.json",
  "stacks/main.ts",
  "stacks/messengers/new.yaml",
  "package.json",
  "package-lock.json",
  ".ci/plan",
  ".github/workflows/plan.yml",
  ".gitlab/risk.yml",
  ".gitlab-ci.yml",
  "CODEOWNERS",
  "cdktf.json",
])("%s is the platform's", (file) => {
  expect(ownersOf(file)).toEqual(["@company/platform"]);
});

test("no line is for a file that is gone", () => {
  const named = lines.flatMap(([pattern = ""]) =>
    pattern.startsWith("/stacks/messengers/") ? [pattern.slice("/stacks/messengers/".length)] : [],
  );
  expect(named.sort()).toEqual(readdirSync(join(checkout, "stacks/messengers")).sort());
});
