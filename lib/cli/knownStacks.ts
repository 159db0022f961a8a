/** Stacks that need not be made anew: an earlier synth made them from the same inputs, and their files lie as it wrote them. */
import type { StackEntry } from "../engine/terraform";
import type { Memory } from "../memory/memory";
import type { PlacedObject } from "../policy";
import type { StackPlan } from "../stacks/app";
import { StackInputs } from "../stacks/stackInputs";
import { digestsOf, lieAsWritten, type FileDigests } from "./knownFiles";

/** What is remembered of a stack whose objects broke no rule. */
export interface KnownStack {
  readonly files: FileDigests;
  /** Its entry in cdktf's manifest.json. */
  readonly listed: StackEntry;
  /** How many objects it has. */
  readonly objects: number;
  /** Those of them that the policy of other stacks looks at. */
  readonly seen: readonly PlacedObject[];
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
    return known && lieAsWritten(this.out, known.files) ? known : undefined;
  }

  /** Remembers a stack. @param texts its files by path */
  keep(plan: StackPlan, texts: readonly (readonly [path: string, text: string])[], rest: Omit<KnownStack, "files">): void {
    this.memory.recall<KnownStack>("stack", this.inputs.of(plan), () => ({ files: digestsOf(texts), ...rest }));
  }
}
