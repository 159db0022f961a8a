/** `comment`: one comment on a pull request says what it changes; kept up to date in place, and removed when nothing differs. */
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type GitHub, keepOnGitHub, runOf } from "../forge/github";
import { type GitLab, keepOnGitLab } from "../forge/gitlab";
import type { Clock } from "../forge/http";
import { InputError } from "../request/problem";
import { reasonOf } from "../request/textFile";
import type { ExitCode, Terminal } from "./terminal";

/** The environment, as a forge's CI sets it. */
export type Environment = Readonly<Record<string, string | undefined>>;

const ownClock: Clock = { now: () => Date.now(), wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) };
/** A comment is at most 64 KiB of characters on GitHub; what is larger than this is no report. */
const largestFile = 4 * 2 ** 20;

/**
 * In GitHub's workflow, the comment of the pull request that the report in `folder` is of; in GitLab's pipeline, the comments of all open
 * merge requests, by the reports of their own pipelines.
 */
export async function run(
  folder: string | undefined,
  terminal: Terminal,
  environment: Environment = process.env,
  clock = ownClock,
): Promise<ExitCode> {
  if (environment.GITHUB_ACTIONS === "true") return onGitHub(folder, terminal, environment, clock);
  if (environment.GITLAB_CI === "true") return onGitLab(folder, terminal, environment, clock);
  throw new InputError([{ message: "comment runs in the CI of GitHub (GITHUB_ACTIONS=true) or GitLab (GITLAB_CI=true); this is neither" }]);
}

async function onGitHub(folder: string | undefined, terminal: Terminal, environment: Environment, clock: Clock): Promise<ExitCode> {
  if (folder === undefined)
    throw new InputError([{ message: "comment needs the folder of the report: `zirsakht comment report`, as .ci/plan wrote it" }]);
  const { GITHUB_API_URL, GITHUB_TOKEN, GITHUB_REPOSITORY, GITHUB_EVENT_PATH } = needed(environment, {
    GITHUB_API_URL: "GitHub sets it",
    GITHUB_TOKEN: "give the step `env: {GITHUB_TOKEN: ${{ github.token }}}`",
    GITHUB_REPOSITORY: "GitHub sets it",
    GITHUB_EVENT_PATH: "GitHub sets it",
  });
  const gitHub: GitHub = { api: GITHUB_API_URL, token: GITHUB_TOKEN, repository: GITHUB_REPOSITORY };
  const source = runOf(JSON.parse(readFileSync(GITHUB_EVENT_PATH, "utf8")));
  const number = plainText(join(folder, "pull-request")).trim();
  if (!/^[1-9]\d{0,9}$/.test(number))
    throw new InputError([
      { message: `${join(folder, "pull-request")} holds ${JSON.stringify(number.slice(0, 40))}, expected a pull request's number` },
    ]);
  const kept = await keepOnGitHub(gitHub, source, Number(number), plainText(join(folder, "report.md")), clock);
  terminal.out(`pull request ${number}: ${words[kept]}`);
  return 0;
}

async function onGitLab(folder: string | undefined, terminal: Terminal, environment: Environment, clock: Clock): Promise<ExitCode> {
  if (folder !== undefined)
    throw new InputError([{ message: `in GitLab comment takes the reports from the pipelines; leave out ${folder}` }]);
  const { CI_API_V4_URL, GITLAB_TOKEN, CI_PROJECT_ID } = needed(environment, {
    CI_API_V4_URL: "GitLab sets it",
    GITLAB_TOKEN:
      "set it in the project's CI/CD variables, masked and protected, to a project access token with the scope api and the role Reporter; the job's own CI_JOB_TOKEN may not write notes",
    CI_PROJECT_ID: "GitLab sets it",
  });
  const gitLab: GitLab = { api: CI_API_V4_URL, token: GITLAB_TOKEN, project: CI_PROJECT_ID };
  const outcomes = [...(await keepOnGitLab(gitLab, clock))];
  if (outcomes.length === 0) terminal.out("no merge request is open");
  for (const [request, outcome] of outcomes) {
    if (typeof outcome === "string") terminal.out(`merge request ${String(request)}: ${words[outcome]}`);
  }
  const problems = outcomes.flatMap(([request, outcome]) =>
    typeof outcome === "string" ? [] : [{ message: `merge request ${String(request)}: ${outcome.failed}` }],
  );
  if (problems.length > 0) throw new InputError(problems);
  return 0;
}

const words = {
  created: "the comment is written",
  updated: "the comment is brought up to date",
  unchanged: "the comment says it already",
  removed: "nothing differs, the comment is removed",
  absent: "nothing differs, and there is no comment",
  overtaken: "not written: it is no longer open, or no longer at the commit that the report is of; its newest run writes",
  waiting: "its newest pipeline has not planned yet",
  unreported: "its newest plan has no report any more; run its pipeline again",
} as const;

/** Variables of the environment; every missing one is named, with what to do. */
function needed<Name extends string>(environment: Environment, remedies: Readonly<Record<Name, string>>): Record<Name, string> {
  const names = Object.keys(remedies) as Name[];
  const missing = names.filter((name) => (environment[name] ?? "") === "");
  if (missing.length > 0) throw new InputError(missing.map((name) => ({ message: `${name} is not set; ${remedies[name]}` })));
  return Object.fromEntries(names.map((name) => [name, environment[name] ?? ""])) as Record<Name, string>;
}

/**
 * The text of a file that came with an artifact, which a stranger may have made: a plain file, for a link could lead to what this process
 * knows.
 */
function plainText(file: string): string {
  let status;
  try {
    status = lstatSync(file);
    if (status.isFile() && status.size <= largestFile) return readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError([{ message: `${file} ${reasonOf(error)}; the plan's run leaves it in the artifact \`report\`` }]);
  }
  const what = status.isFile() ? `has ${String(status.size)} bytes, at most ${String(largestFile)} are read` : "is no plain file";
  throw new InputError([{ message: `${file} ${what}; nothing is posted of it` }]);
}
