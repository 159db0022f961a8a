/** What live tests start from: the shared twin, or one of their own. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { twinFolderOf } from "../../../lib/twin/control/folder";
import { bringPrograms, type Programs } from "../../../lib/twin/programs/programs";
import { lowerTwin, openTwin, type RaisedTwin, raiseTwin } from "../../../lib/twin/control/twin";
import type { TwinSite } from "../../../lib/twin/control/twinSite";
import { newWorkingFolder, variables } from "./shared";

const skipped = process.env[variables.skipped];

/** Tests that need a twin. Where there can be none they are skipped, and their title says why. */
export function describeLive(title: string, tests: () => void): void {
  if (skipped === undefined) describe(title, tests);
  else describe.skip(`${title} (skipped: ${skipped})`, tests);
}

/** The working folder of the shared twin, of all the example's sites; nothing is deployed to it until a test does. */
export function sharedWorkingFolder(): string {
  const folder = process.env[variables.folder];
  if (folder === undefined) throw new Error("there is no shared twin: run the live tests with npm run test:twin");
  return folder;
}

/** The shared twin's sites; close them after the tests. */
export const openShared = (): Promise<ReadonlyMap<string, TwinSite>> => openTwin(twinFolderOf(sharedWorkingFolder()));

/** The twin's programs, which setup has brought. */
export const livePrograms = (): Promise<Programs> => bringPrograms({ progress: () => undefined });

/** A twin of a test's own, with one site; throw it away after the test. */
export class OwnTwin {
  readonly workingFolder: string;

  /** @param inside a folder below the temporary one, for paths that are hard to get right */
  constructor(inside = "") {
    this.root = newWorkingFolder();
    this.workingFolder = join(this.root, inside);
  }

  private readonly root: string;

  get folder(): string {
    return twinFolderOf(this.workingFolder);
  }

  async raise(programs?: Programs): Promise<RaisedTwin> {
    const contexts = new Map([["own1", "own1"]]);
    return raiseTwin({ folder: this.folder, contexts, programs: programs ?? (await livePrograms()), progress: () => undefined });
  }

  /** No process and no file is left. */
  async throwAway(): Promise<void> {
    await lowerTwin(this.folder);
    rmSync(this.root, { recursive: true, force: true });
  }
}
