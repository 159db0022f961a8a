/** A program that runs for a site of the twin: how it is started, and how it says that it is well. */

import { findProcesses, type Running, stopProcesses } from "./process";
import { type ProgramName, programs } from "../programs/program";

/** A program of a site. */
export interface Component {
  readonly name: ProgramName;
  /** Its arguments; one at least holds a path of the site's folder, by which the process is found. */
  readonly args: readonly string[];
  /** @default nothing at all */
  readonly env?: Readonly<Record<string, string>>;
  /** The ports that it listens on; on loopback only. */
  readonly ports: readonly number[];
  /** Where it answers 200 while it is well. @default it listens nowhere, and is well while it lives */
  readonly health?: string;
}

/** What outlives the command that started it: the programs but those that people use, and terraform where its deploy was killed. */
const names: ReadonlySet<string> = new Set([
  ...programs.map(({ name }) => name).filter((name) => name !== "kubectl" && name !== "kwokctl"),
  "terraform",
  "tofu",
]);

/** The programs that run for a twin, or for one site of it: those that name its folder in their command lines, or work in it. */
export const findTwinProcesses = (folder: string): Promise<Running[]> => findProcesses(folder, names);

/** Ends programs of a twin; etcd last, for the API server does not end without it. */
export async function stopTwinProcesses(running: readonly Running[]): Promise<void> {
  for (const isLast of [false, true]) await stopProcesses(running.filter(({ program }) => (program === "etcd") === isLast));
}
