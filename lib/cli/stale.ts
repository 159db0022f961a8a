/** Needs that exceed what the lock grants: the stacks of their messengers would promise less than their files ask for. */
import type { Stale } from "../allocation/allocation";
import { judgeLock } from "../allocation/judgement";
import type { AllocatedRequest } from "../request/allocated";
import { demandOf } from "../sizing/demand";
import { sizeMessenger } from "../sizing/size";

/** What makes messengers of the request stale on the lock's book date, by messenger, site and resource. */
export function staleNeeds({ estate, messengers, lock }: AllocatedRequest): readonly Stale[] {
  const calendar = { asOf: lock.asOf, horizon: estate.horizon, surges: estate.surges };
  const demands = messengers.map((messenger) => demandOf(sizeMessenger(messenger, calendar), messenger));
  return judgeLock({ estate, messengers, demands, lock }).stale;
}
