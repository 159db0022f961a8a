/** Whether a machine has the disk and the memory that building the twin's programs takes. */
import { existsSync, statfsSync, statSync } from "node:fs";
import { totalmem } from "node:os";
import { dirname } from "node:path";
import { InputError } from "../../request/problem";

const mebibyte = 2 ** 20;

/** Measured with what debuggers read, which is left out since: 5,726 compiled packages are 5,645 MiB of Go's build cache. */
const perPackage = mebibyte;
/** Measured: the ten programs are 616 MiB; the largest, kube-apiserver, is 101 MiB. */
const perProgram = 64 * mebibyte;
/** Measured: linking kube-apiserver takes 1.8 GiB, more than anything else. */
const neededMemory = 2 * 2 ** 30;

/** What is still to be done. */
export interface Work {
  /** Packages that Go has not compiled yet. */
  readonly packages: number;
  readonly programs: number;
}

/** Where it is kept: Go's build cache, and the folder of the programs. */
export interface Places {
  readonly goCache: string;
  readonly programs: string;
}

/** The machine's disks. */
export interface Disks {
  /** The disk that a folder lies on. */
  readonly diskOf: (folder: string) => number;
  /** Bytes of it that this user may fill. */
  readonly freeOf: (folder: string) => number;
}

const ownDisks: Disks = {
  diskOf: (folder) => statSync(folder).dev,
  freeOf: (folder) => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  },
};

/** Bytes in words, such as `1.8 GiB`. */
export const inGiB = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** Throws an InputError where a machine of so many bytes of memory cannot link the largest program. */
export function requireMemory(bytes = ownMemory()): void {
  if (bytes >= neededMemory) return;
  const message = `building the twin's programs takes ${inGiB(neededMemory)} of memory, and there are ${inGiB(bytes)}: build them on a larger machine of the same kind, and copy zirsakht of its user's cache`;
  throw new InputError([{ message }]);
}

/** Throws an InputError where a disk has too little room for the work. Go's sources are there already. */
export function requireDisk({ packages, programs }: Work, places: Places, { diskOf, freeOf }: Disks = ownDisks): void {
  const parts = [
    { folder: existing(places.goCache), bytes: packages * perPackage },
    { folder: existing(places.programs), bytes: programs * perProgram },
  ].map((part) => ({ ...part, disk: diskOf(part.folder) }));
  const problems = [...new Set(parts.map(({ disk }) => disk))].flatMap((disk) => {
    const there = parts.filter((part) => part.disk === disk);
    const needed = there.reduce((sum, { bytes }) => sum + bytes, 0);
    const free = Math.min(...there.map(({ folder }) => freeOf(folder)));
    if (free >= needed) return [];
    const folders = there.map(({ folder }) => folder).join(" and ");
    const message = `building the twin's programs takes ${inGiB(needed)} of the disk of ${folders}, and ${inGiB(free)} are free: make room, or set GOCACHE and XDG_CACHE_HOME to folders on another disk`;
    return [{ message }];
  });
  if (problems.length > 0) throw new InputError(problems);
}

/** Bytes of this machine, or of what it gives this process. */
function ownMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** The folder, or the nearest one above it that is there. */
const existing = (folder: string): string => (existsSync(folder) ? folder : existing(dirname(folder)));
