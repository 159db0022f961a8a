/** A rehearsal: drills one after the other on a running twin, each put back before the next begins. */
import { several } from "../../allocation/words";
import { InputError } from "../../request/problem";
import { type Drill, type DrillName, drillNames, type Stage, Unfinished, type Verdict } from "../drill";
import { wordsOf } from "../ending";
import { leaving } from "../load/siteLoad";
import { sweepOnce } from "./sweep";
import { until } from "../wait";

/** What a drill came to. */
export interface DrillReport {
  readonly drill: DrillName;
  readonly seconds: number;
  readonly verdicts: readonly Verdict[];
  /** Why it could not be run to its end. */
  readonly failure?: string;
}

/** How drills are found: each loads only when it is run. */
const load: Readonly<Record<DrillName, () => Promise<Drill>>> = {
  wipe: async () => (await import("../drills/wipe.js")).wipe,
  addresses: async () => (await import("../drills/addresses.js")).addresses,
  intrusion: async () => (await import("../drills/intrusion.js")).intrusion,
  peak: async () => (await import("../drills/peak.js")).peak,
  rack: async () => (await import("../drills/rack.js")).rack,
  site: async () => (await import("../drills/site.js")).site,
  surge: async () => (await import("../drills/surge.js")).surge,
};

/** Drills by name, in the order in which they are rehearsed. */
export function loadDrills(names: readonly DrillName[] = drillNames): Promise<Drill[]> {
  return Promise.all(drillNames.filter((name) => names.includes(name)).map((name) => load[name]()));
}

/** What is swept may wait for pods to end, and for the operator to let hosts go; in seconds. */
const sweepPatience = 180;
/** How long a drill that was told to end may take to put back what it changed, in seconds: its pods go, and some requests more. */
const unwinding = leaving + 30;
/** Of what does not go, so much is named. */
const mostLeft = 5;

/** Removes everything that drills made and puts back what they changed, whichever ended how; answers what it could not, and why. */
async function cleanUp(drills: readonly Drill[], stage: Stage): Promise<string[]> {
  const wrong: string[] = [];
  const trying = async (what: string, work: () => Promise<void> | undefined): Promise<void> => {
    try {
      await work();
    } catch (error) {
      wrong.push(`${what}: ${wordsOf(error)}`);
    }
  };
  for (const drill of drills) await trying(`what the drill ${drill.name} changed is not put back`, () => drill.clean?.(stage));
  for (const [site, twinSite] of stage.sites)
    await trying(`what drills made at ${site} is not removed`, async () => {
      const api = await twinSite.admin();
      let left: string[] = [];
      const isClean = async (): Promise<true | undefined> => ((left = await sweepOnce(api)).length === 0 ? true : undefined);
      if (await until(isClean, { seconds: sweepPatience, signal: stage.signal })) return;
      const more = left.length > mostLeft ? `, and ${several(left.length - mostLeft, "other")}` : "";
      throw new Error(`still there after ${sweepPatience} s: ${left.slice(0, mostLeft).join(", ")}${more}`);
    });
  return wrong;
}

const remedy = "remove it by hand, or begin anew: `npx zirsakht twin down`, `npx zirsakht twin up`, `npx zirsakht twin deploy`";

/**
 * Runs the drills in order. The twin is cleaned before the first, and after one that could not be run to its end; where that fails, or
 * the signal ends it all, what was judged so far is answered.
 * @param onceClean what is looked at before the first drill, and is not to see what an earlier rehearsal left. @default nothing
 * @throws InputError where the twin cannot be cleaned before the first
 */
export async function rehearse(
  drills: readonly Drill[],
  stage: Stage,
  onceClean: () => Promise<void> = () => Promise.resolve(),
): Promise<DrillReport[]> {
  const all = await loadDrills();
  // Cleaning is not stopped by what stops drills.
  const cleaning: Stage = { ...stage, signal: new AbortController().signal };
  const reports: DrillReport[] = [];
  const left = await cleanUp(all, cleaning);
  if (left.length > 0) throw new InputError(left.map((what) => ({ message: `an earlier rehearsal is in the way: ${what}; ${remedy}` })));
  await onceClean();
  for (const drill of drills) {
    if (stage.signal.aborted) break;
    const report = await runOne(drill, stage);
    const wrong = report.failure === undefined ? [] : await cleanUp(all, cleaning);
    reports.push(wrong.length === 0 ? report : { ...report, failure: [report.failure, ...wrong].join("; ") });
    // The next drill would find what this one left.
    if (wrong.length > 0) break;
  }
  return reports;
}

async function runOne(drill: Drill, stage: Stage): Promise<DrillReport> {
  const began = performance.now();
  const report = (rest: Pick<DrillReport, "verdicts" | "failure">): DrillReport => ({
    drill: drill.name,
    seconds: (performance.now() - began) / 1000,
    ...rest,
  });
  const progress = (what: string): void => {
    stage.signal.throwIfAborted();
    stage.progress(`${drill.name}: ${what}`);
  };
  try {
    return report({ verdicts: await endingWith(stage.signal, drill.run({ ...stage, progress })) });
  } catch (error) {
    const verdicts = error instanceof Unfinished ? error.verdicts : [];
    return report({ verdicts, failure: stage.signal.aborted ? "ended early" : wordsOf(error) });
  }
}

/** A drill's verdicts; once the signal is aborted, it has some time to put things back, and is then left behind. */
async function endingWith(signal: AbortSignal, running: Promise<Verdict[]>): Promise<Verdict[]> {
  const patience = new AbortController();
  const late = new Promise<never>((_, reject) => {
    const end = (): void => {
      const timer = setTimeout(() => reject(new Error("it did not end")), unwinding * 1000);
      patience.signal.addEventListener("abort", () => clearTimeout(timer));
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true, signal: patience.signal });
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    patience.abort();
  }
}
