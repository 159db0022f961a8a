/** Roads that begin with Terraform: a stack is destroyed, or a server's lines are lost from the files and the stack is applied. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../request/problem";
import { poolHolder } from "../../../allocation/grant";
import { hardwareNamespace } from "../../../hardware/namespace";
import { valueAt, type ApiObject, type JsonObject, type TerraformConfig } from "../../../manifests/apiObject";
import { buildApp } from "../../../stacks/app";
import { temporaryFolder } from "../../control/folder";
import { kubeconfigOf } from "../../control/kubeconfig";
import { cannotTry, environmentFor, findTerraform, lacksPlugin, plain } from "../../deploy/terraform";
import { run } from "../../run";
import type { Ground } from "./ground";
import { guardOf, type Tried } from "./roads";

/** The stack that holds a host. */
const stackOf = ({ site, servers }: Ground, host: ApiObject): string => {
  const holder = servers.get(host.metadata.name)?.holder ?? poolHolder;
  return `${holder === poolHolder ? "site" : holder}.${site}`;
};

/** The stack as it is synthesized, with nothing but the host in it, and a state of its own. */
function stackWith(ground: Ground, host: ApiObject, folder: string): { readonly id: string; readonly config: JsonObject } {
  const stack = stackOf(ground, host);
  buildApp(ground.stage.request, { stacks: [stack], outdir: folder }).synth();
  const whole = JSON.parse(readFileSync(join(folder, "stacks", stack, "cdk.tf.json"), "utf8")) as TerraformConfig & JsonObject;
  const { kubernetes_manifest: manifests = {} } = whole.resource ?? {};
  const [id, body] = Object.entries(manifests).find(([, { manifest }]) => {
    const isHost = valueAt(manifest, "kind") === host.kind;
    return isHost && valueAt(manifest, "metadata", "name") === host.metadata.name;
  }) ?? [""];
  if (!body) throw new Error(`the stack ${stack} has no ${host.metadata.name}`);
  const alone = Object.fromEntries(Object.entries(body).filter(([key]) => key !== "depends_on"));
  const terraform = { ...(whole.terraform as JsonObject), backend: { local: { path: join(folder, "terraform.tfstate") } } };
  return { id, config: { ...whole, terraform, resource: { kubernetes_manifest: { [id]: alone } } } };
}

/** Runs Terraform, or OpenTofu, in the folder of one stack. */
class Runner {
  private constructor(
    private readonly program: string,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly signal: AbortSignal,
  ) {}

  /** Throws an InputError where there is none, or no plugin of the provider. */
  static async ready(folder: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Runner> {
    const program = await findTerraform({ cwd: folder, env, signal });
    const runner = new Runner(program, folder, env, signal);
    const { failed, text } = await runner.run("init");
    const words = text.replace(/^.*?(?=Error: )/, "");
    if (failed && !lacksPlugin(words)) throw new Error(`${program} init of a stack of one host: ${words}`);
    if (failed) throw new InputError([{ message: `${cannotTry}: ${words}` }]);
    return runner;
  }

  async run(verb: string, ...words: readonly string[]): Promise<{ readonly failed: boolean; readonly text: string }> {
    const { program, folder: cwd, env, signal } = this;
    const answer = await run(program, [verb, "-input=false", "-no-color", ...words], { cwd, env, signal });
    signal.throwIfAborted();
    return { failed: answer?.code !== 0, text: plain(`${answer?.out ?? ""}\n${answer?.err ?? ""}`) };
  }
}

/**
 * Tries both on a host, in a state of the drill's own.
 * @returns why it could not be tried, where there is no Terraform or no plugin of the provider
 */
export async function tryTerraform(ground: Ground, host: ApiObject): Promise<readonly (Tried & { readonly what: string })[] | string> {
  const folder = temporaryFolder(ground.twinSite.access.temporary, "terraform");
  try {
    const { connection } = await ground.twinSite.admin();
    const kubeconfig = join(folder, "kubeconfig");
    const { context = ground.site } = ground.stage.request.estate.sites[ground.site] ?? {};
    writeFileSync(kubeconfig, kubeconfigOf(new Map([[context, connection]])), { mode: 0o600 });
    const { id, config } = stackWith(ground, host, folder);
    const write = (content: JsonObject): void => writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(content));
    write(config);
    const terraform = await Runner.ready(folder, environmentFor(kubeconfig, process.env), ground.stage.signal);
    const { apiVersion, kind, metadata } = host;
    const place = `apiVersion=${apiVersion},kind=${kind},namespace=${hardwareNamespace},name=${metadata.name}`;
    const imported = await terraform.run("import", `kubernetes_manifest.${id}`, place);
    if (imported.failed) throw new Error(`${metadata.name} cannot be imported: ${imported.text}`);

    const destroyed = await terraform.run("destroy", "-auto-approve");
    const kept = destroyed.failed && destroyed.text.includes("prevent_destroy");
    // Lines that are lost take their own protection with them.
    write(Object.fromEntries(Object.entries(config).filter(([key]) => key !== "resource")));
    const applied = await terraform.run("apply", "-auto-approve");
    const words = guardOf(applied.text);
    return [
      { what: "terraform destroy of its stack", refused: kept, said: kept ? "terraform itself: prevent_destroy" : destroyed.text },
      {
        what: "terraform apply of its stack without it",
        refused: applied.failed && words !== undefined,
        said: words ?? `not the guard's refusal: ${applied.text}`,
      },
    ];
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
