/** Apps of the tests of this folder, and what they write. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App, type AppConfig } from "cdktf/lib/app";
import { LocalBackend } from "cdktf/lib/backends/local-backend";
import { TerraformStack } from "cdktf/lib/terraform-stack";

const root = mkdtempSync(join(tmpdir(), "zirsakht-fast-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A new folder, removed in the end. */
export const folder = (): string => mkdtempSync(join(root, "out-"));

/** Every file that an app which `build` makes writes, by its path, and the error that it ends in. */
export function filesOfApp(build: (outdir: string) => App): { readonly files: Record<string, string>; readonly error: string | undefined } {
  const outdir = folder();
  let error: string | undefined;
  try {
    build(outdir).synth();
  } catch (thrown) {
    error = (thrown as Error).message.replaceAll(outdir, "OUT");
  }
  const entries = readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ name, parentPath }) => join(parentPath, name)).sort();
  const files = Object.fromEntries(paths.map((path) => [relative(outdir, path), readFileSync(path, "utf8").replaceAll(outdir, "OUT")]));
  return { files, error };
}

/** The same for a new app that `build` fills. */
export function filesOf(build: (app: App) => void, config: AppConfig = {}): ReturnType<typeof filesOfApp> {
  return filesOfApp((outdir) => {
    const app = new App({ outdir, stackTraces: false, ...config });
    build(app);
    return app;
  });
}

/** A stack with a backend and a provider. */
export function stackIn(app: App, name: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  new LocalBackend(stack, { path: `${name}.tfstate` });
  new KubernetesProvider(stack, "kubernetes", { configContext: "thr1" });
  return stack;
}
