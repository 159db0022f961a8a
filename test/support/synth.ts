/** The one way in which tests synthesize: with validations, as parsed JSON, and never an empty stack, of which every denial would be true. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App, TerraformStack } from "../../lib/engine/terraform";
import { fastSynth } from "../../lib/engine/fast";
import { Testing } from "../../lib/engine/testing";
import { ClusterStack } from "../../lib/stacks/clusterStack";
import { sampleEstate } from "./estate";

// As stacks/main.ts does; test/engine shows that it changes no byte.
fastSynth();

/** A resource's or manifest's attributes as JSON has them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A custom resource in a stack. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Attributes;
    readonly annotations?: Attributes;
  };
  readonly spec: Attributes;
}

/** A synthesized stack: cdk.tf.json, parsed. */
export class Synthesized {
  readonly resources: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

  constructor(readonly json: Attributes) {
    this.resources = (json.resource ?? {}) as Synthesized["resources"];
  }

  /** Every address, `type.logical_id`, sorted. */
  get addresses(): string[] {
    return Object.entries(this.resources)
      .flatMap(([type, bodies]) => Object.keys(bodies).map((id) => `${type}.${id}`))
      .sort();
  }

  /** The attributes at an address; fails where there is none. */
  at(address: string): Attributes {
    const dot = address.indexOf(".");
    const body = this.resources[address.slice(0, dot)]?.[address.slice(dot + 1)];
    if (!body) throw new Error(`no ${address}; there are ${this.addresses.join(", ")}`);
    return body;
  }

  /** The object of the `kubernetes_manifest` at a logical id. */
  manifest(id: string): ManifestObject {
    return this.at(`kubernetes_manifest.${id}`).manifest as ManifestObject;
  }

  /** All custom resources of a kind. */
  manifestsOf(kind: string): ManifestObject[] {
    return Object.values(this.resources.kubernetes_manifest ?? {})
      .map((body) => body.manifest as ManifestObject)
      .filter((object) => object.kind === kind);
  }
}

/** Synthesizes one stack with its validations. */
export function synth(stack: TerraformStack): Synthesized {
  const synthesized = new Synthesized(JSON.parse(Testing.synth(stack, true)) as Attributes);
  if (synthesized.addresses.length === 0) throw new Error(`stack ${stack.node.id} is empty; give the constructs the stack as their scope`);
  return synthesized;
}

/** Synthesizes what `build` adds to a stack of the shared estate's site thr1. */
export function synthIn(build: (stack: ClusterStack) => void): Synthesized {
  const stack = new ClusterStack(Testing.app(), "test.thr1", { estate: sampleEstate(), site: "thr1" });
  build(stack);
  return synth(stack);
}

/** What an app writes, by stack: the text of each cdk.tf.json. */
export function written(build: (outdir: string) => App): ReadonlyMap<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    build(outdir).synth();
    const stacks = join(outdir, "stacks");
    const names = readdirSync(stacks).sort();
    if (names.length === 0) throw new Error("the app has no stacks");
    return new Map(names.map((name) => [name, readFileSync(join(stacks, name, "cdk.tf.json"), "utf8")]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
