import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Environment, run } from "../../lib/cli/comment";
import { FakeGitHub, FakeGitLab } from "../forge/fakeForge";
import { ran } from "./run";

const clock = { now: () => 0, wait: () => Promise.resolve() };
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "zirsakht-comment-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
const comment = (environment: Environment, from?: string) => ran(folder, (terminal) => run(from, terminal, environment, clock));

describe("in GitHub's workflow", () => {
  let fake: FakeGitHub;
  let environment: Environment;
  beforeEach(async () => {
    fake = new FakeGitHub();
    await fake.start();
    const event = {
      workflow_run: { html_url: "https://hub.example/runs/1", head_sha: "c0ffee", head_repository: { full_name: "company/infra" } },
    };
    write("event.json", JSON.stringify(event));
    write("pull-request", "12\n");
    write("report.md", "## +9 servers\n");
    environment = {
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: fake.origin,
      GITHUB_TOKEN: fake.token,
      GITHUB_REPOSITORY: "company/infra",
      GITHUB_EVENT_PATH: join(folder, "event.json"),
    };
  });
  afterEach(() => fake.stop());

  test("writes the comment of the report, and says so", async () => {
    expect(await comment(environment, folder)).toEqual({ code: 0, out: "pull request 12: the comment is written", error: "" });
    write("report.md", "");
    expect((await comment(environment, folder)).out).toBe("pull request 12: nothing differs, the comment is removed");
  });

  test("says why nothing is written of an overtaken run", async () => {
    fake.pull = { ...fake.pull, sha: "beef" };
    expect(await comment(environment, folder)).toEqual({
      code: 0,
      out: "pull request 12: not written: it is no longer open, or no longer at the commit that the report is of; its newest run writes",
      error: "",
    });
  });

  test.each(["12; rm -rf /", "../13", "", "0", "12\n13", "99999999999"])("takes no number but a number: %j", async (number) => {
    write("pull-request", number);
    const { error } = await comment(environment, folder);
    expect(error).toBe(`pull-request holds ${JSON.stringify(number)}, expected a pull request's number`);
    expect(fake.asked).toEqual([]);
  });

  test("reads no link: it could lead to the token", async () => {
    rmSync(join(folder, "report.md"));
    symlinkSync("/proc/self/environ", join(folder, "report.md"));
    expect((await comment(environment, folder)).error).toBe("report.md is no plain file; nothing is posted of it");
    expect(fake.comments).toEqual([]);
  });

  test("refuses a file that is no report, and names one that is missing", async () => {
    write("report.md", "x".repeat(4 * 2 ** 20 + 1));
    expect((await comment(environment, folder)).error).toBe(
      "report.md has 4194305 bytes, at most 4194304 are read; nothing is posted of it",
    );
    rmSync(join(folder, "report.md"));
    expect((await comment(environment, folder)).error).toBe("report.md does not exist; the plan's run leaves it in the artifact `report`");
  });

  test("names every variable that is missing, and what to do", async () => {
    const rest = { ...environment, GITHUB_TOKEN: "", GITHUB_API_URL: undefined };
    expect((await comment(rest, folder)).error).toBe(
      "GITHUB_API_URL is not set; GitHub sets it\nGITHUB_TOKEN is not set; give the step `env: {GITHUB_TOKEN: ${{ github.token }}}`",
    );
    expect((await comment(environment)).error).toBe(
      "comment needs the folder of the report: `zirsakht comment report`, as .ci/plan wrote it",
    );
  });
});

describe("in GitLab's pipeline", () => {
  let fake: FakeGitLab;
  let environment: Environment;
  beforeEach(async () => {
    fake = new FakeGitLab();
    await fake.start();
    environment = { GITLAB_CI: "true", CI_API_V4_URL: `${fake.origin}/api/v4`, GITLAB_TOKEN: fake.token, CI_PROJECT_ID: "7" };
  });
  afterEach(() => fake.stop());
  const request = (iid: number, report: string) => ({
    iid,
    state: "opened" as const,
    pipelines: [{ id: iid * 100, ref: `refs/merge-requests/${String(iid)}/head`, plan: "success", report }],
  });

  test("keeps the comment of every open merge request, and says so", async () => {
    expect((await comment(environment)).out).toBe("no merge request is open");
    fake.requests = [request(1, "## one"), request(2, "")];
    expect(await comment(environment)).toEqual({
      code: 0,
      out: "merge request 1: the comment is written\nmerge request 2: nothing differs, and there is no comment",
      error: "",
    });
  });

  test("ends with what failed, once everybody else was served", async () => {
    fake.requests = [request(1, "## one"), request(2, "## two")];
    fake.fault = (name) => (name.endsWith("/1/notes") ? { status: 403, body: { error: "insufficient_scope" } } : undefined);
    const { out, error } = await comment(environment);
    expect(out).toBe("merge request 2: the comment is written");
    expect(error).toBe(
      "merge request 1: GitLab refuses GET /api/v4/projects/7/merge_requests/1/notes with 403: insufficient_scope; the project access token needs the role Reporter or more, and the scope api",
    );
  });

  test("says that the job's own token does not do", async () => {
    const rest = { ...environment, GITLAB_TOKEN: undefined };
    expect((await comment({ ...rest, CI_JOB_TOKEN: "job" })).error).toBe(
      "GITLAB_TOKEN is not set; set it in the project's CI/CD variables, masked and protected, to a project access token with the scope api and the role Reporter; the job's own CI_JOB_TOKEN may not write notes",
    );
    expect((await comment(environment, folder)).error).toContain("in GitLab comment takes the reports from the pipelines; leave out ");
  });
});

test("anywhere else it does nothing", async () => {
  expect((await comment({})).error).toBe(
    "comment runs in the CI of GitHub (GITHUB_ACTIONS=true) or GitLab (GITLAB_CI=true); this is neither",
  );
});
