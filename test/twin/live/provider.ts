/** Whether terraform and the provider's plugin are to be had here, by the user's own configuration. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const main = { terraform: { required_providers: { kubernetes: { source: "hashicorp/kubernetes" } } } };

/** Why stacks cannot be applied by terraform here; `undefined` where they can. */
export function whyNoTerraform(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "provider-"));
  try {
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(main));
    const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
    const { status, stderr } = spawnSync("terraform", ["init", "-input=false", "-no-color"], { cwd: folder, env, encoding: "utf8" });
    if (status === 0) return undefined;
    return status === null ? "there is no terraform on the PATH" : stderr.slice(Math.max(0, stderr.indexOf("Error:"))).replace(/\s+/g, " ");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
