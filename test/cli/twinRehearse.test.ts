import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderPage } from "../../lib/page/page";
import { run } from "../../lib/cli/twinRehearse";
import { exitCodeOf, type Rehearsal, rehearsalDocument, rehearsalPage } from "../../lib/cli/twinRehearsePage";
import { InputError } from "../../lib/request/problem";
import { twinLimits } from "../../lib/twin/rehearsal/limits";

const kept = { promise: "no road wipes a server", about: "thr1", done: "delete the host", seen: "2 of 2 refused", kept: true };
const broken = { ...kept, about: "mhd1", done: "power off", seen: "mhd1-r01-s01: a dry run was allowed", kept: false };
const rehearsal: Rehearsal = {
  asOf: "2026-11-24",
  reports: [{ drill: "wipe", seconds: 61.24, verdicts: [kept, broken] }],
  drift: [],
  ended: false,
  seconds: 63.71,
};
const text = (of: Rehearsal, format: "text" | "markdown" = "text"): string => renderPage(rehearsalPage(of), format);
const limits = twinLimits.map(({ what, why }) => `- ${what}: ${why}.`).join("\n");

test("broken promises come first and in full, and what a twin cannot show is said with every rehearsal", () => {
  expect(text(rehearsal)).toBe(`Rehearsal
=========

1 promise broken, 1 kept, for the lock of 2026-11-24, in 63.7 s (wipe 61.2 s).

Broken

- wipe, mhd1: no road wipes a server
- done: power off
- seen: mhd1-r01-s01: a dry run was allowed

Promises

drill  promise                 broken  kept
wipe   no road wipes a server       1     1

Kept

wipe: no road wipes a server

- thr1: delete the host: 2 of 2 refused

What a twin cannot show

${limits}`);
});

test("the same for a pull request", () => {
  expect(text({ ...rehearsal, reports: [{ drill: "wipe", seconds: 2, verdicts: [kept] }] }, "markdown")).toBe(`## Rehearsal

1 promise kept, none broken, for the lock of 2026-11-24, in 63.7 s (wipe 2 s).

### Promises

| drill | promise | broken | kept |
| --- | --- | ---: | ---: |
| wipe | no road wipes a server | 0 | 1 |

### Kept

wipe: no road wipes a server

- thr1: delete the host: 2 of 2 refused

### What a twin cannot show

${limits}`);
});

test("what was deployed, what could not be run and what was left out are said before all promises", () => {
  const drift = Array.from({ length: 11 }, (_, index) => ({ site: "thr1", object: `Role messenger-gap/r${index}`, what: "missing" }));
  const page = text({ ...rehearsal, drift, ended: true, reports: [{ drill: "peak", seconds: 1, verdicts: [], failure: "ended early" }] });
  expect(page).toContain(`0 promises kept, none broken, for the lock of 2026-11-24, in 63.7 s (peak 1 s).
What was rehearsed is not what the files say: it proves nothing of them.
The rehearsal ended early: what is not below was not rehearsed.

Not what the files say

What is deployed differs from the files in 11 objects; \`npx zirsakht twin deploy\` brings what they say.

- thr1: Role messenger-gap/r0: missing
`);
  expect(page).toContain(`- thr1: Role messenger-gap/r9: missing
- and 1 more

Not run to the end

- peak: ended early
`);
});

test("what could not be tried is neither kept nor broken", () => {
  const untried = { ...kept, done: "nothing", seen: "there is no terraform" };
  const of = { ...rehearsal, reports: [{ drill: "wipe" as const, seconds: 2, verdicts: [kept, untried] }] };
  expect(text(of)).toContain("\n1 promise kept, none broken,");
  expect(text(of)).toContain("\nNot tried\n\n- wipe, thr1: no road wipes a server: there is no terraform\n");
  expect(exitCodeOf(of)).toBe(0);
  expect(rehearsalDocument(of)).toMatchObject({ kept: 1, broken: 0, untried: 1 });
});

test("the exit code: 2 where a promise is broken, else 1 where something was not rehearsed", () => {
  const only = (verdicts: (typeof kept)[]): Rehearsal => ({ ...rehearsal, reports: [{ drill: "wipe", seconds: 1, verdicts }] });
  expect(exitCodeOf(only([kept]))).toBe(0);
  expect(exitCodeOf(only([kept, broken]))).toBe(2);
  expect(exitCodeOf({ ...only([kept]), ended: true })).toBe(1);
  // Of another deployment than the files say, it proves nothing of them.
  expect(exitCodeOf({ ...only([kept]), drift: [{ site: "thr1", object: "Role a/b", what: "missing" }] })).toBe(1);
  expect(exitCodeOf({ ...only([]), reports: [{ drill: "wipe", seconds: 1, verdicts: [], failure: "x" }] })).toBe(1);
  // What is broken is so however the rehearsal ends.
  expect(exitCodeOf({ ...only([broken]), ended: true })).toBe(2);
  expect(exitCodeOf({ ...only([]), reports: [{ drill: "wipe", seconds: 1, verdicts: [broken], failure: "x" }] })).toBe(2);
});

test("the rehearsal as JSON has a version", () => {
  expect(rehearsalDocument(rehearsal)).toEqual({
    version: 1,
    asOf: "2026-11-24",
    kept: 1,
    broken: 1,
    untried: 0,
    ended: false,
    seconds: 63.7,
    drills: [{ drill: "wipe", seconds: 61.2, verdicts: [kept, broken] }],
    drift: [],
    limits: twinLimits,
  });
});

describe("what it cannot begin with", () => {
  const terminal = { out: () => undefined, err: () => undefined, color: false };
  const options = { root: "stacks", format: "text" } as const;
  const problemsOf = async (names: string[]): Promise<string[]> => {
    const error: unknown = await run(names, options, terminal).catch((reason: unknown) => reason);
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ message }) => message);
  };

  test("drills that there are not", async () => {
    expect(await problemsOf(["wipes", "racks"])).toEqual([
      "there is no drill wipes; did you mean wipe? There are wipe, addresses, intrusion, peak, rack, site, surge",
      "there is no drill racks; did you mean rack? There are wipe, addresses, intrusion, peak, rack, site, surge",
    ]);
  });

  test("a folder without a twin", async () => {
    const folder = mkdtempSync(join(tmpdir(), "rehearse-"));
    const cwd = jest.spyOn(process, "cwd").mockReturnValue(folder);
    expect(await problemsOf(["wipe"])).toEqual(["there is no twin here; start it with `npx zirsakht twin up`"]);
    cwd.mockRestore();
    rmSync(folder, { recursive: true });
  });
});
