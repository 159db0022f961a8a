/** A rehearsal: drills one after the other on a running twin, each put back before the next begins. */
import { type Drill, type DrillName, drillNames, type Stage, type Verdict } from "../drill";
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
/** How long a drill that was told to end may take to put back what it changed, in seconds. */
const unwinding = 60;

/**
 * Removes everything that drills made and puts back what they changed, whichever ended how.
 * @throws Error where something does not go
 */
export async function cleanUp(drills: readonly Drill[], stage: Stage): Promise<void> {
  for (const drill of drills) await drill.clean?.(stage);
  for (const [site, twinSite] of stage.sites) {
    const api = await twinSite.admin();
    const isClean = async (): Promise<true | undefined> => ((await sweepOnce(api)) === 0 ? true : undefined);
    if (!(await until(isClean, { seconds: sweepPatience, signal: stage.signal })))
      throw new Error(`${site}: what earlier drills made is still there after ${sweepPatience} s`);
  }
}

/**
 * Runs the drills in order. The twin is cleaned before the first, after one that could not be run to its end, and when the
 * signal ends it all: then what was judged so far is answered.
 */
export async function rehearse(drills: readonly Drill[], stage: Stage): Promise<DrillReport[]> {
  const all = await loadDrills();
  // Cleaning is not stopped by what stops drills.
  const cleaning: Stage = { ...stage, signal: new AbortController().signal };
  const reports: DrillReport[] = [];
  await cleanUp(all, cleaning);
  for (const drill of drills) {
    if (stage.signal.aborted) break;
    const report = await runOne(drill, stage);
    reports.push(report);
    if (report.failure !== undefined) await cleanUp(all, cleaning);
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
    return report({ verdicts: [], failure: stage.signal.aborted ? "ended early" : error instanceof Error ? error.message : String(error) });
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
