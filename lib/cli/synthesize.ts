/** A request's stacks, their Kubernetes YAML and the switch plans, in one folder: what `synth` and `npm start` write. */
import { join } from "node:path";
import type { StackEntry } from "../engine/terraform";
import { toYaml } from "../manifests/yaml";
import { noMemory, type Memory } from "../memory/memory";
import { checkPolicy, formatFinding, seenByOthers } from "../policy";
import type { PlacedObject } from "../policy";
import type { AllocatedRequest } from "../request/allocated";
import { InputError } from "../request/problem";
import { textOf } from "../request/textFile";
import { planStacks, type BuildOptions } from "../stacks/app";
import { KnownStacks } from "./knownStacks";
import { listFile, makeStacks, siteOf, stackFile } from "./madeStacks";
import { stackOf, writeFolder } from "./outputFolder";
import { listedIn } from "./stackList";
import { switchPlanFiles } from "./switchPlans";

export interface SynthesizeOptions extends Pick<BuildOptions, "messengerStack" | "siteStack"> {
  /** The folder to write. */
  readonly out: string;
  /** Names of stacks. Only their files change then, and no switch plan, which is about all that is at a site. @default all stacks */
  readonly stacks?: readonly string[];
  /** Which stacks written before are asked for, beside `stacks`: those of them that are no more are cleared. @default none */
  readonly isAsked?: (stack: string) => boolean;
  /** Knows the stacks that were made before; of no use where a class of stacks is given, whose code it cannot know. @default none */
  readonly memory?: Memory;
  /** Told what is being done. @default nobody */
  readonly progress?: (what: string) => void;
}

/** What a synth made. */
export interface Synthesis {
  readonly stacks: number;
  /** Kubernetes objects, one for each resource of a stack. */
  readonly objects: number;
  /** Files that are new or changed, and files that are gone. */
  readonly written: number;
  readonly removed: number;
  /** The objects that were made, each with its stack, in the order in which they can be applied; with a memory, not those that it knew. */
  readonly placed: readonly PlacedObject[];
}

/** Those stacks of an earlier synth's list that stay: not asked for, and still there. */
function stayed(out: string, asked: (stack: string) => boolean): Record<string, StackEntry> {
  const stays = (stack: string): boolean => !asked(stack) && textOf(join(out, stackFile(stack))) !== undefined;
  return Object.fromEntries(Object.entries(listedIn(textOf(join(out, listFile)) ?? "")).filter(([stack]) => stays(stack)));
}

/**
 * Builds the stacks, converts them to Kubernetes objects, checks the policy, and only then writes. Equal inputs give equal bytes; cdk.tf.json
 * and manifest.json are the ones that `cdktf synth` writes.
 * @throws InputError with every finding of the policy; nothing is written then
 */
export function synthesize(request: AllocatedRequest, options: SynthesizeOptions): Synthesis {
  const { out, stacks, isAsked = () => false, progress = () => undefined, messengerStack, siteStack } = options;
  const memory = messengerStack || siteStack ? noMemory : (options.memory ?? noMemory);
  const asked = (stack: string): boolean => !stacks || stacks.includes(stack) || isAsked(stack);
  progress("building the stacks");
  const plans = planStacks(request, stacks);
  const folder = new KnownStacks(memory, out);
  const known = folder.knownOf(plans);
  const others = {
    ...(stacks && stayed(out, asked)),
    ...Object.fromEntries(Array.from(known, ([{ name }, { listed }]) => [name, listed])),
  };
  const fresh = plans.filter((plan) => !known.has(plan));
  const { made, list } = makeStacks(fresh, others, options);

  progress("checking the objects");
  const objectsOf = new Map(made.map(({ plan, objects }) => [plan, objects]));
  const judged = plans.flatMap((plan) => objectsOf.get(plan) ?? known.get(plan)?.seen ?? []);
  const findings = checkPolicy(judged, request.estate);
  if (findings.length > 0) throw new InputError(findings.map((finding) => ({ message: formatFinding(finding) })));

  progress("writing");
  const network = stacks ? { texts: [], lies: [] } : switchPlanFiles(request, memory, out);
  const texts = new Map([[listFile, list], ...network.texts]);
  for (const { plan, listed, text, objects } of made) {
    const files = [
      [stackFile(plan.name), text],
      [`manifests/${siteOf(plan)}/${plan.name}.yaml`, toYaml(objects.map(({ object }) => object))],
    ] as const;
    for (const [path, content] of files) texts.set(path, content);
    folder.keep(plan, files, { listed, objects: objects.length, seen: seenByOthers(objects) });
  }
  const isAbout = (path: string): boolean => {
    const stack = stackOf(path);
    return !stacks || (stack !== undefined && asked(stack));
  };
  const lies = [...[...known.values()].flatMap(({ files }) => Object.keys(files)), ...network.lies];
  const placed = made.flatMap(({ objects }) => objects);
  const objects = [...known.values()].reduce((sum, stack) => sum + stack.objects, placed.length);
  return { stacks: plans.length, objects, placed, ...writeFolder(out, texts, { isAsked: isAbout, lies }) };
}
