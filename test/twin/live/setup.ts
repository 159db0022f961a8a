/** Raises the twin of the whole run; where its programs can neither be had nor built, says so, and the tests are skipped. */
import { rmSync } from "node:fs";
import { InputError } from "../../../lib/request/problem";
import { readRequest } from "../../../lib/request/read";
import { twinFolderOf } from "../../../lib/twin/control/folder";
import { requireGo } from "../../../lib/twin/programs/go";
import { goVersionOf } from "../../../lib/twin/programs/modules";
import { bringPrograms, type Programs } from "../../../lib/twin/programs/programs";
import { lowerTwin, raiseTwin } from "../../../lib/twin/control/twin";
import { abandonedFolders, newWorkingFolder, variables } from "./shared";

const progress = (what: string): void => void process.stderr.write(`${what}\n`);

/** The programs, or why there are none; a machine that has Go must be able to build them. */
async function programsOr(skip: (reason: string) => void): Promise<Programs | undefined> {
  try {
    return await bringPrograms({ progress });
  } catch (error) {
    const isWithoutGo = await requireGo(goVersionOf("kubernetes")).then(
      () => false,
      () => true,
    );
    if (!(error instanceof InputError) || !isWithoutGo) throw error;
    skip(error.message);
    return undefined;
  }
}

export default async function setup(): Promise<void> {
  for (const folder of abandonedFolders()) {
    await lowerTwin(twinFolderOf(folder));
    rmSync(folder, { recursive: true, force: true });
  }
  const programs = await programsOr((reason) => {
    process.env[variables.skipped] = reason;
    progress(`SKIPPED: every test of the twin, because of this: ${reason}`);
  });
  if (!programs) return;
  const workingFolder = newWorkingFolder();
  process.env[variables.folder] = workingFolder;
  const { estate } = readRequest("stacks", { messengers: [] });
  const contexts = new Map(Object.entries(estate.sites).map(([site, { context }]) => [site, context]));
  try {
    await raiseTwin({ folder: twinFolderOf(workingFolder), contexts, programs, progress });
  } catch (error) {
    // Where setup fails, there is no teardown.
    await lowerTwin(twinFolderOf(workingFolder));
    throw error;
  }
}
