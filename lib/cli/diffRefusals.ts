/** What of a change can never be applied, or is no longer promised: breaches of the policy, and laws that fail. */
import type { Violation } from "../allocation/allocation";
import type { StackObjects } from "../diff/change";
import type { Finding } from "../diff/rule";
import { checkPolicy } from "../policy";
import type { AllocatedRequest } from "../request/allocated";
import type { Messenger } from "../request/messenger";
import type { StackPlan } from "../stacks/app";

/** The names of these findings, beside those of the rules of risk. */
export const refusalRules = { policy: "policy", law: "law" } as const;

const groupsOf = ({ access }: Messenger): string[] => Object.values(access).flat();

/** The plans of messengers that share a group with a changed one: rules compare whom the two let in. */
function matesOf(plans: readonly StackPlan[], changed: ReadonlySet<string>): StackPlan[] {
  const groups = new Set(
    plans.flatMap((plan) => ("messenger" in plan && changed.has(plan.name) ? groupsOf(plan.messenger.messenger) : [])),
  );
  return plans.filter(
    (plan) => "messenger" in plan && !changed.has(plan.name) && groupsOf(plan.messenger.messenger).some((group) => groups.has(group)),
  );
}

/**
 * Every breach of the policy by stacks that changed.
 * @param made the objects of the changed stacks
 * @param make makes further stacks
 */
export function policyFindings(
  { estate }: AllocatedRequest,
  plans: readonly StackPlan[],
  made: ReadonlyMap<string, StackObjects>,
  make: (plans: readonly StackPlan[]) => ReadonlyMap<string, StackObjects>,
): Finding[] {
  const beside = make(matesOf(plans, new Set(made.keys())));
  const placed = plans.flatMap(({ name }) => [...(made.get(name) ?? beside.get(name) ?? new Map<string, never>()).values()]);
  return checkPolicy(placed, estate).map(({ rule, stack, address, object, what, remedy }) => ({
    rule: refusalRules.policy,
    stack,
    address,
    object,
    what: `synth refuses it: ${what}; ${remedy} [${rule}]`,
    why: "What breaks a rule of the policy is never synthesized: nothing of this change can be applied.",
  }));
}

/** Laws that fail on the head and held on the base, though everything is taken as alive. */
export function lawFindings(before: readonly Violation[], after: readonly Violation[]): Finding[] {
  const known = new Set(before.map((violation) => JSON.stringify(violation)));
  return after
    .filter((violation) => !known.has(JSON.stringify(violation)))
    .map(({ site, holders, what }) => ({
      rule: refusalRules.law,
      stack: `site.${site}`,
      address: "",
      object: holders.join(", "),
      what: `a promise cannot be kept at ${site}: ${what}`,
      why: "A law fails though everything is taken as alive: two locks that merged cleanly, or an estate that shrank under what it promised.",
    }));
}
