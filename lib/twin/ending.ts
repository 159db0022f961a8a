/** How work ends: all of it is waited for, and of what failed nothing hides anything else. */

/** What an error says. */
export const wordsOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));

/** What all of them came to, once every one has ended. Throws the error where there is one, and one that says all of them where there are more. */
export async function together<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const ended = await Promise.allSettled(works);
  const reasons = ended.flatMap((each): unknown[] => (each.status === "rejected" ? [each.reason] : []));
  if (reasons.length > 1) throw new Error([...new Set(reasons.map(wordsOf))].join("; "));
  if (reasons.length === 1) throw reasons[0];
  return ended.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
}

/** Does the work and, whatever became of it, what comes last: as `finally`, but where both fail both are told. */
export async function lastly<T>(work: () => Promise<T>, last: () => Promise<unknown>): Promise<T> {
  const working = work();
  await together<unknown>([working, working.then(last, last)]);
  return working;
}
