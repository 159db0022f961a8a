import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stepsOf } from "../jobs/page";
import { Workplace } from "../jobs/workplace";

const checkout = join(__dirname, "../..");
const textOf = (page: string): string => readFileSync(join(checkout, page), "utf8");
/** The program of the README's library section. */
const program = /```ts\n([\s\S]*?)```/.exec(textOf("README.md"))?.[1] ?? "";
/** docs/company.md as a script, whose first commands install; cdktf needs Terraform, and to deploy a cluster. */
const steps = stepsOf(textOf("docs/company.md")).map((step) => ({ title: step.kind === "run" ? step.command : step.file, step }));
const installed = steps.findIndex(({ title }) => title.startsWith("npm install ")) + 1;
const needsTerraform = /\bnpx cdktf /;

const project = mkdtempSync(join(tmpdir(), "zirsakht-package-"));
const company = new Workplace(project, {
  npm_config_prefer_offline: "true",
  npm_config_ignore_scripts: "true",
  ...{ GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@example", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@example" },
});
afterAll(() => company.throwAway());

function run(folder: string, command: string, ...args: string[]): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
  return { status, text: stdout + stderr };
}

/** Packs the checkout and installs the archive as the page says; what npm said where it could not. */
function install(): string | undefined {
  const packed = run(checkout, "npm", "pack", "--silent", "--pack-destination", project);
  if (packed.status !== 0) return packed.text;
  try {
    for (const { step } of steps.slice(0, installed)) company.perform(step);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

const failure = install();
const unreachable = failure !== undefined && /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.test(failure);
if (unreachable) console.warn("The packed library is NOT tested: no package registry can be reached.");

(unreachable ? describe.skip : describe)("the packed library, installed in a project of its own", () => {
  test("is installed", () => {
    expect(installed).toBeGreaterThan(0);
    expect(failure).toBeUndefined();
  });

  test.each(steps.slice(installed).filter(({ title }) => !needsTerraform.test(title)))(
    "$step.line: $title",
    ({ step }) => company.perform(step),
    60_000,
  );

  test("has what cdktf runs, which writes where cdktf says", () => {
    const { app } = JSON.parse(readFileSync(join(project, "cdktf.json"), "utf8")) as { app: string };
    new Workplace(project, { CDKTF_OUTDIR: "elsewhere" }).perform({ kind: "run", line: 0, command: app, code: 0, prints: [] });
    const { stacks } = JSON.parse(readFileSync(join(project, "elsewhere/manifest.json"), "utf8")) as { stacks: object };
    expect(Object.keys(stacks)).toEqual(["site.thr1"]);
  }, 60_000);

  test("keeps out of the commit what is made anew, and has the schemas where its first lines say", () => {
    const files = run(project, "git", "ls-files").text.trim().split("\n");
    expect(files.filter((file) => !/^\.(?:ci|github|gitlab)\//.test(file))).toEqual([
      ".gitignore",
      ".gitlab-ci.yml",
      "CODEOWNERS",
      "cdktf.json",
      "package-lock.json",
      "package.json",
      "stacks/allocations.lock.json",
      "stacks/estate.yaml",
      "stacks/messengers/.gitkeep",
      "zirsakht-0.1.0.tgz",
    ]);
    const schemas = [...textOf("docs/company.md").matchAll(/\$schema=(?:\.\.\/)+(node_modules\S+\.json)/g)].map(([, path]) => path ?? "");
    expect(schemas.map((path) => existsSync(join(project, path)))).toEqual([true, true]);
    expect(readFileSync(join(project, "CODEOWNERS"), "utf8")).not.toContain("soroush");
  });

  test.each(["README.md", "docs/ci.md", "docs/company.md", "docs/diff.md"])(
    "%s of the package leads nowhere but into the checkout",
    (page) => {
      const folder = join(project, "node_modules/zirsakht");
      const links = [...readFileSync(join(folder, page), "utf8").matchAll(/\]\(([^)#:]+)[^)]*\)/g)].map(([, target]) => target ?? "");
      const dead = links.filter((target) => !existsSync(join(folder, page, "..", target)));
      expect(dead.filter((target) => !/^(?:\.\.\/)?(?:CONTRIBUTING\.md|bench|test\/.*|lib\/.*\.ts)$/.test(target))).toEqual([]);
    },
  );

  test("is extended by a typed program, which synthesizes", () => {
    const folder = join(project, "extended");
    cpSync(join(project, "node_modules/zirsakht/stacks"), join(folder, "stacks"), { recursive: true });
    writeFileSync(join(folder, "main.ts"), program);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          module: "node16",
          target: "es2023",
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: true,
          types: [],
        },
        files: ["main.ts"],
      }),
    );
    expect(run(folder, "npx", "--no", "--", "zirsakht", "allocate", "--as-of", "2026-11-24")).toMatchObject({ status: 0 });
    expect(run(folder, process.execPath, join(checkout, "node_modules/typescript/bin/tsc"), "-p", ".")).toEqual({ status: 0, text: "" });
    expect(run(folder, process.execPath, "main.js")).toEqual({ status: 0, text: "" });
    const stack = JSON.parse(readFileSync(join(folder, "cdktf.out/stacks/soroush.thr1/cdk.tf.json"), "utf8")) as {
      resource: { kubernetes_config_map_v1: { banner: { data: unknown } }; kubernetes_namespace_v1: object };
    };
    expect(stack.resource.kubernetes_config_map_v1.banner.data).toEqual({ text: "Served by our company" });
    expect(Object.keys(stack.resource.kubernetes_namespace_v1)).toHaveLength(1);
  }, 60_000);
});
