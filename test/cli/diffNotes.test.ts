import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../lib/cli/diff";
import { GitRepository } from "../support/gitRepository";
import { freshRoot } from "./freshRoot";

async function notesOf(repository: GitRepository, ...names: string[]): Promise<string[]> {
  const said: string[] = [];
  const terminal = { out: (text: string) => void said.push(text), err: () => undefined, color: false };
  await run(names, { root: repository.stacks, format: "json" }, terminal);
  return (JSON.parse(said.join("")) as { notes: string[] }).notes;
}

const folders = "is not in this report: synthesize both sides and compare the folders, `zirsakht diff DIR DIR`";
const locked = (version: string): string =>
  JSON.stringify({ packages: { "": {}, "node_modules/zirsakht": { version, license: "Apache-2.0" } } }, undefined, 2);

test("another toolkit on the other side is said, for one made both", async () => {
  const repository = new GitRepository(freshRoot());
  const file = join(repository.root, "package-lock.json");
  writeFileSync(file, locked("0.1.0"));
  const base = repository.commit("a toolkit");
  writeFileSync(file, locked("0.2.0"));
  const note = `the toolkit goes from 0.1.0 to 0.2.0, and this one made both sides; what the toolkit changes ${folders}`;
  expect(await notesOf(repository, base)).toEqual([note]);
  expect(await notesOf(repository, base, repository.commit("another"))).toEqual([note]);
  expect(await notesOf(repository, "HEAD", "HEAD")).toEqual([]);
});

test("stacks of the company's own classes are said", async () => {
  const repository = new GitRepository(freshRoot());
  writeFileSync(join(repository.stacks, "main.ts"), "buildApp(request, { messengerStack: WithBanner });\n");
  const note = `stacks/main.ts makes stacks with classes of its own; what that adds ${folders}`;
  expect(await notesOf(repository, "HEAD")).toEqual([note]);
  expect(await notesOf(repository, repository.commit("own classes"), "HEAD")).toEqual([note]);
});
