import { mark } from "../../lib/forge/comment";
import { keepOnGitHub, type Run, runOf } from "../../lib/forge/github";
import type { Clock } from "../../lib/forge/http";
import { type Answer, FakeGitHub } from "./fakeForge";

let fake: FakeGitHub;
let waited: number[];
const clock: Clock = { now: () => Date.UTC(2026, 10, 28), wait: (milliseconds) => Promise.resolve(void waited.push(milliseconds)) };
const run: Run = { url: "https://hub.example/runs/1", commit: "c0ffee", from: "company/infra" };
const us = "github-actions[bot]";

beforeEach(async () => {
  fake = new FakeGitHub();
  waited = [];
  await fake.start();
});
afterEach(() => fake.stop());

const keep = (report: string, number = 12, of = run) =>
  keepOnGitHub({ api: fake.origin, token: fake.token, repository: "company/infra" }, of, number, report, clock);
/** How it fails, in words. */
async function failure(report = "## +9 servers"): Promise<string> {
  return keep(report).then(
    () => "it does not fail",
    (error: unknown) => (error as Error).message.replaceAll(fake.origin, "ORIGIN"),
  );
}
const writes = (): string[] => fake.asked.filter((each) => !each.startsWith("GET"));

describe("the one comment", () => {
  test("is written, brought up to date in place, and removed when nothing differs", async () => {
    expect(await keep("## +9 servers\n")).toBe("created");
    const [{ id } = { id: 0 }] = fake.comments;
    expect(fake.comments.map(({ body }) => body)).toEqual([
      `${mark}\n<sub>As the change's own code says; [the run, and the whole report](https://hub.example/runs/1)</sub>\n\n## +9 servers\n`,
    ]);
    expect(await keep("## +10 servers\n")).toBe("updated");
    expect(fake.comments.map((comment) => [comment.id, comment.body.includes("+10 servers")])).toEqual([[id, true]]);
    expect(await keep("## +10 servers\n")).toBe("unchanged");
    expect(await keep("\n")).toBe("removed");
    expect(fake.comments).toEqual([]);
    expect(await keep("")).toBe("absent");
    expect(writes().map((each) => each.split(" ")[0])).toEqual(["POST", "PATCH", "DELETE"]);
  });

  test("is found on the third page", async () => {
    for (let each = 0; each < 250; each++) fake.say("somebody", `comment ${String(each)}`);
    const ours = fake.say(us, `${mark}\nold`);
    expect(await keep("## new")).toBe("updated");
    expect(ours.body).toContain("## new");
    expect(fake.asked.filter((each) => each === "GET /repos/company/infra/issues/12/comments")).toHaveLength(3);
  });

  test("is ours: what others wrote under our mark, and what we wrote without it, is left alone", async () => {
    const [theirs, quoted] = [fake.say("somebody", `${mark}\nall is well`), fake.say(us, `another tool's\n${mark}`)];
    expect(await keep("## new")).toBe("created");
    expect(await keep("")).toBe("removed");
    expect(fake.comments).toEqual([theirs, quoted]);
  });

  test("is one, were there ever two", async () => {
    fake.say(us, `${mark}\nfirst`);
    fake.say(us, `${mark}\nsecond`);
    expect(await keep("## new")).toBe("updated");
    expect(fake.comments.map(({ body }) => body.includes("## new"))).toEqual([true]);
  });

  test("is written anew where somebody removes it meanwhile", async () => {
    fake.say(us, `${mark}\nold`);
    fake.fault = (request) => {
      if (request.startsWith("PATCH")) fake.comments = [];
      return undefined;
    };
    expect(await keep("## new")).toBe("created");
  });
});

describe("nobody's word is taken for which pull request it is", () => {
  test.each([
    ["at another commit", { sha: "beef" }],
    ["of another repository", { from: "stranger/infra" }],
    ["no longer open", { state: "closed" }],
  ])("%s: nothing is written", async (_, change) => {
    fake.pull = { ...fake.pull, ...change };
    expect(await keep("## approved")).toBe("overtaken");
    expect(writes()).toEqual([]);
  });

  test("a fork's pull request is served", async () => {
    fake.pull = { ...fake.pull, from: "stranger/infra" };
    expect(await keep("## +9 servers", 12, { ...run, from: "stranger/infra" })).toBe("created");
  });

  test("the event says where the run comes from", () => {
    const event = { workflow_run: { html_url: "u", head_sha: "c", head_repository: { full_name: "a/b" }, pull_requests: [] } };
    expect(runOf(event)).toEqual({ url: "u", commit: "c", from: "a/b" });
    expect(() => runOf({ pull_request: { number: 12 } })).toThrow(
      "the event has no workflow_run: comments are written by a workflow of their own",
    );
  });
});

