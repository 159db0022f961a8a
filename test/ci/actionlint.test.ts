/** The workflows are checked with actionlint, built of the module that actionlint/go.mod pins; where that cannot be, this is skipped, out loud. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../lib/twin/programs/go";
import { checkout, workflows } from "./workflows";

const pins = join(__dirname, "actionlint");
const temporary = mkdtempSync(join(tmpdir(), "zirsakht-actionlint-"));
const program = join(temporary, "actionlint");

/** Why this machine cannot build it: no Go, an old one, or nothing to fetch the module from. A wrong checksum is no excuse. */
function excuse(): string | undefined {
  const env = { ...process.env, GOTOOLCHAIN: "local", GOWORK: "off" };
  const { error, status, stderr } = spawnSync("go", ["mod", "download"], { cwd: pins, env, encoding: "utf8" });
  if (error) return "there is no Go";
  return status === 0 || stderr.includes("SECURITY ERROR") ? undefined : stderr.trim();
}
const reason = excuse();
const check = reason === undefined ? test : test.skip;
if (reason !== undefined) process.stderr.write(`SKIPPED: the workflows are not checked with actionlint, because of this: ${reason}\n`);

beforeAll(async () => {
  if (reason === undefined)
    await build("actionlint", "github.com/rhysd/actionlint/cmd/actionlint", [], program, { folder: pins, temporary });
}, 300_000);
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** What actionlint has to say of a file. */
function lint(file: string): string {
  // What else is installed decides nothing: neither shellcheck nor pyflakes.
  const { stdout, stderr, status } = spawnSync(program, ["-no-color", "-oneline", "-shellcheck=", "-pyflakes=", file], {
    cwd: checkout,
    encoding: "utf8",
  });
  return status === 0 || status === 1 ? stdout : `${String(status)}: ${stderr}`;
}

check.each(workflows.map(({ file }) => file))("%s", (file) => {
  expect(lint(join(checkout, ".github/workflows", file))).toBe("");
});

check("what actionlint is for, it finds", () => {
  const { text = "" } = workflows.find(({ name }) => name === "plan") ?? {};
  const broken = join(temporary, "broken.yml");
  writeFileSync(
    broken,
    text.replace("run: npm ci", "run: echo ${{ github.event.pull_request.title }}").replace("needs: plan", "needs: plans"),
  );
  expect(lint(broken)).toMatch(/potentially untrusted[^]*"plans"|"plans"[^]*potentially untrusted/);
});
