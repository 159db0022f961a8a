/** An object before and after, found by what the API knows it by: not by its id, nor by the stack that makes it. */
import { nameOf, type ApiObject } from "../../manifests/apiObject";
import type { Comparison, SideObject } from "../change";
import type { Found, SecurityFinding } from "../rule";

export type SecurityFound = Found<SecurityFinding>;
export type Direction = SecurityFinding["direction"];

/** One object on both sides, or on one. */
export interface Pair {
  /** @default it is made */
  readonly before?: SideObject;
  /** @default it goes */
  readonly after?: SideObject;
  /** Whether it comes or goes with a whole messenger, of which one finding tells; see `stackAccess`. */
  readonly folded: boolean;
}

type Both = Pick<Pair, "before" | "after">;

/** What is known of a side, changed or not: the objects of stacks that are known whole, and of the others those that change. */
export function knownOf({ sides, changes }: Comparison, side: keyof Both): { readonly whole: SideObject[]; readonly others: SideObject[] } {
  return {
    whole: [...(sides?.[side].values() ?? [])].flatMap((objects) => [...objects.values()]),
    others: changes.flatMap((change) => (change[side] && !sides?.[side].has(change.stack) ? [change[side]] : [])),
  };
}

function identityOf({ site, object }: SideObject): string {
  return `${site} ${object.apiVersion.split("/").slice(0, -1).join("/")} ${nameOf(object)}`;
}

function pairUp({ changes }: Comparison, kinds: ReadonlySet<string>): Both[] {
  const pairs = new Map<string, Both>();
  for (const change of changes)
    for (const side of ["before", "after"] as const) {
      const object = change[side];
      if (!object || !kinds.has(object.object.kind)) continue;
      const identity = identityOf(object);
      pairs.set(identity, { ...pairs.get(identity), [side]: object });
    }
  return [...pairs.values()];
}

/** The stacks that come whole, or go: with their messenger's namespace, or because one side does not have them. */
function wholeStacks(comparison: Comparison): Readonly<Record<"before" | "after", ReadonlySet<string>>> {
  const namespaces = pairUp(comparison, new Set(["Namespace"]));
  const messengers = (sides: readonly (SideObject | undefined)[]): string[] =>
    sides.flatMap((side) => (side && !side.stack.startsWith("site.") ? [side.stack] : []));
  const { added, removed } = comparison.stacks;
  return {
    before: new Set([...removed, ...messengers(namespaces.map(({ before, after }) => (after ? undefined : before)))]),
    after: new Set([...added, ...messengers(namespaces.map(({ before, after }) => (before ? undefined : after)))]),
  };
}

/** What a messenger's stack has no reason to hold is never folded. */
const neverFolded = new Set(["ClusterRole", "ClusterRoleBinding"]);

/** The objects of kinds that differ, in the order of the changes. */
export function pairsOf(comparison: Comparison, ...kinds: readonly string[]): Pair[] {
  const whole = wholeStacks(comparison);
  const isFolded = ({ before, after }: Both): boolean => {
    if (before && after) return false;
    const only = after ?? before;
    return only !== undefined && whole[after ? "after" : "before"].has(only.stack) && !neverFolded.has(only.object.kind);
  };
  return pairUp(comparison, new Set(kinds)).map((pair) => ({ ...pair, folded: isFolded(pair) }));
}

/** Those that no finding about a whole messenger tells of. */
export function singlePairsOf(comparison: Comparison, ...kinds: readonly string[]): Pair[] {
  return pairsOf(comparison, ...kinds).filter(({ folded }) => !folded);
}

/** A finding about a pair. */
export function foundIn({ before, after }: Pair, direction: Direction, what: string): SecurityFound[] {
  const side = after ?? before;
  return side ? [{ stack: side.stack, address: side.address, object: nameOf(side.object), what, direction }] : [];
}

/**
 * What one side allows that the other does not, in words.
 * @param tight the side that may allow less; nothing where it has no such object
 * @param loose the side of which the words tell
 * @param direction `widens` where `loose` is what is to come
 */
export type Say = (tight: ApiObject | undefined, loose: ApiObject | undefined, direction: Direction) => readonly string[];

/** Says of a pair what is newly allowed and what no longer is: the same question asked both ways, so neither can be forgotten. */
export function bothWays(say: Say): (pair: Pair) => SecurityFound[] {
  return (pair) => {
    const [before, after] = [pair.before?.object, pair.after?.object];
    return [
      ...say(before, after, "widens").flatMap((what) => foundIn(pair, "widens", what)),
      ...say(after, before, "narrows").flatMap((what) => foundIn(pair, "narrows", what)),
    ];
  };
}
