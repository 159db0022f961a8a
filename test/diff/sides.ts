/** Objects of two sides as they are compared, for tests of the comparison and of what it is asked. */
import { compare, type SideStacks } from "../../lib/diff/compare";
import type { Comparison, SideObject } from "../../lib/diff/change";
import type { RiskRule } from "../../lib/diff/rule";
import type { ApiObject, JsonObject } from "../../lib/manifests/apiObject";

interface Of {
  /** @default gap.thr1 */
  readonly stack?: string;
  /** @default that of the kind */
  readonly address?: string;
  /** @default the kind in small letters */
  readonly id?: string;
  /** @default a */
  readonly name?: string;
  /** @default messenger-gap */
  readonly namespace?: string;
  /** @default it is not */
  readonly guarded?: boolean;
  /** @default v1 */
  readonly apiVersion?: string;
}

/** The type of a kind: the provider has one for those of Kubernetes itself. */
const typeOf = (kind: string): string =>
  kind === "IPAddressPool" ? "kubernetes_manifest" : `kubernetes_${kind.replace(/(?<=[a-z])[A-Z]/g, "_$&").toLowerCase()}_v1`;

/** An object of a stack. @param rest what it has beside its name */
export function sideObject(kind: string, rest: JsonObject = {}, of: Of = {}): SideObject {
  const { stack = "gap.thr1", id = kind.toLowerCase(), address = `${typeOf(kind)}.${id}`, guarded = false } = of;
  const { name = "a", namespace = "messenger-gap", apiVersion = "v1" } = of;
  const object: ApiObject = { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) }, ...rest };
  return { stack, site: stack.slice(stack.indexOf(".") + 1), address, object, guarded };
}

function stacksOf(objects: readonly SideObject[]): SideStacks {
  const stacks = new Map<string, Map<string, SideObject>>();
  for (const each of objects) stacks.set(each.stack, (stacks.get(each.stack) ?? new Map<string, SideObject>()).set(each.address, each));
  return stacks;
}

/** The comparison of two sides. Stacks of one side that are to be there without an object are named. */
export function comparedSides(before: readonly SideObject[], after: readonly SideObject[], empty: readonly string[] = []): Comparison {
  const [base, head] = [before, after].map((side) => new Map([...empty.map((name) => [name, new Map()] as const), ...stacksOf(side)]));
  return compare(base ?? new Map(), head ?? new Map());
}

/** What a rule finds, a line each: the object and what happens. */
export function risksOf(rule: RiskRule, comparison: Comparison): string[] {
  return rule.find(comparison).map(({ object, what }) => `${object} ${what}`);
}
