/** In processes of their own, as the tests' own modules are not Node's. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const engine = join(__dirname, "../../dist/lib/engine/terraform.js");
const answer = (program: string, ...args: readonly string[]): string =>
  execFileSync(process.execPath, ["-e", program, engine, ...args], { encoding: "utf8", cwd: join(__dirname, "../..") }).trim();

test("cdktf is loaded without its packer, and who asks for the packer gets it", () => {
  expect(
    answer(`
      require(process.argv[1]);
      const packer = require.resolve("archiver");
      const isLoaded = packer in require.cache;
      console.log(isLoaded, typeof require(packer));`),
  ).toBe("false function");
});

test("a packer that is loaded already stays", () => {
  expect(answer(`const packer = require("archiver"); require(process.argv[1]); console.log(require("archiver") === packer);`)).toBe("true");
});

test("an asset is packed all the same", () => {
  const folder = mkdtempSync(join(tmpdir(), "asset-"));
  writeFileSync(join(folder, "a.txt"), "a");
  const out = mkdtempSync(join(tmpdir(), "out-"));
  try {
    answer(
      `
      const [, engine, path, outdir] = process.argv;
      const { App, TerraformStack } = require(engine);
      const { AssetType, TerraformAsset } = require("cdktf");
      const app = new App({ outdir });
      new TerraformAsset(new TerraformStack(app, "a"), "asset", { path, type: AssetType.ARCHIVE });
      app.synth();`,
      folder,
      out,
    );
    expect(readdirSync(out, { recursive: true }).filter((file) => String(file).endsWith(".zip"))).toHaveLength(1);
  } finally {
    for (const each of [folder, out]) rmSync(each, { recursive: true });
  }
});
