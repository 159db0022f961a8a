/** .ci/plan: what each end of the toolkit's verbs makes of the report and of the job. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Answers, emptyFolder, ended, fakeToolkit, reportIn } from "./fakeToolkit";
import { checkout, stepsOf, workflowNamed } from "./workflows";

/** Runs it on a toolkit that answers so. */
function plan(answers: Answers, more: NodeJS.ProcessEnv = {}) {
  const { env, asked } = fakeToolkit(answers);
  const folder = emptyFolder();
  mkdirSync(join(folder, "report"));
  writeFileSync(join(folder, "report/risk"), "left by another run");
  const { code, out } = ended(folder, { ...env, ...more }, join(checkout, ".ci/plan"), ["HEAD^1"]);
  return { code, out, asked: asked(), report: reportIn(folder) };
}
const changed = {
  validate: { out: "16 files checked\n" },
  "diff-markdown": { out: "## +9 servers\n", code: 2 },
  "diff-html": { out: "<html>\n", code: 2 },
  "diff-json": { out: "{}\n", code: 2 },
};

/** What `allocate --check --format json` says of so many who lack something, and whether each fits. */
const lacking = ({ stale, fits }: { readonly stale: number; readonly fits: readonly boolean[] }) => ({
  out: JSON.stringify({ stale: Array.from({ length: stale }, () => ({})), fits: fits.map((yes) => ({ fits: yes })) }),
  code: 2,
});

test("a promise that is broken is the report's to tell: allocate could not mend it", () => {
  const answers = { ...changed, allocate: { out: "# Check of the lock\n", code: 2 }, "allocate-json": lacking({ stale: 0, fits: [] }) };
  expect(plan(answers)).toMatchObject({ code: 0, report: { "report.md": "## +9 servers\n" } });
});

test("asks for the checks, then for the difference of base and merge result", () => {
  expect(plan(changed).asked).toEqual([
    "validate",
    "allocate --check --format markdown",
    "diff HEAD^1 HEAD --format markdown --fail-on risk,widens",
    "diff HEAD^1 HEAD --format html",
    "diff HEAD^1 HEAD --format json",
  ]);
});

test("leaves the report in three formats where something differs", () => {
  const { code, report } = plan(changed);
  expect({ code, report }).toEqual({
    code: 0,
    report: { "report.md": "## +9 servers\n", "report.html": "<html>\n", "report.json": "{}\n" },
  });
});

test("leaves an empty text where nothing differs, so that the comment goes, and keeps what is noted all the same", () => {
  const text = "## Nothing differs\n\n- no stack changes by what changes in estate.yaml\n";
  const { code, out, report } = plan({ "diff-markdown": { out: text } });
  expect({ code, out, report }).toEqual({ code: 0, out: text, report: { "report.md": "", "unchanged.md": text } });
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  ["the report", { "report.md": "## +9 servers\n" }, "## +9 servers\n"],
  ["what is noted though nothing differs", { "report.md": "", "unchanged.md": "## Nothing differs\n" }, "## Nothing differs\n"],
  ["why there is none", {}, "## No plan: the toolkit did not start; see the run\n"],
])("on GitHub the run's summary shows %s", (_, files, summary) => {
  const script = stepsOf(workflowNamed("plan")).find(({ run }) => run?.includes("GITHUB_STEP_SUMMARY"))?.run ?? "";
  const folder = emptyFolder();
  mkdirSync(join(folder, "report"));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, "report", file), text);
  const [page, output] = [join(folder, "summary"), join(folder, "output")];
  const env = { PATH: process.env.PATH, GITHUB_STEP_SUMMARY: page, GITHUB_OUTPUT: output, NUMBER: "7" };
  // As GitHub runs a script.
  expect(ended(folder, env, "/usr/bin/env", ["bash", "-e", "-c", script]).code).toBe(0);
  expect(readFileSync(page, "utf8")).toBe(summary);
});

test("notes a risk, and leaves the report all the same", () => {
  const { code, report } = plan({ ...changed, "diff-markdown": { out: "## A server is wiped\n", code: 3 } });
  expect([code, Object.keys(report), report["report.md"]]).toEqual([
    0,
    ["report.html", "report.json", "report.md", "risk"],
    "## A server is wiped\n",
  ]);
});

test("what is a risk may be said otherwise", () => {
  expect(plan(changed, { ZIRSAKHT_RISKS: "host-wiped" }).asked[2]).toBe("diff HEAD^1 HEAD --format markdown --fail-on host-wiped");
});

test.each<[string, Answers, string]>([
  [
    "files that are not sound",
    { validate: { err: "stacks/estate.yaml:3:1: no\n", code: 1 } },
    "## No plan: the files are not sound\n\n~~~~~~text\nstacks/estate.yaml:3:1: no\n~~~~~~\n",
  ],
  [
    "files that ask for more than there is",
    { allocate: { out: "# Check of the lock\n", code: 2 }, "allocate-json": lacking({ stale: 2, fits: [true, false] }) },
    "## No plan: the files ask for more than there is; the lock stays as it is until they fit\n\n# Check of the lock\n",
  ],
  [
    "a stale lock",
    { allocate: { out: "# Check of the lock\n", code: 2 }, "allocate-json": lacking({ stale: 1, fits: [true] }) },
    "## No plan: the lock is not up to date; run `npx zirsakht allocate` and commit the lock\n\n# Check of the lock\n",
  ],
  [
    "a lock that does not stand, nobody knows why",
    { allocate: { out: "# Check of the lock\n", code: 2 }, "allocate-json": { code: 1 } },
    "## No plan: the lock is not up to date; run `npx zirsakht allocate` and commit the lock\n\n# Check of the lock\n",
  ],
  ["no lock", { allocate: { err: "no lock\n", code: 1 } }, "## No plan: the lock cannot be checked\n\n~~~~~~text\nno lock\n~~~~~~\n"],
  [
    "a base that cannot be read",
    { "diff-markdown": { out: "half", err: "HEAD^1 is no commit\n", code: 1 } },
    "## No plan: the two sides cannot be compared\n\n~~~~~~text\nHEAD^1 is no commit\n~~~~~~\n",
  ],
  [
    "a format that fails",
    { ...changed, "diff-json": { code: 1 } },
    "## No plan: the two sides cannot be compared\n\nthe report cannot be written as json\n",
  ],
])("ends with 1 and says why in the comment: %s", (_, answers, text) => {
  const { code, report } = plan(answers);
  expect([code, report["report.md"], "risk" in report]).toEqual([1, text, false]);
});

test("without a base it says how it is called", () => {
  expect(ended(emptyFolder(), fakeToolkit({}).env, join(checkout, ".ci/plan"), [])).toEqual({
    code: 1,
    out: expect.stringContaining("usage: .ci/plan BASE") as string,
  });
});
