import { join } from "node:path";
import Ajv from "ajv";
import { z } from "zod";
import { run } from "../../lib/cli/diff";
import { reportSchema } from "../../lib/diff/report";
import schema from "../../schemas/diff.json";
import { GitRepository } from "../support/gitRepository";
import { expectUpToDate } from "../support/upToDate";
import { edit } from "../support/root";
import { freshRoot } from "../cli/freshRoot";

async function documentOf(names: readonly string[], options: object, root = "stacks"): Promise<unknown> {
  const said: string[] = [];
  await run(names, { root, format: "json", ...options }, { out: (text) => void said.push(text), err: () => undefined, color: false });
  return JSON.parse(said.join(""));
}

test("schemas/diff.json says what the document holds", () => {
  const json = z.toJSONSchema(reportSchema, { target: "draft-7" });
  expectUpToDate("schemas/diff.json", `${JSON.stringify({ title: "zirsakht diff --format json", ...json }, undefined, 2)}\n`);
});

test("reports of files and of saved plans are as the schema says", async () => {
  const repository = new GitRepository(freshRoot());
  edit(repository.stacks, "messengers/bale.yaml", { "admins: [bale-admins]": "admins: [bale-admins, bale-guests]" });
  const isValid = new Ajv({ formats: { date: true } }).compile(schema);
  const ofFiles = await documentOf(["main"], {}, repository.stacks);
  expect(ofFiles).toMatchObject({ version: 1, security: [{ rule: "binding-subjects", direction: "widens" }], unchanged: 5 });
  expect([isValid(ofFiles), isValid.errors]).toEqual([true, null]);
  const plan = join(__dirname, "plan/fixtures/drift-and-change/gap.thr1.json");
  const ofPlans = await documentOf([], { plan: [plan] });
  expect([isValid(ofPlans), isValid.errors]).toEqual([true, null]);
});
