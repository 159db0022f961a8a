/** The workflows are checked with actionlint, built of the module that actionlint/go.mod pins; without Go this is skipped, out loud. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, isAtLeast } from "../../lib/twin/programs/go";
import { checkout, workflows } from "./workflows";

const pins = join(__dirname, "actionlint");
const [, goVersion = ""] = /^go (\S+)$/m.exec(readFileSync(join(pins, "go.mod"), "utf8")) ?? [];
const temporary = mkdtempSync(join(tmpdir(), "zirsakht-actionlint-"));
const program = join(temporary, "actionlint");
const { stdout: installed } = spawnSync("go", ["env", "GOVERSION"], {
  encoding: "utf8",
  env: { ...process.env, GOTOOLCHAIN: "local" },
});
const hasGo = isAtLeast(((installed as string | null) ?? "").replace(/^go/, "").trim() || "0", goVersion);
const check = hasGo ? test : test.skip;
if (!hasGo) process.stderr.write(`SKIPPED: the workflows are not checked with actionlint, which is built with Go ${goVersion} or newer\n`);

beforeAll(async () => {
  if (hasGo) await build("actionlint", "github.com/rhysd/actionlint/cmd/actionlint", [], program, { folder: pins, temporary });
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
