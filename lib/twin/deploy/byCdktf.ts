/** Deploys by `cdktf deploy`, which runs terraform for many stacks at a time; the states are those of the way by terraform. */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../../request/problem";
import type { TwinFolder } from "../control/folder";
import { run } from "../run";
import { cannotTry, environmentFor, plain, type Terraform } from "./terraform";
import type { TwinSite } from "../control/twinSite";
import { type Brought, claim, type Way } from "./way";

/** Stacks at a time: each runs terraform and its provider. */
const parallelism = 2;

/** The way by cdktf. */
export class ByCdktf implements Way {
  constructor(
    private readonly folder: TwinFolder,
    private readonly terraform: Terraform,
    private readonly resources: (stack: string) => number,
    private readonly signal: AbortSignal,
  ) {}

  /** As by terraform: a stack that is one no more was emptied before. */
  deployedTo(): string[] {
    return [];
  }

  async bring({ site }: TwinSite, stacks: readonly string[], progress: (what: string) => void): Promise<Brought> {
    const [first] = stacks;
    if (first === undefined) return { created: 0, changed: 0, unchanged: 0, removed: 0 };
    // cdktf makes every stack ready itself; one is tried before, for its words where the plugin is missing are many.
    await this.terraform.init(first);
    claim(this.folder.site(site), "terraform");
    // It looks for a project; the stacks lie there already, so there is no app to run.
    const project = { language: "typescript", app: "true", projectId: "zirsakht-twin", sendCrashReports: "false" };
    writeFileSync(join(this.folder.path, "cdktf.json"), JSON.stringify(project));
    const options = ["--skip-synth", "--skip-provider-lock", "--auto-approve", "--no-color", `--parallelism=${parallelism}`];
    const env = { ...environmentFor(this.folder.kubeconfig, process.env), CI: "1" };
    const args = [cdktfProgram(), "deploy", "--output=cdktf.out", ...options, ...stacks];
    const { signal } = this;
    const { code, out, err } = (await run(process.execPath, args, { cwd: this.folder.path, env, signal })) ?? { code: 1, out: "", err: "" };
    signal.throwIfAborted();
    if (code !== 0) throw new InputError([{ message: `${site}: cdktf deploy: ${plain(errorsOf(`${out}\n${err}`))}` }]);
    progress(`${site}: cdktf deployed ${stacks.join(", ")}`);
    return this.counted(out, stacks);
  }

  /** Adds up the sentence with which terraform ends each apply. */
  private counted(out: string, stacks: readonly string[]): Brought {
    const applies = [...out.matchAll(/Resources: (\d+) added, (\d+) changed, (\d+) destroyed/g)];
    const sum = (at: number): number => applies.reduce((total, apply) => total + Number(apply[at]), 0);
    const [created, changed, removed] = [sum(1), sum(2), sum(3)];
    const all = stacks.reduce((total, stack) => total + this.resources(stack), 0);
    return { created, changed, unchanged: Math.max(0, all - created - changed), removed };
  }
}

/** The command of the cdktf-cli that the working folder's project has, or that lies beside this library. Throws an InputError where there is none. */
function cdktfProgram(): string {
  try {
    return join(dirname(require.resolve("cdktf-cli/package.json", { paths: [process.cwd(), __dirname] })), "bundle/bin/cdktf");
  } catch {
    throw new InputError([
      { message: `${cannotTry}: the project has no cdktf-cli; add it with \`npm install --save-dev cdktf-cli@0.21.0\`` },
    ]);
  }
}

/** What terraform said is wrong, without what went well before it. */
function errorsOf(text: string): string {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => /\bError: /.test(line));
  return lines.slice(Math.max(0, from)).join("\n");
}
