/** A way in which stacks come to a site: by manifests, by terraform, or by cdktf. All give equal objects. */
import { join } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";
import { InputError } from "../../request/problem";
import { textOf } from "../../request/textFile";
import type { SiteFolder } from "../control/folder";
import type { TwinSite } from "../control/twinSite";

export const ways = ["manifests", "terraform", "cdktf"] as const;
export type WayName = (typeof ways)[number];

/** What bringing stacks to a site did to their objects. */
export interface Brought {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
}

export interface Way {
  /** Stacks that were deployed to the site before, whether they still are stacks or not. */
  deployedTo(site: string): readonly string[];
  /**
   * Brings stacks of a site, all of which may go at the same time; one that is a stack no more is removed.
   * Throws an InputError with everything that was refused, in the words of whoever refused it.
   */
  bring(site: TwinSite, stacks: readonly string[], progress: (what: string) => void): Promise<Brought>;
}

export const nothingBrought: Brought = { created: 0, changed: 0, unchanged: 0, removed: 0 };

/** Both together. */
export function together(a: Brought, b: Brought): Brought {
  return {
    created: a.created + b.created,
    changed: a.changed + b.changed,
    unchanged: a.unchanged + b.unchanged,
    removed: a.removed + b.removed,
  };
}

/** Who keeps the record of what a site has: our own list of manifests, or Terraform's states, which cdktf writes too. */
export type Keeper = "manifests" | "terraform";

/**
 * Takes a site for one keeper: an object that two records know would be changed by one behind the other's back.
 * @throws InputError where the site has another keeper
 */
export function claim(folder: SiteFolder, keeper: Keeper): void {
  const file = join(folder.path, "deployed-by");
  const before = textOf(file)?.trim();
  if (before === keeper) return;
  if (before !== undefined)
    throw new InputError([
      {
        message: `${folder.site} was deployed by ${before}, and its objects stay with it; deploy by ${before} again, or begin anew with \`npx zirsakht twin down\` and \`up\``,
      },
    ]);
  writeFileAtomic(file, `${keeper}\n`, { fsync: false });
}
