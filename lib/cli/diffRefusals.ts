/** What of a change can never be applied, or promised: needs that do not fit, breaches of the policy, and laws that fail. */
import { allocate } from "../allocation/allocate";
import type { Violation } from "../allocation/allocation";
import type { StackObjects } from "../diff/change";
import type { Ground } from "../diff/ground";
import type { Finding } from "../diff/rule";
import { checkPolicy } from "../policy";
import type { AllocatedRequest } from "../request/allocated";
import type { Messenger } from "../request/messenger";
import { calendarOf } from "../sizing/timeline";
import type { StackPlan } from "../stacks/app";
import type { Demands } from "./demands";

/** The names of these findings, beside those of the rules of risk. */
export const refusalRules = { fit: "does-not-fit", policy: "policy", law: "law" } as const;

/** What `allocate` refuses of those who are stale: there is not enough. */
export function fitFindings({ estate, messengers, lock }: Ground, stale: readonly string[], needs: Demands): Finding[] {
  if (stale.length === 0) return [];
  const calendar = calendarOf(estate, lock.asOf);
  const demands = messengers.filter(({ messenger }) => stale.includes(messenger)).map((messenger) => needs.of(messenger, calendar));
  const { asOf, coefficients: version } = lock;
  return allocate({ estate, messengers, demands, lock, asOf, coefficients: version, names: stale }).refused.map(
    ({ messenger, site, what, remedy }) => ({
      rule: refusalRules.fit,
      stack: `${messenger}.${site}`,
      address: "",
      object: messenger,
      what: `it does not fit at ${site}: ${what}; what would help: ${remedy}`,
      why: "The files ask for more than there is to give: `allocate` refuses it, and nothing of it can be granted.",
    }),
  );
}

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
