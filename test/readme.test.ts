/** The README's examples, run in order on a copy of the company's files: its messenger is added by its own commands. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const checkout = join(__dirname, "..");
const readme = readFileSync(join(checkout, "README.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "zirsakht-readme-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The code block that follows `<!-- example name -->`, without its indentation. */
function example(name: string): string {
  const block = new RegExp(`<!-- example ${name} -->\\s*\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1];
  if (block === undefined) throw new Error(`the README has no example ${name}`);
  return block.replaceAll(/^ {3}/gm, "");
}

cpSync(join(checkout, "stacks"), join(folder, "stacks"), { recursive: true });
writeFileSync(join(folder, "stacks/messengers/kaktus.yaml"), example("messengers/kaktus.yaml"));

const commands = example("commands").trim().split("\n");

test("the README has commands", () => {
  expect(commands.length).toBeGreaterThan(3);
});

test.each(commands)("%s", (command) => {
  const [npx, zirsakht, ...args] = command.replaceAll("'", "").split(" ");
  expect([npx, zirsakht]).toEqual(["npx", "zirsakht"]);
  const main = join(checkout, "dist/lib/cli/main.js");
  const { status, stderr } = spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("the messenger then has its stack", () => {
  const stack = JSON.parse(readFileSync(join(folder, "cdktf.out/stacks/kaktus.thr1/cdk.tf.json"), "utf8")) as { resource: object };
  expect(Object.keys(stack.resource)).toContain("kubernetes_namespace_v1");
});

test.each([...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target ?? ""))("the README's link %s leads somewhere", (target) => {
  expect(() => readFileSync(join(checkout, target))).not.toThrow(/ENOENT/);
});
