/** The README's examples, run in order on a copy of the company's files: its messenger is added by its own commands. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GitRepository } from "./support/gitRepository";

const checkout = join(__dirname, "..");
const readme = readFileSync(join(checkout, "README.md"), "utf8");
const folder = new GitRepository(join(checkout, "stacks")).root;

/** The code block that follows `<!-- example name -->`, without its indentation. */
function example(name: string): string {
  const block = new RegExp(`<!-- example ${name} -->\\s*\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1];
  if (block === undefined) throw new Error(`the README has no example ${name}`);
  return block.replaceAll(/^ {3}/gm, "");
}

writeFileSync(join(folder, "stacks/messengers/kaktus.yaml"), example("messengers/kaktus.yaml"));

const linesOf = (name: string): string[] => example(name).trim().split("\n");

/** Runs `npx zirsakht …` as the README has it; what follows `#` is for people. */
function run(line: string): { status: number | null; stdout: string; stderr: string } {
  const [command = ""] = line.split("#");
  const [npx, zirsakht, ...args] = command.trim().replaceAll("'", "").split(/ +/);
  expect([npx, zirsakht]).toEqual(["npx", "zirsakht"]);
  const main = join(checkout, "dist/lib/cli/main.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

const commands = linesOf("commands");

test("the README has commands", () => {
  expect(commands.length).toBeGreaterThan(3);
});

test.each(commands)("%s", (command) => {
  expect(run(command)).toMatchObject({ status: 0, stderr: "" });
});

test("the messenger then has its stack", () => {
  const stack = JSON.parse(readFileSync(join(folder, "cdktf.out/stacks/kaktus.thr1/cdk.tf.json"), "utf8")) as { resource: object };
  expect(Object.keys(stack.resource)).toContain("kubernetes_namespace_v1");
});

const comparisons = linesOf("diff");

test("the README compares", () => {
  expect(comparisons.length).toBeGreaterThan(2);
});

test.each(comparisons)("%s", (line) => {
  const code = /# exits with (\d)/.exec(line)?.[1];
  const { status, stdout, stderr } = run(line);
  expect({ status, stderr }).toEqual({ status: Number(code), stderr: "" });
  if (status !== 0) expect(stdout).toContain("kaktus at ");
});

test.each([...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target ?? ""))("the README's link %s leads somewhere", (target) => {
  expect(() => readFileSync(join(checkout, target))).not.toThrow(/ENOENT/);
});
