/** Terraform, or its free fork OpenTofu, run for stacks of the twin; it reaches nothing but the twin and what the user's own configuration offers as providers. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { isObject, type Json, valueAt } from "../../manifests/apiObject";
import { InputError } from "../../request/problem";
import { type Answered, run } from "../run";

/** Where the twin's stacks lie for Terraform. */
export interface TerraformPlace {
  /** A synth of the twin's own, whose states lie in the twin's folder. */
  readonly out: string;
  /** Where plans are saved. */
  readonly plans: string;
  /** The twin's kubeconfig. */
  readonly kubeconfig: string;
}

/** The changes of a plan or an apply, in resources. */
export interface Changes {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
}

/** With these words begins what is said where stacks cannot be tried for want of a program or the provider's plugin. */
export const cannotTry = "terraform cannot be run here";

/** Whether `init` failed for want of the provider's plugin, by its words; anything else is a fault of the stack or of the machine. */
export const lacksPlugin = (words: string): boolean => /provider/i.test(words) && /query|install|download|find|locate/i.test(words);

/** Variables that would lead Terraform, or the provider, to another cluster, state or workspace than the twin's. */
const misleading = /^(?:KUBE_|KUBECONFIG$|TF_(?:VAR_|CLI_ARGS|WORKSPACE$|DATA_DIR$))/;

/** The environment in which stacks of the twin are planned and applied. */
export function environmentFor(kubeconfig: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !misleading.test(name));
  return { ...Object.fromEntries(kept), TF_VAR_kubeconfig: kubeconfig, TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };
}

/** The name of `terraform`, else of `tofu`, that runs in a folder. Throws an InputError where there is neither on the PATH. */
export async function findTerraform(options: {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}): Promise<string> {
  for (const program of ["terraform", "tofu"]) if ((await run(program, ["version"], options))?.code === 0) return program;
  throw new InputError([{ message: `${cannotTry}: there is neither terraform nor tofu on the PATH` }]);
}

/** Terraform for the stacks of one twin. */
export class Terraform {
  private constructor(
    private readonly program: string,
    private readonly place: TerraformPlace,
    private readonly env: NodeJS.ProcessEnv,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Finds `terraform`, else `tofu`, on the PATH. Throws an InputError where there is neither.
   * @param signal once it is aborted, what runs ends in order, and an AbortError is thrown
   */
  static async find(place: TerraformPlace, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Terraform> {
    const env = environmentFor(place.kubeconfig, environment);
    mkdirSync(place.plans, { recursive: true, mode: 0o700 });
    return new Terraform(await findTerraform({ cwd: place.out, env, signal }), place, env, signal);
  }

  /** Makes a stack ready. Throws an InputError where the provider's plugin is not to be had. */
  async init(stack: string): Promise<void> {
    const { code, out, err } = await this.run(stack, ["init", "-input=false", "-no-color"]);
    if (code === 0) return;
    const words = plain(`${out}\n${err}`.replace(/^[^]*?(?=Error: )/, ""));
    const remedy = "offer the plugin of hashicorp/kubernetes by Terraform's own configuration, such as a filesystem_mirror";
    throw new InputError([
      { message: lacksPlugin(words) ? `${cannotTry}: ${words}; ${remedy}` : `${stack}: ${this.program} init: ${words}` },
    ]);
  }

  /** Plans a stack, and saves the plan. */
  async plan(stack: string): Promise<Changes> {
    const { code, out, err } = await this.run(stack, ["plan", "-input=false", "-json", `-out=${this.planOf(stack)}`]);
    return this.changes(stack, "plan", code, out, err);
  }

  /** Applies exactly the saved plan of a stack. */
  async apply(stack: string): Promise<Changes> {
    const { code, out, err } = await this.run(stack, ["apply", "-input=false", "-json", this.planOf(stack)]);
    return this.changes(stack, "apply", code, out, err);
  }

  private planOf(stack: string): string {
    return join(this.place.plans, `${stack}.plan`);
  }

  private async run(stack: string, args: readonly string[]): Promise<Answered> {
    const { env, signal } = this;
    const answer = await run(this.program, args, { cwd: join(this.place.out, "stacks", stack), env, signal });
    signal.throwIfAborted();
    if (!answer) throw new InputError([{ message: `${cannotTry}: ${this.program} is gone from the PATH` }]);
    return answer;
  }

  /** Reads the lines of Terraform's machine-readable output. */
  private changes(stack: string, verb: string, code: number, out: string, err: string): Changes {
    const lines = out.split("\n").flatMap(jsonOf);
    const errors = lines.filter((line) => line["@level"] === "error").map(wordsOf);
    if (code !== 0)
      throw new InputError(
        [...(errors.length > 0 ? errors : [plain(err)])].map((words) => ({ message: `${stack}: ${this.program} ${verb}: ${words}` })),
      );
    const summary = lines.findLast(({ type }) => type === "change_summary")?.changes;
    const count = (name: string): number => {
      const value = valueAt(summary, name);
      return typeof value === "number" ? value : 0;
    };
    return { add: count("add"), change: count("change"), remove: count("remove") };
  }
}

function jsonOf(line: string): Readonly<Record<string, Json>>[] {
  if (!line.startsWith("{")) return [];
  const value = JSON.parse(line) as Json;
  return isObject(value) ? [value] : [];
}

/** A diagnostic: what, about which resource, and the detail. */
function wordsOf(line: Readonly<Record<string, Json>>): string {
  const parts = ["address", "summary", "detail"].map((name) => valueAt(line, "diagnostic", name));
  const words = parts.filter((part): part is string => typeof part === "string" && part !== "").map(plain);
  return words.length > 0 ? words.join(": ") : plain(typeof line["@message"] === "string" ? line["@message"] : "no reason was given");
}

/** Words of Terraform in one line, without their frames. */
export const plain = (text: string): string => text.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ").trim();
