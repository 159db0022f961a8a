/** A drill: something done to a running twin, and whether the promise that it puts to the test was kept. */
import type { Calendar } from "../sizing/timeline";
import type { AllocatedRequest } from "../request/allocated";
import type { TwinSite } from "./control/twinSite";
import { together, wordsOf } from "./ending";

/** On everything that a drill creates, with the drill's name as its value; a later rehearsal removes what carries it, whatever ended the earlier one. */
export const rehearsalLabel = "zirsakht.ir/rehearsal";

/** What drills work on: the request as it is deployed, what its messengers need, and the sites of the twin. */
export interface Stage {
  readonly request: AllocatedRequest;
  readonly calendar: Calendar;
  readonly sites: ReadonlyMap<string, TwinSite>;
  /** Told what is being done, in a few words. Throws once the rehearsal is to end, so that no drill begins anything more. */
  readonly progress: (what: string) => void;
  /** Aborted when the rehearsal is to end: waits stop, and the drill puts back what it changed. */
  readonly signal: AbortSignal;
}

/** A line of the rehearsal. */
export interface Verdict {
  /** The promise, such as `0 pods stay pending at peak`. */
  readonly promise: string;
  /** Whom or where it is about: a messenger, a rack, a site; a messenger at a site is `soroush.thr1`. */
  readonly about: string;
  /** What was done; `nothing` where it could not be tried, and `seen` says why: that is neither kept nor broken. */
  readonly done: string;
  /** What was seen. */
  readonly seen: string;
  readonly kept: boolean;
}

export const drillNames = ["wipe", "addresses", "intrusion", "peak", "rack", "site", "surge"] as const;
export type DrillName = (typeof drillNames)[number];

/** A drill by name. It leaves the twin as it found it, kept or broken, and says what it could not try. */
export interface Drill {
  readonly name: DrillName;
  /** @throws Unfinished, with what was judged before it failed */
  run(stage: Stage): Promise<Verdict[]>;
  /**
   * Puts back what an earlier, killed run of it changed, beyond objects with the rehearsal's label, which are removed for it.
   * @default - it changes nothing else
   */
  clean?(stage: Stage): Promise<void>;
}

/** The line of a promise that could not be put to the test, and why: neither kept nor broken. */
export const untried = (promise: string, about: string, why: string): Verdict => ({
  promise,
  about,
  done: "nothing",
  seen: why,
  kept: true,
});

/** A drill that failed, with what it had judged until then: a promise that is broken stays broken. */
export class Unfinished extends Error {
  constructor(
    readonly verdicts: readonly Verdict[],
    reason: unknown,
  ) {
    super(wordsOf(reason), { cause: reason });
  }
}

/**
 * Works at all sites at once, for they share nothing; answers with their verdicts, site by site, once every site has ended.
 *
 * @param work adds a verdict as soon as it is judged
 * @throws Unfinished where a site failed, with the verdicts of all
 */
export async function everywhere<Site>(
  sites: Iterable<Site>,
  work: (site: Site, verdicts: Verdict[]) => Promise<void>,
): Promise<Verdict[]> {
  const all = Array.from(sites, (site) => ({ site, verdicts: [] as Verdict[] }));
  try {
    await together(all.map(({ site, verdicts }) => work(site, verdicts)));
  } catch (error) {
    throw new Unfinished(
      all.flatMap(({ verdicts }) => verdicts),
      error,
    );
  }
  return all.flatMap(({ verdicts }) => verdicts);
}
