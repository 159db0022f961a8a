/** The NetworkPolicies of a namespace on both sides: they only add up, so one by itself says nothing. */
import type { ApiObject } from "../../manifests/apiObject";
import type { Comparison, SideObject } from "../change";
import { isolates, podsOf, type Way } from "./flows";
import { bothWays, knownOf, singlePairsOf, type Direction, type SecurityFound } from "./pair";
import type { Selector } from "./selector";

type Side = "before" | "after";

/** The policies of a namespace on one side. */
export interface Policies {
  readonly all: readonly ApiObject[];
  /** Whether every stack is seen, and one of them makes the namespace; else there may be other policies. */
  readonly isWhole: boolean;
}

/** What is said of one policy, knowing those beside it; see `Say`. */
type SayAmong = (
  tight: ApiObject | undefined,
  loose: ApiObject | undefined,
  direction: Direction,
  among: Readonly<Record<"tight" | "loose", Policies>>,
) => readonly string[];

const keyOf = (site: string, namespace = ""): string => `${site} ${namespace}`;

/** The policies of each namespace on one side, changed or not; of a stack that is not known whole, those that change. */
function policiesOf(comparison: Comparison, side: Side): (of: SideObject) => Policies {
  const { whole: known, others } = knownOf(comparison, side);
  const policies = new Map<string, ApiObject[]>();
  for (const { site, object } of [...known, ...others]) {
    const key = keyOf(site, object.metadata.namespace);
    if (object.kind === "NetworkPolicy") policies.set(key, [...(policies.get(key) ?? []), object]);
  }
  const whole = new Set(known.flatMap(({ site, object }) => (object.kind === "Namespace" ? [keyOf(site, object.metadata.name)] : [])));
  return ({ site, object }) => {
    const key = keyOf(site, object.metadata.namespace);
    return { all: policies.get(key) ?? [], isWhole: comparison.sides?.areAll === true && whole.has(key) };
  };
}

/** The pods that policies isolate in one way. */
export const isolatedBy = ({ all }: Policies, way: Way): Selector[] => all.filter((policy) => isolates(policy, way)).map(podsOf);

/** Says of each policy that differs what it changes among those of its namespace. */
export function amongPolicies(say: SayAmong): (comparison: Comparison) => SecurityFound[] {
  return (comparison) => {
    const [before, after] = [policiesOf(comparison, "before"), policiesOf(comparison, "after")];
    return singlePairsOf(comparison, "NetworkPolicy").flatMap((pair) => {
      const one = pair.after ?? pair.before;
      if (!one) return [];
      const [then, now] = [before(one), after(one)];
      return bothWays((tight, loose, direction) =>
        say(tight, loose, direction, direction === "widens" ? { tight: then, loose: now } : { tight: now, loose: then }),
      )(pair);
    });
  };
}
