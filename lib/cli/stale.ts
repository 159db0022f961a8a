/** Needs that exceed what the lock grants: the stacks of their messengers would promise less than their files ask for. */
import type { Stale } from "../allocation/allocation";
import { judgeLock } from "../allocation/judgement";
import type { AllocatedRequest } from "../request/allocated";
import { InputError } from "../request/problem";
import { demandOf } from "../sizing/demand";
import { sizeMessenger } from "../sizing/size";

/** What makes messengers of the request stale on the lock's book date, by messenger, site and resource. */
export function staleNeeds({ estate, messengers, lock }: AllocatedRequest): readonly Stale[] {
  const calendar = { asOf: lock.asOf, horizon: estate.horizon, surges: estate.surges };
  const demands = messengers.map((messenger) => demandOf(sizeMessenger(messenger, calendar), messenger));
  return judgeLock({ estate, messengers, demands, lock }).stale;
}

/** The option that says where the files are, where they are not at the usual place. */
export const at = (root: string): string => (root === "stacks" ? "" : ` --root ${root}`);

/** Refuses, as `npm ci` does, where a messenger whose stacks are asked for needs more than the lock grants. */
export function refuseStale(request: AllocatedRequest, root: string, stacks?: readonly string[]): void {
  const asked = stacks && new Set(stacks.map((stack) => stack.split(".")[0]));
  const messengers = asked ? request.messengers.filter(({ messenger }) => asked.has(messenger)) : request.messengers;
  const problems = staleNeeds({ ...request, messengers }).map(({ messenger, site, group, resource, what }) => ({
    message: `${messenger} is stale at ${site}: ${group ?? resource}: ${what}; run \`npx zirsakht allocate ${messenger}${at(root)}\``,
  }));
  if (problems.length > 0) throw new InputError(problems);
}
