import { mark } from "../../lib/forge/comment";
import { keepOnGitLab } from "../../lib/forge/gitlab";
import type { Clock } from "../../lib/forge/http";
import { FakeGitLab, type Request } from "./fakeForge";

let fake: FakeGitLab;
let waited: number[];
const clock: Clock = { now: () => Date.UTC(2026, 10, 28), wait: (milliseconds) => Promise.resolve(void waited.push(milliseconds)) };

beforeEach(async () => {
  fake = new FakeGitLab();
  waited = [];
  await fake.start();
});
afterEach(() => fake.stop());

const keep = () => keepOnGitLab({ api: `${fake.origin}/api/v4`, token: fake.token, project: "7" }, clock);
const kept = async () => Object.fromEntries(await keep());
const planned = (iid: number, report: string, plan = "success"): Request => ({
  iid,
  state: "opened",
  pipelines: [{ id: iid * 100, ref: `refs/merge-requests/${String(iid)}/head`, plan, report }],
});
const bodies = (iid: number): string[] => fake.notesOf(iid).map(({ body }) => body);
/** Says something on a merge request. */
const say = (iid: number, by: string, body: string): void => void fake.notesOf(iid).push(fake.say(by, body));

test("each open merge request has the comment that its own newest plan wrote", async () => {
  fake.requests = [planned(1, "## one"), planned(2, "## two", "failed"), planned(3, ""), { ...planned(4, "## merged"), state: "merged" }];
  say(3, "bot", `${mark}\nold`);
  expect(await kept()).toEqual({ 1: "created", 2: "created", 3: "removed" });
  expect(bodies(1)).toEqual([
    `${mark}\n<sub>As the change's own code says; [the run, and the whole report](https://lab.example/pipelines/100)</sub>\n\n## one\n`,
  ]);
  expect([bodies(2)[0]?.endsWith("## two\n"), bodies(3)]).toEqual([true, []]);
  fake.requests = [planned(1, "## one more"), planned(2, "## two"), planned(3, "")];
  expect(await kept()).toEqual({ 1: "updated", 2: "unchanged", 3: "absent" });
});

test("all of 150 are served, and the note of one is found on its third page", async () => {
  fake.requests = Array.from({ length: 150 }, (_, at) => planned(at + 1, "## same"));
  for (let each = 0; each < 250; each++) say(150, "somebody", String(each));
  say(150, "bot", `${mark}\nold`);
  const outcomes = await keep();
  expect([outcomes.size, outcomes.get(1), outcomes.get(150)]).toEqual([150, "created", "updated"]);
  expect(bodies(150)).toHaveLength(251);
});

test("what others wrote under our mark, and GitLab's own notes, are left alone", async () => {
  fake.requests = [planned(1, "")];
  say(1, "somebody", `${mark}\nall is well`);
  say(1, "system", `${mark}\nchanged the description`);
  expect(await kept()).toEqual({ 1: "absent" });
  expect(bodies(1)).toHaveLength(2);
});

test.each<[string, Request["pipelines"], string]>([
  ["there is no pipeline", [], "waiting"],
  ["only the branch has one", [{ id: 100, ref: "grow", plan: "success", report: "## branch" }], "waiting"],
  ["of another merge request", [{ id: 100, ref: "refs/merge-requests/11/head", plan: "success", report: "## other" }], "waiting"],
  [
    "the newest still runs, whatever an older one says",
    [
      { id: 200, ref: "refs/merge-requests/1/head", plan: "running" },
      { id: 100, ref: "refs/merge-requests/1/head", plan: "success", report: "## old" },
    ],
    "waiting",
  ],
  ["its report has expired", [{ id: 100, ref: "refs/merge-requests/1/merge", plan: "success" }], "unreported"],
])("%s: the comment stays as it is", async (_, pipelines, outcome) => {
  fake.requests = [{ iid: 1, state: "opened", pipelines }];
  say(1, "bot", `${mark}\nold`);
  expect(await kept()).toEqual({ 1: outcome });
  expect(bodies(1)).toEqual([`${mark}\nold`]);
});

test("a fork's pipeline is asked of the fork; one that we may not read is no error", async () => {
  fake.requests = [
    {
      iid: 1,
      state: "opened",
      pipelines: [{ id: 100, ref: "refs/merge-requests/1/head", project: 8, plan: "success", report: "## fork" }],
    },
  ];
  const outcome = await kept();
  expect(outcome[1]).toEqual("unreported");
  expect(fake.asked).toContain("GET /api/v4/projects/8/pipelines/100/jobs");
});

test("what fails for one keeps nobody else waiting", async () => {
  fake.requests = [planned(1, "## one"), planned(2, "## two")];
  fake.fault = (request) =>
    request === "POST /api/v4/projects/7/merge_requests/1/notes" ? { status: 403, body: { message: "403 Forbidden" } } : undefined;
  expect(await kept()).toEqual({
    1: {
      failed:
        "GitLab refuses POST /api/v4/projects/7/merge_requests/1/notes with 403: 403 Forbidden; the project access token needs the role Reporter or more, and the scope api",
    },
    2: "created",
  });
});

test("waits as long as GitLab asks for, and does not write twice where the answer got lost", async () => {
  fake.requests = [planned(1, "## one")];
  fake.fault = (request, times) => {
    if (request.startsWith("POST")) return times === 1 ? "silence" : undefined;
    return request.endsWith("/user") && times === 1 ? { status: 429, body: "Retry later\n", headers: { "retry-after": "60" } } : undefined;
  };
  expect(await kept()).toEqual({ 1: "unchanged" });
  expect([waited, bodies(1).length]).toEqual([[60_000, 1_000], 1]);
});

test("a login that is none says what to set, and is not printed", async () => {
  fake.fault = () => ({ status: 401, body: { message: `401 Unauthorized ${fake.token}` } });
  await expect(keep()).rejects.toThrow(
    "GitLab refuses GET /api/v4/user with 401: 401 Unauthorized …; GITLAB_TOKEN must be a project access token with the scope api; a job's own CI_JOB_TOKEN may not write notes",
  );
});

test("1,000,000 characters are taken, one more is refused in words, and for that one alone", async () => {
  const frame =
    `${mark}\n<sub>As the change's own code says; [the run, and the whole report](https://lab.example/pipelines/100)</sub>\n\n\n`.length;
  fake.requests = [planned(1, "x".repeat(1_000_000 - frame)), planned(2, "x".repeat(1_000_001 - frame)), planned(3, "## three")];
  const outcomes = await keep();
  expect([outcomes.get(1), outcomes.get(3)]).toEqual(["created", "created"]);
  expect(outcomes.get(2)).toEqual({
    failed:
      "the comment would have 1,000,001 characters, and GitLab takes 1,000,000: `zirsakht diff --format markdown` makes one that fits; the whole is for the artifact",
  });
});

test("an artifact that is larger than any report is not read to its end", async () => {
  fake.requests = [planned(1, "x".repeat(5 * 2 ** 20))];
  expect(await kept()).toEqual({
    1: { failed: "/api/v4/projects/7/jobs/102/artifacts/report/report.md is longer than 4 MiB; nothing that long is read" },
  });
});
