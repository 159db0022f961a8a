/** The twin that all live tests of a run share: where it is, and whom setup and teardown tell. */
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "../../../lib/twin/control/process";

const prefix = "zirsakht-live-";

/** How setup tells the tests, in the environment of their process. */
export const variables = { folder: "ZIRSAKHT_LIVE_TWIN", skipped: "ZIRSAKHT_LIVE_SKIPPED" } as const;

/** A new working folder of this run, named by its process, so that a later run knows whether it still goes on. */
export const newWorkingFolder = (): string => mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));

/** The working folders of runs that ended without a teardown. */
export function abandonedFolders(): string[] {
  return readdirSync(tmpdir()).flatMap((name) => {
    const [, pid] = /^zirsakht-live-(\d+)-/.exec(name) ?? [];
    return pid !== undefined && !isAlive(Number(pid)) ? [join(tmpdir(), name)] : [];
  });
}
