/**
 * .gitlab-ci.yml, checked by gitlab-ci-local: against GitLab's own JSON Schema as that carries it (without the schema's patterns, which it
 * leaves out), and for which jobs run when; the plan's own script is run. GitLab itself is not asked.
 */
import { appendFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Answers, emptyFolder, ended, fakeToolkit, reportIn } from "./fakeToolkit";
import { checkout } from "./workflows";

interface Job {
  readonly script?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly interruptible?: boolean;
}
const text = readFileSync(join(checkout, ".gitlab-ci.yml"), "utf8");
const jobs = parse(text) as Readonly<Record<"plan" | "risk" | "comment", Job>>;
const program = join(checkout, "node_modules/gitlab-ci-local/src/index.js");

/** A company's repository whose branch `grow` is behind `main`, and a place that it was cloned from. */
function company(): { readonly folder: string; readonly git: (...args: string[]) => string } {
  const folder = emptyFolder();
  const origin = join(emptyFolder(), "company", "infra.git");
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: "1" };
  const git = (...args: string[]): string => {
    const { code, out } = ended(folder, env, "git", ["-c", "user.name=a", "-c", "user.email=a@invalid", ...args]);
    if (code !== 0) throw new Error(`git ${args.join(" ")}: ${out}`);
    return out.trim();
  };
  git("init", "--quiet", "--initial-branch=main");
  git("init", "--quiet", "--bare", origin);
  git("remote", "add", "origin", origin);
  for (const each of [".gitlab-ci.yml", ".gitlab", ".ci"]) cpSync(join(checkout, each), join(folder, each), { recursive: true });
  writeFileSync(join(folder, ".gitignore"), ".gitlab-ci-local/\nreport/\n");
  const commit = (file: string): void => {
    writeFileSync(join(folder, file), file);
    git("add", "--all");
    git("commit", "--quiet", "--message", file);
  };
  commit("first");
  git("switch", "--quiet", "--create", "grow");
  commit("theirs");
  git("switch", "--quiet", "main");
  commit("later");
  git("push", "--quiet", "origin", "main", "grow");
  git("switch", "--quiet", "grow");
  return { folder, git };
}

/** Runs gitlab-ci-local in a folder. */
const lab = (folder: string, ...args: string[]) =>
  ended(folder, { PATH: process.env.PATH, HOME: folder }, process.execPath, [program, ...args]);

/** The jobs of a file that a pipeline of this source has, with when they start. */
function jobsOf(file: string, variables: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { folder } = company();
  const set = Object.entries(variables).flatMap(([name, value]) => ["--variable", `${name}=${value}`]);
  const { code, out } = lab(folder, "--file", file, "--list-json", ...set);
  if (code !== 0) throw new Error(out);
  const list = JSON.parse(out.slice(out.indexOf("[\n"), out.lastIndexOf("]") + 1)) as {
    name: string;
    when: string;
    allow_failure: boolean;
  }[];
  return Object.fromEntries(
    list.filter(({ when }) => when !== "never").map(({ name, when, allow_failure: may }) => [name, may ? `${when}?` : when]),
  );
}

test("what is not as GitLab's schema says is found", () => {
  const { folder } = company();
  appendFileSync(join(folder, ".gitlab-ci.yml"), '\nother:\n  stage: plan\n  script: ["true"]\n  artifacts: {expose_ass: x}\n');
  const { code, out } = lab(folder, "--list");
  expect([code, out]).toEqual([
    1,
    expect.stringContaining("'expose_ass' property is not expected to be here at other.artifacts") as string,
  ]);
});

test.each([
  ["a merge request has the plan and its gate", { CI_PIPELINE_SOURCE: "merge_request_event" }, { plan: "on_success", risk: "on_success" }],
  [
    "the default branch's schedule keeps the comments",
    { CI_PIPELINE_SOURCE: "schedule", CI_COMMIT_BRANCH: "main" },
    { comment: "on_success" },
  ],
  ["another branch's schedule does not", { CI_PIPELINE_SOURCE: "schedule", CI_COMMIT_BRANCH: "grow" }, {}],
  ["a push has nothing", { CI_PIPELINE_SOURCE: "push" }, {}],
])("%s", (_, variables, expected) => {
  expect(jobsOf(".gitlab-ci.yml", { CI_DEFAULT_BRANCH: "main", ...variables })).toEqual(expected);
});

test("a risk waits for a person, and what is no risk does not", () => {
  expect([jobsOf(".gitlab/risk.yml"), jobsOf(".gitlab/no-risk.yml")]).toEqual([{ "risk-accepted": "manual" }, { "no-risk": "on_success" }]);
});

test("no job of a merge request names a token; the one that does runs the default branch's code, and npm without it", () => {
  expect(JSON.stringify({ ...jobs, comment: undefined })).not.toMatch(/token|secret|password/i);
  expect(jobs.comment.script).toEqual(["env -u GITLAB_TOKEN npm ci", "npx --no -- zirsakht comment"]);
});

test("a newer push cancels the plan of an older one, and never a comment half written", () => {
  const { workflow, default: all } = parse(text) as { workflow: { auto_cancel: object }; default: Job };
  expect([workflow.auto_cancel, all.interruptible, jobs.comment.interruptible]).toEqual([{ on_new_commit: "interruptible" }, true, false]);
});

describe("the plan's own script", () => {
  const run = (folder: string, answers: Answers) => {
    const { env, asked } = fakeToolkit(answers);
    // As GitLab's runner runs it: all lines in one shell that ends with the first that fails.
    const script = ["-e", "-o", "pipefail", "-c", jobs.plan.script?.join("\n") ?? ""];
    const { code, out } = ended(folder, { ...env, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main" }, "bash", script);
    return { code, out, asked: asked() };
  };

  test("compares the target with the merge result, whatever the branch was cut from", () => {
    const { folder, git } = company();
    const { code, out, asked } = run(folder, {
      "diff-markdown": { out: "## +9 servers\n", code: 3 },
      "diff-html": { code: 2 },
      "diff-json": { code: 2 },
    });
    expect([code, out]).toEqual([0, expect.stringContaining("## +9 servers") as string]);
    expect(asked[2]).toBe("diff refs/zirsakht/base HEAD --format markdown --fail-on risk,widens");
    expect(git("rev-parse", "refs/zirsakht/base", "HEAD^2")).toBe(`${git("rev-parse", "main")}\n${git("rev-parse", "main")}`);
    expect(git("show", "--name-only", "--format=", "HEAD:./").split("\n")).toEqual(expect.arrayContaining(["theirs", "later"]) as string[]);
    expect(reportIn(folder)["gate.yml"]).toBe(readFileSync(join(checkout, ".gitlab/risk.yml"), "utf8"));
  });

  test("opens the gate where nothing is a risk", () => {
    const { folder } = company();
    expect(run(folder, { "diff-markdown": { code: 0 } }).code).toBe(0);
    expect(reportIn(folder)["gate.yml"]).toBe(readFileSync(join(checkout, ".gitlab/no-risk.yml"), "utf8"));
  });

  test("fails where there is no plan, and leaves no gate", () => {
    const { folder } = company();
    expect(run(folder, { validate: { err: "no\n", code: 1 } }).code).toBe(1);
    expect(Object.keys(reportIn(folder))).toEqual(["report.md"]);
  });
});
