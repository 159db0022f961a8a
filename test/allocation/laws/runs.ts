/** How many stories each law is tried on: `npx jest test/allocation/laws --globals '{"runs": 50000}'` tries more, from a new seed. */
import * as fc from "fast-check";

const { runs, seed, limit = 120_000 } = globalThis as { runs?: number; seed?: number; limit?: number };
jest.setTimeout(runs === undefined ? 2 * limit : 2 ** 30);

/** Every law's stories together take no more than about a minute of a machine with two cores. */
const usual = 1000;

/** Fails with the smallest story for which `judge` finds something, and what it finds. `part` is the share of the usual number of stories. */
export function never<T>(stories: fc.Arbitrary<T>, judge: (story: T) => readonly string[], part = 1): void {
  const property = fc.property(stories, (story) => {
    const findings = judge(story);
    if (findings.length > 0) throw new Error(findings.join("\n"));
  });
  fc.assert(property, {
    numRuns: Math.ceil((runs ?? usual) * part),
    ...(runs === undefined ? { seed: 1403 } : {}),
    ...(seed === undefined ? {} : { seed }),
    // Ends the search for a smaller story; stories left untried fail.
    ...(runs === undefined || limit < 120_000 ? { interruptAfterTimeLimit: limit, markInterruptAsFailure: true } : {}),
  });
}
