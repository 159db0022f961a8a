/** Whether this machine has room for control planes, before anything is started that would die of the lack. */
import { statfsSync } from "node:fs";
import { freemem } from "node:os";
import { several } from "../../allocation/words";
import { InputError, type Problem } from "../../request/problem";
import { inGiB } from "../programs/buildRoom";

/** Bytes of a machine that nobody uses. */
export interface Room {
  readonly memory: number;
  readonly disk: number;
}

const gibibyte = 2 ** 30;
/** What a site takes before anything is deployed, with some air; measured: 0.47 GiB of memory, 0.12 GiB of disk (etcd lays its log out ahead). */
const perSite: Room = { memory: 0.6 * gibibyte, disk: 0.5 * gibibyte };

/** What is left of this machine's memory, and of the disk that holds `folder`. */
export function roomOf(folder: string): Room {
  // Where the process is held to less than the machine has, newer Nodes know it.
  const { availableMemory = freemem } = process as { readonly availableMemory?: () => number };
  const { bavail, bsize } = statfsSync(folder);
  return { memory: availableMemory(), disk: bavail * bsize };
}

/** What is missing for so many more sites; nothing where there is room. */
export function missingRoom({ memory, disk }: Room, sites: number, folder: string): Problem[] {
  const rows = [
    { what: "memory", has: memory, needs: perSite.memory * sites, place: "on this machine", remedy: "end what else runs" },
    {
      what: "disk",
      has: disk,
      needs: perSite.disk * sites,
      place: `at ${folder}`,
      remedy: "make room, or work in a folder on another disk",
    },
  ];
  return rows
    .filter(({ has, needs }) => has < needs)
    .map(({ what, has, needs, place, remedy }) => ({
      message: `${several(sites, "control plane")} ${sites === 1 ? "needs" : "need"} ${inGiB(needs)} of ${what}, and ${inGiB(has)} is free ${place}; ${remedy}`,
    }));
}

/** Throws an InputError where there is no room for so many more sites. */
export function requireRoom(folder: string, sites: number): void {
  const problems = missingRoom(roomOf(folder), sites, folder);
  if (problems.length > 0) throw new InputError(problems);
}
