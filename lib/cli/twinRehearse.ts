/** `twin rehearse`: runs the drills on the twin of this working folder, and says which promises are kept and which are broken. */
import { rmSync } from "node:fs";
import { closest } from "fastest-levenshtein";
import { several } from "../allocation/words";
import type { AllocatedRequest } from "../request/allocated";
import { InputError } from "../request/problem";
import { type DrillName, drillNames, type Stage } from "../twin/drill";
import { driftOf } from "../twin/rehearsal/drift";
import { temporaryFolder, TwinFolder, twinFolderOf } from "../twin/control/folder";
import { loadDrills, rehearse } from "../twin/rehearsal/rehearsal";
import { withTwin } from "../twin/control/twin";
import type { TwinSite } from "../twin/control/twinSite";
import { interruptible } from "./interruption";
import { renderPage } from "../page/page";
import { readAsked } from "./stackPatterns";
import { judged } from "./stale";
import { synthesize } from "./synthesize";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";
import { exitCodeOf, type Rehearsal, rehearsalDocument, rehearsalPage } from "./twinRehearsePage";

/** Throws InputError for a drill that there is not. */
function drillsOf(names: readonly string[]): readonly DrillName[] {
  const isDrill = (name: string): name is DrillName => drillNames.some((known) => known === name);
  const unknown = names.filter((name) => !isDrill(name));
  if (unknown.length > 0)
    throw new InputError(
      unknown.map((name) => ({
        message: `there is no drill ${name}; did you mean ${closest(name, [...drillNames])}? There are ${drillNames.join(", ")}`,
      })),
    );
  return names.length === 0 ? drillNames : names.filter(isDrill);
}

/** How what is deployed differs from the files. Throws InputError where a site has nothing of them. */
async function checkDeployed(
  request: AllocatedRequest,
  folder: TwinFolder,
  sites: ReadonlyMap<string, TwinSite>,
): Promise<Rehearsal["drift"]> {
  const out = temporaryFolder(folder.temporary, "synth");
  try {
    const { placed } = synthesize(request, { out });
    const drift: Rehearsal["drift"][number][] = [];
    const problems: string[] = [];
    for (const site of Object.keys(request.estate.sites).sort()) {
      const written = placed.filter((each) => each.site === site).map(({ object }) => object);
      const twinSite = sites.get(site);
      if (!twinSite) {
        problems.push(`the twin has no site ${site}; run \`npx zirsakht twin up\`, then \`npx zirsakht twin deploy\``);
        continue;
      }
      const found = await driftOf(await twinSite.admin(), written);
      if (found.filter(({ what }) => what.startsWith("missing")).length === written.length)
        problems.push(`nothing is deployed to ${site}; run \`npx zirsakht twin deploy\``);
      else drift.push(...found.map((each) => ({ site, ...each })));
    }
    if (problems.length > 0) throw new InputError(problems.map((message) => ({ message })));
    return drift;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Rehearses the named drills, or all. Throws InputError where it cannot begin: wrong files, no twin, nothing deployed. */
export async function run(names: string[], options: CommonOptions, terminal: Terminal): Promise<ExitCode> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const progress = (what: string): void => terminal.err(`${seconds().toFixed(1).padStart(7)} s  ${what}`);
  const drills = await loadDrills(drillsOf(names));
  const { request } = readAsked([], options.root, terminal);
  const folder = new TwinFolder(twinFolderOf(process.cwd()));
  const told = (): void =>
    progress("ending: what the drills made is removed first; once more ends at once, and the next rehearsal removes it");
  const rehearsal = await interruptible(told, (signal) =>
    withTwin(folder.path, { progress, signal }, async (sites): Promise<Rehearsal> => {
      let drift: Rehearsal["drift"] = [];
      const stage: Stage = { request, ...judged(request), sites, progress, signal };
      const reports = await rehearse(drills, stage, async () => {
        progress("comparing what is deployed with the files");
        drift = await checkDeployed(request, folder, sites);
        if (drift.length > 0) progress(`what is deployed is not what the files say: see ${several(drift.length, "object")} below`);
      });
      const ended = reports.length < drills.length || signal.aborted;
      return { asOf: request.lock.asOf, reports, drift, ended, seconds: seconds() };
    }),
  );
  terminal.out(
    options.format === "json"
      ? JSON.stringify(rehearsalDocument(rehearsal), undefined, 2)
      : renderPage(rehearsalPage(rehearsal), options.format),
  );
  return exitCodeOf(rehearsal);
}
