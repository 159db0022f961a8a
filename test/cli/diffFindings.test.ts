/** Findings that need more of the files than the objects that differ. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run as allocate } from "../../lib/cli/allocate";
import { run } from "../../lib/cli/diff";
import type { Report } from "../../lib/diff/report";
import { GitRepository } from "../support/gitRepository";
import { edit } from "../support/root";
import { freshRoot } from "./freshRoot";
import { editLock } from "./run";

const quiet = { out: () => undefined, err: () => undefined, color: false };

async function told(repository: GitRepository, options: object = {}): Promise<{ code: number; report: Report }> {
  const said: string[] = [];
  const code = await run(
    ["HEAD"],
    { root: repository.stacks, format: "json", ...options },
    { ...quiet, out: (text) => void said.push(text) },
  );
  return { code, report: JSON.parse(said.join("")) as Report };
}

const fresh = () => new GitRepository(freshRoot());

test("a stack at a site that its messenger has left changes with the messenger's file", async () => {
  const repository = fresh();
  edit(repository.stacks, "messengers/bale.yaml", { "thr1: 100%": "mhd1: 100%" });
  await allocate(["bale"], { root: repository.stacks, format: "text", partial: true }, quiet);
  repository.commit("bale moves; what it had at thr1 is on its way back");
  edit(repository.stacks, "messengers/bale.yaml", { "name: {en: Bale": "name: {en: Another" });
  const { report } = await told(repository);
  expect(report.changes.flatMap(({ stacks }) => stacks)).toContain("bale.thr1");
});

test("what is shown does not change how it ends", async () => {
  const repository = fresh();
  edit(repository.stacks, "messengers/bale.yaml", {
    "access: {admins: [bale-admins]}": "access: {admins: [bale-admins]}\nlifecycle: retired",
  });
  expect((await told(repository, { failOn: ["guard-lifted"] })).code).toBe(3);
  const { code, report } = await told(repository, { failOn: ["guard-lifted"], securityOnly: true });
  expect([code, report.risk]).toEqual([3, []]);
  edit(repository.stacks, "messengers/bale.yaml", { "\nlifecycle: retired": "" });
  expect((await told(repository, { securityOnly: true })).code).toBe(0);
});

test("a breach of the policy that needs a stack which is the same is a risk, as every breach is", async () => {
  const repository = fresh();
  edit(repository.stacks, "messengers/bale.yaml", { "admins: [bale-admins]": "admins: [soroush-admins]" });
  const { report, code } = await told(repository, { failOn: ["policy"] });
  expect(report.risk).toEqual([
    {
      rule: "policy",
      stack: expect.stringMatching(/^(bale\.thr1|soroush\.(thr1|mhd1))$/) as string,
      address: "kubernetes_role_binding_v1.access_binding-admin",
      object: expect.stringMatching(/^RoleBinding messenger-(bale|soroush)\/admin$/) as string,
      what: expect.stringMatching(
        /^synth refuses it: Group soroush-admins has rights in messenger-bale and in messenger-soroush; .*\[one-messenger-per-identity\]$/,
      ) as string,
      why: "What breaks a rule of the policy is never synthesized: nothing of this change can be applied.",
    },
    ...report.risk.slice(1),
  ]);
  expect(report.risk.every(({ rule }) => rule === "policy")).toBe(true);
  expect(report.verdict).toMatch(/^RISK: policy \d/);
  expect(code).toBe(3);
});

test("two locks that merged cleanly and break a law together are a risk", async () => {
  const repository = fresh();
  editLock(repository.stacks, ({ sites }) => {
    const { bale } = sites.thr1?.bandwidth ?? {};
    if (bale) Object.assign(bale, { egressMbps: 900_000 });
  });
  const { report } = await told(repository, { failOn: ["law"] });
  expect(report.risk[0]).toMatchObject({
    rule: "law",
    stack: "site.thr1",
    what: expect.stringMatching(/^a promise cannot be kept at thr1: /) as string,
  });
});

test("a server that dies under a messenger is a new deficit, in the verdict and for --fail-on", async () => {
  const repository = fresh();
  const { servers } = (
    JSON.parse(readFileSync(join(repository.stacks, "allocations.lock.json"), "utf8")) as {
      sites: { thr1: { servers: Record<string, { messenger?: string }> } };
    }
  ).sites.thr1;
  const held = Object.keys(servers).filter((name) => servers[name]?.messenger === "soroush");
  edit(repository.stacks, "estate.yaml", {
    'outOfService: {thr1-r01-s07: "memory errors"}': `outOfService: {thr1-r01-s07: "memory errors", ${held.map((name) => `${name}: "fire"`).join(", ")}}`,
  });
  const { report, code } = await told(repository, { failOn: ["deficit"] });
  expect(report.verdict).toMatch(/\d+ new DEFICIT/);
  expect(code).toBe(3);
  repository.commit("the fire");
  expect((await told(repository, { failOn: ["deficit"] })).code).toBe(0);
});

test("a secret in a value that somebody wrote is in no form of the report", async () => {
  const repository = fresh();
  const secret = "Bearer abcdefghijk123";
  edit(repository.stacks, "messengers/bale.yaml", { "name: {en: Bale": `name: {en: "${secret}"` });
  for (const format of ["text", "markdown", "json", "html"]) {
    const said: string[] = [];
    await run(["HEAD"], { root: repository.stacks, format: format as "text" }, { ...quiet, out: (text) => void said.push(text) });
    expect(said.join("")).toContain("name.en");
    expect(said.join("")).not.toContain("abcdefghijk123");
  }
});

test("who is not allocated yet can end a run", async () => {
  const repository = fresh();
  const file = join(repository.stacks, "messengers/soroush.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("active: 500k", "active: 950k"));
  const { report, code } = await told(repository, { failOn: ["stale"] });
  expect([report.verdict, code]).toEqual(["NOT ALLOCATED: soroush. No object changes in 6 stacks.", 3]);
  expect(report.notes).toEqual([
    "soroush is stale, and its stacks are as the lock has them until `npx zirsakht allocate soroush`",
    expect.stringMatching(/^soroush at mhd1: compute, it has .*; it needs \d+ Mbit\/s out, holds \d+; /),
    expect.stringMatching(/^soroush at thr1: it needs /),
  ]);
});

test("what allocate would refuse is a risk, with what would help", async () => {
  const repository = fresh();
  edit(repository.stacks, "messengers/soroush.yaml", { "active: 500k": "active: 30M", "registered: 1M": "registered: 40M" });
  const { report, code } = await told(repository, { failOn: ["does-not-fit"] });
  expect(report.verdict).toMatch(/^NOT ALLOCATED: soroush\. RISK: does-not-fit \d+; /);
  expect(report.risk[0]).toMatchObject({
    rule: "does-not-fit",
    stack: "soroush.mhd1",
    object: "soroush",
    what: expect.stringMatching(/^it does not fit at mhd1: .*; what would help: \S/) as string,
  });
  expect(code).toBe(3);
});

test("a switch plan that the estate changes is told, though no object differs", async () => {
  const repository = fresh();
  edit(repository.stacks, "estate.yaml", { "Ethernet{n}/2": "Ethernet{n}/4" });
  const { report, code } = await told(repository);
  expect([report.changes, report.switchPlans, code]).toEqual([[], ["thr1"], 2]);
  expect(report.notes).toContain(
    'the switch plan network/thr1.yaml changes: racks.r01.servers["thr1-r01-s01"].ports[1] "Ethernet1/2" -> "Ethernet1/4", and 21 more values',
  );
});

test("of a switch plan only what the estate changes is told, not what grants change beside it", async () => {
  const repository = fresh();
  edit(repository.stacks, "estate.yaml", { "uplink: 400 Gbit/s": "uplink: 300 Gbit/s" });
  edit(repository.stacks, "messengers/bale.yaml", { "thr1: 100%": "mhd1: 100%" });
  await allocate(["bale"], { root: repository.stacks, format: "text", partial: true }, quiet);
  const { report } = await told(repository);
  expect(report.grants.length).toBeGreaterThan(0);
  expect(report.notes.filter((note) => note.startsWith("the switch plan"))).toEqual([
    "the switch plan network/thr1.yaml changes: uplinkMbps 400000 -> 300000",
  ]);
});

test("a file that moves nothing is named, and the end is that of no difference", async () => {
  const repository = fresh();
  edit(repository.stacks, "messengers/soroush.yaml", { "name: {en: Soroush": "name: # its name\n  {en: Soroush" });
  const { report, code } = await told(repository);
  expect([report.verdict, report.notes, code]).toEqual([
    "Nothing differs in 6 stacks.",
    ["no grant and no stack changes by what changes in the file of soroush"],
    0,
  ]);
});
