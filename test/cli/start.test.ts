/** `start`: who is on its screen, and who is not. */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../lib/cli/start";
import { freshRoot } from "./freshRoot";
import { ran } from "./run";

async function people(root: string): Promise<string | undefined> {
  const { out } = await ran(root, (terminal) => run({ root, format: "text", out: join(root, "out") }, terminal));
  return out.split("\n").find((line) => line.includes("registrations"));
}

test("says how many messengers there are, and how many are not on the screen", async () => {
  const root = freshRoot();
  expect(await people(root)).toMatch(/^3 messengers, /);
  appendFileSync(join(root, "messengers/bale.yaml"), "lifecycle: {state: retired, since: 2026-11-24}\n");
  expect(await people(root)).toMatch(/^2 messengers \(and 1 retired or absent\), /);
});
