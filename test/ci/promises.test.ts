/** What .github/workflows promises about rights and strangers; docs/ci.md says why. */
import { spawnSync } from "node:child_process";
import { jobOf, stepsOf, workflowNamed, workflows } from "./workflows";

const plan = workflowNamed("plan");
const comment = workflowNamed("comment");
const ofPullRequests = workflows.filter(({ on }) => "pull_request" in on);

test("there are the two that this is about", () => {
  expect(workflows.map(({ file, on }) => [file, Object.keys(on)])).toEqual([
    ["comment.yml", ["workflow_run"]],
    ["plan.yml", ["pull_request"]],
  ]);
});

describe("a pull request's own code runs without anything worth stealing", () => {
  test.each(ofPullRequests)("$file names no secret and no token", ({ jobs }) => {
    expect(JSON.stringify(jobs)).not.toMatch(/secrets|token(?!s)|id-token/i);
  });

  test.each(ofPullRequests)("$file may read the repository, and nothing else", ({ permissions, jobs }) => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) {
      expect(
        Object.entries(job.permissions ?? { missing: "all" }).filter(([what, right]) => what !== "contents" || right !== "read"),
      ).toEqual([]);
      // An environment has secrets of its own.
      expect([job.environment, job.secrets]).toEqual([undefined, undefined]);
    }
  });

  test.each(ofPullRequests)("$file keeps no cache that runs with rights would read", (workflow) => {
    for (const { uses = "", with: inputs } of stepsOf(workflow)) {
      expect(uses).not.toContain("actions/cache@");
      if (uses.startsWith("actions/setup-node@")) expect([inputs?.["package-manager-cache"], inputs?.cache]).toEqual([false, undefined]);
    }
  });
});

describe("every workflow", () => {
  test.each(workflows)("$file is never started with rights on a stranger's code", ({ on }) => {
    expect(Object.keys(on)).not.toContain("pull_request_target");
  });

  test.each(workflows)("$file begins with no rights and names those of each job", ({ permissions, jobs }) => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job.permissions).toBeDefined();
  });

  test.each(workflows)("$file leaves no token in a checkout", (workflow) => {
    const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    for (const step of checkouts) expect(step.with?.["persist-credentials"]).toBe(false);
  });

  test.each(workflows)("$file pins actions by commit, and says which version that is", ({ text, ...workflow }) => {
    const uses = stepsOf({ text, ...workflow }).flatMap((step) => step.uses ?? []);
    expect(uses.length).toBeGreaterThan(0);
    for (const use of uses) {
      expect(use).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`uses: ${use} # v\\d+\\.\\d+\\.\\d+\\n`));
    }
  });

  test("an action is pinned to one commit everywhere", () => {
    const pins = new Set(workflows.flatMap(stepsOf).flatMap(({ uses }) => uses ?? []));
    expect([...pins].map((pin) => pin.split("@")[0]).sort()).toEqual([
      "actions/checkout",
      "actions/download-artifact",
      "actions/setup-node",
      "actions/upload-artifact",
    ]);
  });

  test.each(workflows)("$file puts nothing that others write into a script", (workflow) => {
    for (const { run = "" } of stepsOf(workflow)) expect(run).not.toContain("${{");
  });

  test.each(workflows)("$file ends by itself", ({ jobs }) => {
    for (const job of Object.values(jobs)) expect(job).toHaveProperty("timeout-minutes");
  });
});

describe("the comment's workflow has rights, and runs the default branch's code only", () => {
  test("it follows the plan of pull requests", () => {
    expect(comment.on.workflow_run).toEqual({ workflows: [plan.name], types: ["completed"] });
    expect(jobOf(comment, "comment").if).toContain("github.event.workflow_run.event == 'pull_request'");
  });

  test("it may write the comment, and read the other run's artifact", () => {
    expect(Object.fromEntries(Object.entries(comment.jobs).map(([name, { permissions }]) => [name, permissions]))).toEqual({
      comment: { actions: "read", contents: "read", "pull-requests": "write" },
    });
  });

  test("it checks out no other ref and no other repository", () => {
    const checkouts = stepsOf(comment).filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.map((step) => step.with)).toEqual([{ "persist-credentials": false }]);
  });

  test("what comes from the pull request stays outside the checkout, in the artifact that the plan leaves", () => {
    const download = stepsOf(comment).find(({ uses }) => uses?.startsWith("actions/download-artifact@"));
    const upload = stepsOf(plan).find(({ uses }) => uses?.startsWith("actions/upload-artifact@"));
    expect(download?.with).toMatchObject({ name: upload?.with?.name, path: "${{ runner.temp }}/report" });
  });

  test("only the step that writes has the token", () => {
    const scripts = jobOf(comment, "comment").steps.filter(({ run }) => run !== undefined);
    expect(scripts.map(({ run, env }) => [run, Object.keys(env ?? {})])).toEqual([
      ["npm ci", []],
      ['npx --no -- zirsakht comment "$RUNNER_TEMP/report"', ["GITHUB_TOKEN"]],
    ]);
  });
});

test("a newer push cancels the plan of an older one, of the same pull request alone", () => {
  expect(plan.concurrency).toEqual({ group: "plan-${{ github.event.pull_request.number }}", "cancel-in-progress": true });
});

test("the list of risks reaches the plan as a variable of the repository's, which is no secret", () => {
  const step = jobOf(plan, "plan").steps.find(({ run }) => run === ".ci/plan HEAD^1");
  expect(step?.env).toEqual({ ZIRSAKHT_RISKS: "${{ vars.ZIRSAKHT_RISKS }}" });
});

describe("the gate", () => {
  const gate = jobOf(plan, "risk");
  const script = gate.steps[0]?.run ?? "";
  /** Whether a pull request may pass. */
  const passes = (planned: string, risk: string, accepted: string): boolean => {
    const env = { PLAN: planned, RISK: risk, ACCEPTED: accepted };
    // As GitHub runs a script.
    return spawnSync("/usr/bin/env", ["bash", "-e", "-c", script], { env: { ...env, PATH: process.env.PATH } }).status === 0;
  };

  test.each([
    ["success", "", "false", true],
    ["success", "true", "false", false],
    ["success", "true", "true", true],
    ["failure", "", "true", false],
    ["cancelled", "", "true", false],
    ["skipped", "", "true", false],
  ])("plan %s, risk %j, accepted %s: passes %s", (planned, risk, accepted, expected) => {
    expect(passes(planned, risk, accepted)).toBe(expected);
  });

  test("is never skipped, for a required check that was skipped counts as passed", () => {
    expect([gate.if, gate.needs]).toEqual(["${{ always() }}", "plan"]);
  });

  test("asks anew at each commit: the label counts for the run that it starts", () => {
    expect(plan.on.pull_request?.types).toEqual(["opened", "synchronize", "reopened", "labeled"]);
    expect(gate.steps[0]?.env?.ACCEPTED).toBe("${{ github.event.action == 'labeled' && github.event.label.name == 'risk-accepted' }}");
    expect(jobOf(plan, "plan").if).toBeUndefined();
  });

  test("runs nobody's code but its own", () => {
    expect(gate.steps.flatMap(({ uses }) => uses ?? [])).toEqual([]);
  });
});
