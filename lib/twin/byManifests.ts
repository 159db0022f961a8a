/** Deploys by manifests: the objects of the stacks' YAML by server-side apply, and what a stack has no more is removed. */
import { several } from "../allocation/words";
import type { PlacedObject } from "../policy";
import { InputError } from "../request/problem";
import { applyAll, nameOf } from "./apply";
import { type Deployed, keyOf, readDeployed, type Reference, referenceTo, writeDeployed } from "./deployed";
import type { TwinFolder } from "./folder";
import { prune } from "./prune";
import type { TwinSite } from "./twinSite";
import { type Brought, claim, type Way } from "./way";

/** Between two words about a long apply, in milliseconds. */
const wordsEvery = 2000;

/** The way by manifests. */
export class ByManifests implements Way {
  constructor(
    private readonly folder: TwinFolder,
    private readonly placed: readonly PlacedObject[],
  ) {}

  deployedTo(site: string): string[] {
    return [...readDeployed(this.folder.site(site)).keys()];
  }

  async bring(site: TwinSite, stacks: readonly string[], progress: (what: string) => void): Promise<Brought> {
    const folder = this.folder.site(site.site);
    claim(folder, "manifests");
    const here = this.placed.filter((each) => each.site === site.site);
    const placed = here.filter(({ stack }) => stacks.includes(stack));
    const before = readDeployed(folder);
    const now = new Map(
      stacks.map((stack) => [stack, placed.filter((each) => each.stack === stack).map(({ object }) => referenceTo(object))]),
    );
    // The record comes first, so that a deploy that is stopped half-way leaves nothing that the next one does not know.
    writeDeployed(folder, merged(before, now));
    const api = await site.admin();
    const applied = await applyAll(api, placed, { progress: sayingOften(placed.length, (what) => progress(`${site.site}: ${what}`)) });
    refuse(applied.refused.map(({ item: { stack, object }, words }) => `${stack}: ${nameOf(object)} is refused: ${words}`));
    const others = [...before].flatMap(([stack, references]) => (now.has(stack) ? [] : references));
    const stays = new Set([...here.map(({ object }) => referenceTo(object)), ...others].map(keyOf));
    const gone = stacks.flatMap((stack) => before.get(stack) ?? []).filter((reference) => !stays.has(keyOf(reference)));
    const pruned = await prune(api, gone);
    writeDeployed(
      folder,
      new Map([
        ...before,
        ...merged(
          now,
          partOf(
            before,
            pruned.refused.map(({ item }) => item),
          ),
        ),
      ]),
    );
    refuse(
      pruned.refused.map(
        ({ item, words }) => `${site.site}: ${nameOf({ kind: item.kind, metadata: { ...item } })} is not removed: ${words}`,
      ),
    );
    const { created, changed, unchanged } = applied;
    return { created, changed, unchanged, removed: pruned.removed };
  }
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new InputError(problems.map((message) => ({ message })));
}

/** Both records together; an object that is in both stands once. */
function merged(a: Deployed, b: Deployed): Map<string, Reference[]> {
  const stacks = [...new Set([...a.keys(), ...b.keys()])];
  return new Map(
    stacks.map((stack) => {
      const references = [...(a.get(stack) ?? []), ...(b.get(stack) ?? [])];
      return [stack, [...new Map(references.map((reference) => [keyOf(reference), reference])).values()]];
    }),
  );
}

/** The part of a record that is about these objects. */
function partOf(deployed: Deployed, references: readonly Reference[]): Map<string, Reference[]> {
  const keys = new Set(references.map(keyOf));
  return new Map(
    [...deployed].flatMap(([stack, all]) => {
      const part = all.filter((reference) => keys.has(keyOf(reference)));
      return part.length > 0 ? [[stack, part]] : [];
    }),
  );
}

/** Says from time to time how many of so many are done. */
function sayingOften(total: number, say: (what: string) => void): (done: number) => void {
  let last = performance.now();
  return (done) => {
    if (performance.now() - last < wordsEvery) return;
    last = performance.now();
    say(`${String(done)} of ${several(total, "object")} applied`);
  };
}
