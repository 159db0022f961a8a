/** Stacks made by cdktf, with their Kubernetes objects. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StackObjects } from "../diff/change";
import { stackObjectsOf } from "../diff/stackObjects";
import { fastSynth, synthByCdktf } from "../engine/fast";
import { bytesInOnePass } from "../engine/onePass";
import { TerraformStack, type App, type StackEntry } from "../engine/terraform";
import type { TerraformConfig } from "../manifests/apiObject";
import { toObjects } from "../manifests/objects";
import type { PlacedObject } from "../policy";
import { buildStacks, type BuildOptions, type StackPlan } from "../stacks/app";

/** A stack as this synth made it. */
export interface MadeStack {
  readonly plan: StackPlan;
  /** Its entry in cdktf's list. */
  readonly listed: StackEntry;
  /** Its cdk.tf.json. */
  readonly text: string;
  /** In the order in which they can be applied. */
  readonly objects: readonly PlacedObject[];
}

/** The path of cdktf's list in the folder of a synth. */
export const listFile = "manifest.json";
/** The path of a stack's cdk.tf.json in the folder of a synth. */
export const stackFile = (stack: string): string => `stacks/${stack}/cdk.tf.json`;
/** The site of a stack. */
export const siteOf = (plan: StackPlan): string => ("site" in plan ? plan.site : plan.messenger).site;

/** cdktf wants a folder of its own, and writes there what the one pass does not know: nothing may be written before all is checked. */
function withApp<Result>(
  plans: readonly StackPlan[],
  options: Pick<BuildOptions, "messengerStack" | "siteStack">,
  use: (app: App, textOf: (plan: StackPlan) => string, read: (path: string) => string) => Result,
): Result {
  const outdir = mkdtempSync(join(tmpdir(), "zirsakht-"));
  const restore = fastSynth({ stackTraces: "ZIRSAKHT_STACK_TRACES" in process.env });
  const read = (path: string): string => readFileSync(join(outdir, path), "utf8");
  try {
    const app = buildStacks(plans, { ...options, outdir });
    const known = bytesInOnePass(app);
    if (!known) synthByCdktf(app);
    return use(app, ({ name }) => known?.get(name)?.toString() ?? read(stackFile(name)), read);
  } finally {
    restore();
    rmSync(outdir, { recursive: true, force: true });
  }
}

/**
 * Makes stacks.
 * @param others entries of the stacks that the list names beside them
 * @returns the stacks, and the text of the list
 */
export function makeStacks(
  plans: readonly StackPlan[],
  others: Readonly<Record<string, StackEntry>>,
  options: Pick<BuildOptions, "messengerStack" | "siteStack">,
): { readonly made: readonly MadeStack[]; readonly list: string } {
  return withApp(plans, options, (app, textOf, read) => {
    const listed = new Map(
      app.node.children.filter((child) => TerraformStack.isStack(child)).map((stack) => [stack.node.id, app.manifest.forStack(stack)]),
    );
    const made = plans.map((plan): MadeStack => {
      const { name: stack } = plan;
      const [entry, text] = [listed.get(stack), textOf(plan)];
      if (!entry) throw new Error(`cdktf made the stack ${stack} and does not list it`);
      const objects = toObjects(stack, JSON.parse(text) as TerraformConfig);
      return { plan, listed: entry, text, objects: objects.map((object) => ({ stack, site: siteOf(plan), ...object })) };
    });
    Object.assign(app.manifest.stacks, others);
    app.manifest.writeToFile();
    return { made, list: read(listFile) };
  });
}

/** Makes stacks as the objects that are compared, by stack. */
export function objectsOf(plans: readonly StackPlan[]): Map<string, StackObjects> {
  if (plans.length === 0) return new Map();
  const objectsIn = (plan: StackPlan, text: string): StackObjects =>
    stackObjectsOf(plan.name, siteOf(plan), JSON.parse(text) as TerraformConfig);
  return withApp(plans, {}, (_, textOf) => new Map(plans.map((plan) => [plan.name, objectsIn(plan, textOf(plan))])));
}
