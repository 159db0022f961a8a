/** A request's stacks, their Kubernetes YAML and the switch plans, in one folder: what `synth` and `npm start` write. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "../engine/terraform";
import { fastSynth } from "../engine/fast";
import type { TerraformConfig } from "../manifests/apiObject";
import { toObjects } from "../manifests/objects";
import { toYaml } from "../manifests/yaml";
import { switchPlan, switchPlanText } from "../network/switchPlan";
import { checkPolicy, formatFinding } from "../policy";
import type { PlacedObject } from "../policy";
import type { AllocatedRequest } from "../request/allocated";
import { InputError } from "../request/problem";
import { buildApp } from "../stacks/app";
import type { BuildOptions } from "../stacks/app";
import { ClusterStack } from "../stacks/clusterStack";
import { textOf } from "../request/textFile";
import { stackOf, writeFolder } from "./outputFolder";

export interface SynthesizeOptions extends Pick<BuildOptions, "messengerStack" | "siteStack"> {
  /** The folder to write. */
  readonly out: string;
  /** Names of stacks. Only their files change then, and no switch plan, which is about all that is at a site. @default all stacks */
  readonly stacks?: readonly string[];
  /** Which stacks written before are asked for, beside `stacks`: those of them that are no more are cleared. @default none */
  readonly isAsked?: (stack: string) => boolean;
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
  /** Every object with its stack, in the order in which they can be applied. */
  readonly placed: readonly PlacedObject[];
}

/** cdktf's list of the stacks in the folder. */
interface Manifest {
  readonly version: string;
  readonly stacks: Readonly<Record<string, unknown>>;
}
const manifestFile = "manifest.json";
const stackFile = (stack: string): string => `stacks/${stack}/cdk.tf.json`;

/** What cdktf writes for an app, by path. It only writes to a folder, so it gets one of its own: nothing may be written before all is checked. */
function synthesized(build: (outdir: string) => App): { app: App; texts: Map<string, string> } {
  const outdir = mkdtempSync(join(tmpdir(), "zirsakht-"));
  try {
    const app = build(outdir);
    app.synth();
    const paths = [manifestFile, ...app.node.children.map(({ node }) => stackFile(node.id))];
    return { app, texts: new Map(paths.map((path) => [path, readFileSync(join(outdir, path), "utf8")])) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The objects of every stack of the app, in the order in which they can be applied. */
function placedObjects(app: App, texts: ReadonlyMap<string, string>): Map<ClusterStack, PlacedObject[]> {
  const stacks = app.node.children.filter((child) => child instanceof ClusterStack);
  return new Map(
    stacks.map((stack) => {
      const config = JSON.parse(texts.get(stackFile(stack.node.id)) ?? "{}") as TerraformConfig;
      return [stack, toObjects(stack.node.id, config).map((object) => ({ stack: stack.node.id, site: stack.siteName, ...object }))];
    }),
  );
}

/** The stacks that a list on the disk names; none where it is no list of cdktf's, for then it is written anew. */
function listedIn(text: string): Manifest["stacks"] {
  try {
    const stacks = (JSON.parse(text) as { stacks?: unknown } | null)?.stacks;
    return typeof stacks === "object" && stacks !== null ? (stacks as Manifest["stacks"]) : {};
  } catch {
    return {};
  }
}

/** cdktf's list with the stacks of an earlier synth that stay; its bytes are cdktf's own where nothing is to be added. */
function withStacks(text: string, before: string | undefined, stays: (stack: string) => boolean): string {
  if (before === undefined) return text;
  const now = JSON.parse(text) as Manifest;
  const then = listedIn(before);
  const stayed = Object.entries(then).filter(([stack]) => !(stack in now.stacks) && stays(stack));
  if (stayed.length === 0) return text;
  const stacks = Object.fromEntries([...stayed, ...Object.entries(now.stacks)].sort(([left], [right]) => (left < right ? -1 : 1)));
  const isSame = JSON.stringify(Object.entries(then)) === JSON.stringify(Object.entries(stacks));
  return isSame ? before : JSON.stringify({ stacks, version: now.version }, undefined, 2);
}

/**
 * Builds the stacks, converts them to Kubernetes objects, checks the policy, and only then writes. Equal inputs give equal bytes; cdk.tf.json
 * and manifest.json are the ones that `cdktf synth` writes.
 * @throws InputError with every finding of the policy; nothing is written then
 */
export function synthesize(request: AllocatedRequest, options: SynthesizeOptions): Synthesis {
  const { out, stacks, isAsked = () => false, progress = () => undefined } = options;
  const restore = fastSynth({ stackTraces: "ZIRSAKHT_STACK_TRACES" in process.env });
  try {
    progress("building the stacks");
    const { app, texts } = synthesized((outdir) => buildApp(request, { ...options, outdir }));
    progress("checking the objects");
    const placed = placedObjects(app, texts);
    const objects = [...placed.values()].flat();
    const findings = checkPolicy(objects, request.estate);
    if (findings.length > 0) throw new InputError(findings.map((finding) => ({ message: formatFinding(finding) })));

    progress("writing");
    for (const [{ node, siteName }, within] of placed)
      texts.set(`manifests/${siteName}/${node.id}.yaml`, toYaml(within.map(({ object }) => object)));
    if (!stacks)
      for (const site of Object.keys(request.estate.sites)) texts.set(`network/${site}.yaml`, switchPlanText(switchPlan(request, site)));
    const asked = (stack: string): boolean => !stacks || stacks.includes(stack) || isAsked(stack);
    if (stacks) {
      const isThere = (stack: string): boolean => textOf(join(out, stackFile(stack))) !== undefined;
      texts.set(
        manifestFile,
        withStacks(texts.get(manifestFile) ?? "", textOf(join(out, manifestFile)), (stack) => !asked(stack) && isThere(stack)),
      );
    }
    const isAbout = (path: string): boolean => {
      const stack = stackOf(path);
      return !stacks || (stack !== undefined && asked(stack));
    };
    return { stacks: placed.size, objects: objects.length, placed: objects, ...writeFolder(out, texts, isAbout) };
  } finally {
    restore();
  }
}
