/** Deploys by manifests: the objects of the stacks' YAML by server-side apply, and what a stack has no more is removed. */
import { several } from "../../allocation/words";
import type { PlacedObject } from "../../policy";
import { InputError } from "../../request/problem";
import { nameOf } from "../../manifests/apiObject";
import { applyAll } from "../apply";
import { type Deployed, merged, only, readDeployed, type Reference, referenceTo, without, writeDeployed } from "./deployed";
import type { TwinFolder } from "../control/folder";
import { prune } from "./prune";
import type { TwinSite } from "../control/twinSite";
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
    const here = byStack(this.placed.filter((each) => each.site === site.site));
    const placed = stacks.flatMap((stack) => here.get(stack) ?? []);
    const before = readDeployed(folder);
    const now: Deployed = new Map(stacks.map((stack) => [stack, (here.get(stack) ?? []).map(({ object }) => referenceTo(object))]));
    // The record comes first, so that a deploy that is stopped half-way leaves nothing that the next one does not know.
    writeDeployed(folder, merged(before, now));
    const api = await site.admin();
    const applied = await applyAll(api, placed, { progress: sayingOften(placed.length, (what) => progress(`${site.site}: ${what}`)) });
    refuse(applied.refused.map(({ item: { stack, object }, words }) => `${stack}: ${nameOf(object)} is refused: ${words}`));
    // What another stack has is not gone: it has moved there.
    const stays = [...here.values()].flatMap((objects) => objects.map(({ object }) => referenceTo(object)));
    const others = [...before].flatMap(([stack, references]) => (now.has(stack) ? [] : references));
    const had: Deployed = new Map(stacks.map((stack) => [stack, before.get(stack) ?? []]));
    const pruned = await prune(api, without([...had.values()].flat(), [...stays, ...others]));
    // What is recorded of stacks that were not asked for stays as it is: a site's stack comes before its messengers'.
    writeDeployed(folder, new Map([...before, ...merged(now, only(had, pruned.kept))]));
    const nameOfItem = ({ kind, ...metadata }: Reference): string => nameOf({ kind, metadata });
    refuse(pruned.refused.map(({ item, words }) => `${site.site}: ${nameOfItem(item)} is not removed: ${words}`));
    const { created, changed, unchanged } = applied;
    return { created, changed, unchanged, removed: pruned.removed };
  }
}

function byStack(placed: readonly PlacedObject[]): Map<string, PlacedObject[]> {
  const stacks = new Map<string, PlacedObject[]>();
  for (const each of placed) {
    const list = stacks.get(each.stack);
    if (list) list.push(each);
    else stacks.set(each.stack, [each]);
  }
  return stacks;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new InputError(problems.map((message) => ({ message })));
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
