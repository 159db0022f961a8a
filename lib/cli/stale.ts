/** The lock judged by the needs of its messengers, and refused where their stacks would promise less than their files ask for. */
import { judgeLock, type Judgement } from "../allocation/judgement";
import { noMemory, type Memory } from "../memory/memory";
import type { AllocatedRequest } from "../request/allocated";
import { InputError } from "../request/problem";
import { coefficientBook, valuesIn } from "../sizing/coefficient";
import type { Demand } from "../sizing/demand";
import { calendarOf, type Calendar } from "../sizing/timeline";
import { Demands } from "./demands";

/** A request with what its messengers need on the lock's book date, and how the lock stands to it. */
export interface Judged {
  readonly calendar: Calendar;
  readonly demands: readonly Demand[];
  readonly judgement: Judgement;
}

/** Sizes the messengers of the request and judges the lock by them. */
export function judged({ estate, messengers, lock }: AllocatedRequest, memory: Memory = noMemory): Judged {
  const calendar = calendarOf(estate, lock.asOf);
  const known = new Demands(valuesIn(coefficientBook(memory)), memory);
  const demands = messengers.map((messenger) => known.of(messenger, calendar));
  return { calendar, demands, judgement: judgeLock({ estate, messengers, demands, lock }) };
}

/** The option that says where the files are, where they are not at the usual place. */
export const at = (root: string): string => (root === "stacks" ? "" : ` --root ${root}`);

/** Refuses, as `npm ci` does, where a messenger needs more than the lock grants; its stacks are not to be made. */
export function refuseStale({ stale }: Judgement, root: string): void {
  const problems = stale.map(({ messenger, site, group, resource, what }) => ({
    message: `${messenger} is stale at ${site}: ${group ?? resource}: ${what}; run \`npx zirsakht allocate ${messenger}${at(root)}\``,
  }));
  if (problems.length > 0) throw new InputError(problems);
}
