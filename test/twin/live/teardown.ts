/** Throws the twin of the run away, however the tests ended. */
import { rmSync } from "node:fs";
import { twinFolderOf } from "../../../lib/twin/control/folder";
import { lowerTwin } from "../../../lib/twin/control/twin";
import { variables } from "./shared";

export default async function teardown(): Promise<void> {
  const workingFolder = process.env[variables.folder];
  if (workingFolder === undefined) return;
  await lowerTwin(twinFolderOf(workingFolder));
  rmSync(workingFolder, { recursive: true, force: true });
}
