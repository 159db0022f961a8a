/** Messengers whose need exceeds what they hold and what is recorded as short: their stacks would promise less than their files ask for. */
import { allocate } from "../allocation/allocate";
import type { AllocatedRequest } from "../request/allocated";
import { byCodeUnit } from "../manifests/apiObject";
import { coefficientBook } from "../sizing/coefficient";
import { demandOf } from "../sizing/demand";
import { sizeMessenger } from "../sizing/size";

/** A stale messenger, and why in words, a site and resource each. */
export interface StaleMessenger {
  readonly messenger: string;
  readonly why: readonly string[];
}

/**
 * The request's stale messengers, by id: those for whom `allocate` would add a line, raise a figure or refuse a need, on the book date.
 * Surplus, and a recorded short that fits by now, make nobody stale; a dead server counts as alive.
 */
export function staleMessengers({ estate, messengers, lock }: AllocatedRequest): StaleMessenger[] {
  const calendar = { asOf: lock.asOf, horizon: estate.horizon, surges: estate.surges };
  const demands = messengers.map((messenger) => demandOf(sizeMessenger(messenger, calendar), messenger));
  const { changes, refused } = allocate({
    estate,
    messengers,
    demands,
    lock,
    asOf: lock.asOf,
    partial: true,
    coefficients: coefficientBook().version,
  });
  const grown = changes.filter(
    ({ resource, added, before = 0, after = 0 }) => resource !== "short" && (added.length > 0 || after > before),
  );
  const why = new Map<string, Set<string>>(messengers.map(({ messenger }) => [messenger, new Set()]));
  for (const { site, group, resource, ...of } of [...grown, ...refused])
    why.get("holder" in of ? of.holder : of.messenger)?.add(`${resource}${group ? ` of ${group}` : ""} at ${site}`);
  return [...why]
    .filter(([, reasons]) => reasons.size > 0)
    .map(([messenger, reasons]) => ({ messenger, why: [...reasons].sort(byCodeUnit) }))
    .sort((left, right) => byCodeUnit(left.messenger, right.messenger));
}
