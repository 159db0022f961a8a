import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import { run } from "../../lib/cli/size";
import type { CommonOptions } from "../../lib/cli/terminal";
import type { SizeDocument } from "../../lib/sizing/document";
import schema from "../../schemas/size.json";
import { fixtures } from "../support/estate";

let root: string;
beforeAll(() => {
  root = join(mkdtempSync(join(tmpdir(), "size-")), "stacks");
  cpSync(fixtures, root, { recursive: true });
  const empty = { servers: {}, images: {}, vlans: {}, private: {}, vips: {}, egress: {}, bandwidth: {}, quotas: {}, short: {} };
  const site = { ...empty, quarantine: { servers: {}, prefixes: {}, vlans: {} } };
  const lock = { version: 1, asOf: "2026-11-24", horizon: "90d", coefficients: "1", sites: { mhd1: site, thr1: site } };
  writeFileSync(join(root, "allocations.lock.json"), JSON.stringify(lock));
});
afterAll(() => rmSync(join(root, ".."), { recursive: true }));

async function size(names: string[], options: Partial<CommonOptions & { set: string[] }> = {}) {
  const printed = { out: [] as string[], err: [] as string[] };
  const terminal = { out: (text: string) => void printed.out.push(text), err: (text: string) => void printed.err.push(text), color: false };
  const code = await run(names, { root, format: "text", ...options }, terminal);
  return { code, out: printed.out.join("\n"), err: printed.err.join("\n") };
}

async function json(names: string[], set: string[] = []): Promise<SizeDocument["messengers"]> {
  const { out } = await size(names, { format: "json", set });
  return (JSON.parse(out) as SizeDocument).messengers;
}

test("says what a messenger needs, why, and how sure that is", async () => {
  const { code, out } = await size(["soroush"]);
  expect(code).toBe(0);
  for (const said of [
    "Soroush: focus, stack class B (unvalidated), own servers; 500,000 active of 1,000,000 registered (test).",
    "The most in 2026-11-24 to 2027-02-22 is on 2027-01-05, by surge arrival-of-all (all messengers): 1,086,598 active users. Allocation takes that day.",
    "Retention (media_days 30, message_days 365) and stack class (stack_eff_B 600) decide more than all else: ask the messenger for both.",
    "Warning: soroush is of stack class B, which is unvalidated: no published fleet lies between classes A and C.",
    "It is shown, never granted.",
  ])
    expect(out).toContain(said);
  expect(out).toMatch(/^threads, class B \(unvalidated\) +75\.6 +18\.9 – 315 +stack_eff_B +164 +41\.1 – 685 +stack_eff_B$/m);
  expect(out).toMatch(/^thr1 alone +100 % +164 /m);
  expect(out).toMatch(/^profile\.size_photo +100 +request +the messenger's profile$/m);
  expect(out).toMatch(/^dau_mau +0\.6 +0\.38 +0\.77 +daily/m);
});

test("shows a surge's sign-ups beside everybody's reconnecting", async () => {
  const { out } = await size(["soroush"], { set: ["surges=[{name: now, from: 2026-12-01, to: 2026-12-02, factor: 4}]"] });
  expect(out).toContain("Surge now: 0.986 sign-ups a second in its busiest hour; everybody reconnecting is 1,708 logins a second.");
  expect(out).toContain("is on 2026-12-02, by surge now: 2,0");
});

test("sizes all messengers without names, and bounds the people behind them", async () => {
  const { out } = await size([]);
  expect(out).toMatch(/^bale\n====$[\s\S]*^hodhod\n======$[\s\S]*^soroush\n=======$[\s\S]*^together\n/m);
  expect(out).toContain("at least 1,000,000 and at most 1,500,000 people");
  expect(out).toContain("Warning: bale says nothing of its channels");
});

test("writes Markdown for a pull request", async () => {
  const { out } = await size(["bale"], { format: "markdown" });
  expect(out).toContain("## bale\n");
  expect(out).toMatch(
    /^\|  \| 2026-11-24 \| low – high \| moved most by \| 2026-12-20 \| low – high \| moved most by \|\n\| --- \| ---: \| ---: \| --- \|/m,
  );
});

test("writes JSON as its schema says, and warnings to standard error", async () => {
  const { out, err } = await size([], { format: "json" });
  const ajv = new Ajv({ validateFormats: false });
  ajv.validate(schema, JSON.parse(out));
  expect(ajv.errors).toBeNull();
  expect(err).toContain("warning: bale says nothing of its channels");
});

test("a name that no messenger has is an error with the nearest that one has", async () => {
  await expect(size(["sorush"])).rejects.toThrow(
    `there is no messenger "sorush": ${join(root, "messengers/sorush.yaml")} does not exist; did you mean soroush?`,
  );
});

describe("what if", () => {
  test("another audience is tried, and nothing is written", async () => {
    const [[now], [tried], [after]] = [await json(["soroush"]), await json(["soroush"], ["audience.active=1M"]), await json(["soroush"])];
    expect(tried?.load.dailyActive).toBe(600_000);
    expect(after).toEqual(now);
  });

  test("daily active users and channels grow with the audience that they were counted at", async () => {
    const [[bale], [more]] = [await json(["bale"]), await json(["bale"], ["audience.active=120k"])];
    expect([bale?.load.dailyActive, more?.load.dailyActive]).toEqual([25_000, 50_000]);
    const [[soroush], [larger]] = [await json(["soroush"], ["growth={}"]), await json(["soroush"], ["growth={}", "audience.active=1M"])];
    expect((larger?.load.messagesOutPerSecond ?? 0) / (soroush?.load.messagesOutPerSecond ?? 0)).toBeCloseTo(2, 7);
  });

  test("an unknown key is an error with the nearest known", async () => {
    await expect(size(["soroush"], { set: ["audience.actve=10M"] })).rejects.toThrow(
      "--set audience.actve=10M: audience: unknown key actve, did you mean active?",
    );
  });

  test("it takes one named messenger", async () => {
    await expect(size([], { set: ["audience.active=10M"] })).rejects.toThrow(
      "--set tries values of one messenger's file, and none is named; name one",
    );
    await expect(size(["bale", "soroush"], { set: ["audience.active=10M"] })).rejects.toThrow("and 2 are named; name one");
  });
});
