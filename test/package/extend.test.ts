import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dependencies } from "../../package.json";

const checkout = join(__dirname, "../..");
/** The program of the README's library section. */
const program = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(checkout, "README.md"), "utf8"))?.[1] ?? "";
const project = mkdtempSync(join(tmpdir(), "zirsakht-package-"));
afterAll(() => {
  rmSync(project, { recursive: true });
});

function run(folder: string, command: string, ...args: string[]): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
  return { status, text: stdout + stderr };
}

/** Packs the checkout and installs the tarball into a project of its own; what npm said where it could not. */
function install(): string | undefined {
  const { "@cdktf/provider-kubernetes": provider, cdktf, constructs } = dependencies;
  const packed = run(checkout, "npm", "pack", "--silent", "--pack-destination", project);
  const tarball = packed.text.trim().split("\n").at(-1) ?? "";
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({
      name: "company",
      private: true,
      dependencies: { "@cdktf/provider-kubernetes": provider, cdktf, constructs, zirsakht: `file:${tarball}` },
    }),
  );
  const installed = run(project, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts");
  return packed.status === 0 && installed.status === 0 ? undefined : packed.text + installed.text;
}

cpSync(join(checkout, "stacks"), join(project, "stacks"), { recursive: true });
rmSync(join(project, "stacks/allocations.lock.json"), { force: true });
const failure = install();
const unreachable = failure !== undefined && /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.test(failure);
if (unreachable) console.warn("The packed library is NOT tested: no package registry can be reached.");

(unreachable ? describe.skip : describe)("the packed library, installed in a project of its own", () => {
  test("is installed", () => {
    expect(failure).toBeUndefined();
  });

  test("brings its command line, which allocates", () => {
    const allocated = run(project, join(project, "node_modules/.bin/zirsakht"), "allocate", "--as-of", "2026-11-24");
    expect(allocated).toMatchObject({ status: 0 });
  }, 60_000);

  test("is extended by a typed program, which synthesizes", () => {
    writeFileSync(join(project, "main.ts"), program);
    writeFileSync(
      join(project, "tsconfig.json"),
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
    expect(run(project, process.execPath, join(checkout, "node_modules/typescript/bin/tsc"), "-p", ".")).toEqual({ status: 0, text: "" });
    expect(run(project, process.execPath, "main.js")).toEqual({ status: 0, text: "" });
    const stack = JSON.parse(readFileSync(join(project, "cdktf.out/stacks/soroush.thr1/cdk.tf.json"), "utf8")) as {
      resource: { kubernetes_config_map_v1: { banner: { data: unknown } }; kubernetes_namespace_v1: object };
    };
    expect(stack.resource.kubernetes_config_map_v1.banner.data).toEqual({ text: "Served by our company" });
    expect(Object.keys(stack.resource.kubernetes_namespace_v1)).toHaveLength(1);
  }, 60_000);
});