describe("patience", () => {
  const busy = (answer: Answer | "silence", method: string, times: number) => (request: string, time: number) =>
    request.startsWith(method) && time <= times ? answer : undefined;

  test.each([
    ["a gateway that fails", { status: 502, body: "<html>Bad gateway</html>" }, [1_000, 2_000]],
    ["as long as it asks for", { status: 503, headers: { "retry-after": "7" } }, [7_000, 7_000]],
    ["until the hour that it names", { status: 429, headers: { "retry-after": "Sat, 28 Nov 2026 00:00:30 GMT" } }, [30_000, 30_000]],
    [
      "until its limit begins anew",
      { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Date.UTC(2026, 10, 28) / 1_000 + 20) } },
      [20_000, 20_000],
    ],
  ])("waits for %s", async (_, answer, waits) => {
    fake.fault = busy(answer, "GET /repos/company/infra/issues", 2);
    expect(await keep("## new")).toBe("created");
    expect(waited).toEqual(waits);
  });

  test("does not write twice where the answer got lost", async () => {
    fake.fault = busy("silence", "POST", 1);
    expect(await keep("## new")).toBe("unchanged");
    expect(fake.comments).toHaveLength(1);
  });

  test("ends after five attempts, with what the forge said", async () => {
    fake.fault = () => ({ status: 500, body: { message: "Server Error" } });
    expect(await failure()).toBe("GitHub refuses GET /repos/company/infra/pulls/12 with 500: Server Error (tried 5 times)");
    expect(waited).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  test("does not wait for an hour", async () => {
    fake.fault = () => ({ status: 429, body: { message: "slow down" }, headers: { "retry-after": "3600" } });
    expect(await failure()).toBe(
      "GitHub refuses GET /repos/company/infra/pulls/12 with 429: slow down; it asks to wait for 60 minutes, run it again then",
    );
    expect(waited).toEqual([]);
  });

  test("has words for a forge that is not there", async () => {
    await fake.stop();
    expect(await failure()).toMatch(/^GitHub does not answer GET \/repos\/company\/infra\/pulls\/12: .*ECONNREFUSED.* \(tried 5 times\)$/);
    await fake.start();
  });
});

describe("refusals say what to do", () => {
  test.each([
    [401, "Bad credentials", "give the step the workflow's token: `env: {GITHUB_TOKEN: ${{ github.token }}}`"],
    [
      403,
      "Resource not accessible by integration",
      "the job needs `permissions: {pull-requests: write}`, and a locked conversation takes no comments",
    ],
  ])("%i", async (status, message, remedy) => {
    fake.fault = (request) => (request.startsWith("POST") ? { status, body: { message } } : undefined);
    expect(await failure()).toBe(
      `GitHub refuses POST /repos/company/infra/issues/12/comments with ${String(status)}: ${message}; ${remedy}`,
    );
    expect(waited).toEqual([]);
  });

  test("the token is never printed, whatever is said of it", async () => {
    fake.fault = () => ({ status: 422, body: { message: `what is ${fake.token}?` } });
    expect(await failure()).toBe("GitHub refuses GET /repos/company/infra/pulls/12 with 422: what is …?");
  });

  test("the token goes to no other server, whatever the answer names", async () => {
    fake.fault = (request) =>
      request.endsWith("/comments") ? { status: 200, body: [], headers: { link: '<http://127.0.0.1:1/steal>; rel="next"' } } : undefined;
    expect(await failure()).toBe("GitHub names a next page on another server, http://127.0.0.1:1");
  });

  test("an answer that is no list is no list of comments", async () => {
    fake.fault = (request) => (request.endsWith("/comments") ? { status: 200, body: { message: "moved" } } : undefined);
    expect(await failure()).toBe("GitHub answers /repos/company/infra/issues/12/comments?per_page=100 with something else than a list");
  });
});

describe("a comment's length", () => {
  const frame = `${mark}\n<sub>As the change's own code says; [the run, and the whole report](${run.url})</sub>\n\n\n`.length;
  test("65,536 characters are taken", async () => {
    expect(await keep("x".repeat(65_536 - frame))).toBe("created");
    expect(fake.comments[0]?.body).toHaveLength(65_536);
  });

  test("one more is refused, and nothing is written", async () => {
    expect(await failure("x".repeat(65_537 - frame))).toBe(
      "the comment would have 65,537 characters, and GitHub takes 65,536: `zirsakht diff --format markdown` makes one that fits; the whole is for the artifact",
    );
    expect(writes()).toEqual([]);
  });
});
