/** Stacks that need not be made anew: an earlier synth made them from the same inputs, and their files lie as it wrote them. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StackEntry } from "../engine/terraform";
import type { Memory } from "../memory/memory";
import type { PlacedObject } from "../policy";
import type { StackPlan } from "../stacks/app";
import { StackInputs } from "../stacks/stackInputs";

/** What is remembered of a stack whose objects broke no rule. */
export interface KnownStack {
  /** The digests of its files, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Its entry in cdktf's manifest.json. */
  readonly listed: StackEntry;
  /** How many objects it has. */
  readonly objects: number;
  /** Those of them that the policy of other stacks looks at. */
  readonly seen: readonly PlacedObject[];
}

const digestOf = (content: string | Buffer): string => createHash("sha256").update(content).digest("base64url");

function isAsWritten(path: string, digest: string): boolean {
  try {
    return digestOf(readFileSync(path)) === digest;
  } catch {
    // Missing or unreadable: it is written anew, and what is wrong is said then.
    return false;
  }
}

/** The stacks that a folder holds, by what they are made from. */
export class KnownStacks {
  private readonly inputs = new StackInputs();

  /** @param out the folder of the synth */
  constructor(
    private readonly memory: Memory,
    private readonly out: string,
  ) {}

  /** What is known of stacks; the others are to be made. */
  knownOf(plans: readonly StackPlan[]): Map<StackPlan, KnownStack> {
    return new Map(
      plans.flatMap((plan) => {
        const known = this.find(plan);
        return known ? [[plan, known]] : [];
      }),
    );
  }

  private find(plan: StackPlan): KnownStack | undefined {
    const known = this.memory.recall<KnownStack | undefined>("stack", this.inputs.of(plan), () => undefined);
    const isWhole = known && Object.entries(known.files).every(([path, digest]) => isAsWritten(join(this.out, path), digest));
    return isWhole ? known : undefined;
  }

  /** Remembers a stack. @param texts its files by path */
  keep(plan: StackPlan, texts: readonly (readonly [path: string, text: string])[], rest: Omit<KnownStack, "files">): void {
    const files = Object.fromEntries(texts.map(([path, text]) => [path, digestOf(text)]));
    this.memory.recall<KnownStack>("stack", this.inputs.of(plan), () => ({ files, ...rest }));
  }
}
