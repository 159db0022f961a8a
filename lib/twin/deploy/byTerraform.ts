/** Deploys by terraform: a saved plan a stack, applied as it is; the states lie in the twin's folder. */
import { InputError, type Problem } from "../../request/problem";
import type { TwinFolder } from "../control/folder";
import type { Terraform } from "./terraform";
import type { TwinSite } from "../control/twinSite";
import { type Brought, claim, nothingBrought, together, type Way } from "./way";

/** The way by terraform. */
export class ByTerraform implements Way {
  constructor(
    private readonly folder: TwinFolder,
    private readonly terraform: Terraform,
    /** How many resources a stack has. */
    private readonly resources: (stack: string) => number,
  ) {}

  /** A stack that is one no more was emptied before, by `absent` (docs/site.md): nothing is left to be removed here. */
  deployedTo(): string[] {
    return [];
  }

  async bring(site: TwinSite, stacks: readonly string[], progress: (what: string) => void): Promise<Brought> {
    let brought = nothingBrought;
    const problems: Problem[] = [];
    for (const stack of stacks) {
      try {
        brought = together(brought, await this.bringStack(site, stack));
        progress(`${stack} is applied`);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        problems.push(...error.problems);
      }
    }
    if (problems.length > 0) throw new InputError(problems);
    return brought;
  }

  private async bringStack({ site }: TwinSite, stack: string): Promise<Brought> {
    await this.terraform.init(stack);
    claim(this.folder.site(site), "terraform");
    const { add, change, remove } = await this.terraform.plan(stack);
    if (add + change + remove > 0) await this.terraform.apply(stack);
    return { created: add, changed: change, unchanged: Math.max(0, this.resources(stack) - add - change), removed: remove };
  }
}
