/** Brings a twin's programs: built of pinned sources once, then there for every twin of this user. */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { lock } from "proper-lockfile";
import { build, compileFlags, goCacheFolder, moduleFiles, type Place, requireGo, uncompiled } from "./go";
import { userCache } from "../../memory/userMemory";
import { InputError } from "../../request/problem";
import { goVersionOf, moduleFolder, pins, stagesFolder, versionOf } from "./modules";
import { crdFiles, type ModuleFiles, type ModuleName, type Program, type ProgramName, programs, stageFiles } from "./program";
import { requireDisk, requireMemory } from "./buildRoom";

/** The programs and files of a twin, all of them there. */
export interface Programs {
  readonly folder: string;
  /** The file of a program. */
  readonly path: (name: ProgramName) => string;
  /** The folder of the definitions of all kinds, one or more in a YAML file. */
  readonly crds: string;
  /** kwok's configuration: what it does to nodes and pods. */
  readonly stages: string;
}

export interface BringOptions {
  /** Told what is being done: a line a step, and one from time to time in a long step. */
  readonly progress: (what: string) => void;
  /** The folder that keeps them. @default zirsakht in the user's cache, $XDG_CACHE_HOME or ~/.cache */
  readonly cache?: string;
}

const sets: readonly ModuleName[] = ["kubernetes", "baremetal", "metallb", "nfd", "crds"];

/** The twin's own stages, as YAML: written beside kwok's for each site, so that a changed one needs nothing built anew. */
export const ownStages = (): string[] =>
  readdirSync(stagesFolder)
    .sort()
    .map((file) => readFileSync(join(stagesFolder, file), "utf8"));

/** What is told to a program's variables when it is linked. */
export const linkedOf = ({ module, from, version }: Program): string[] => version.map((name) => `${name}=${versionOf(module, from)}`);

/**
 * Names what is built: another digest where any version, checksum or flag is another one. Go's own version is not in it, so
 * that programs once built need no Go: go.mod says the oldest that will do, and a newer one builds the same program.
 */
export function digestOf(pinsOf = pins): string {
  const parts = [process.platform, process.arch, compileFlags, sets.map(pinsOf), programs.map(linkedOf), programs, crdFiles, stageFiles];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

function requireCache(): string {
  const cache = userCache();
  if (cache !== undefined) return cache;
  const message =
    "this user has no home folder to keep the twin's programs in; set XDG_CACHE_HOME to the absolute path of a folder, such as /var/tmp/cache";
  throw new InputError([{ message }]);
}

/**
 * Builds what is missing, and nothing where all is there; then it needs no Go either. Every file appears whole, so that whatever
 * stops it, the next call goes on with the rest. Two at once wait for each other. Folders of older versions are left alone.
 *
 * Throws an InputError where Go is missing or too old, where the disk or the memory is too small, and where sources cannot be had.
 */
export async function bringPrograms({ progress, cache = requireCache() }: BringOptions): Promise<Programs> {
  const folder = join(cache, "programs", digestOf());
  const brought: Programs = {
    folder,
    path: (name) => join(folder, name),
    crds: join(folder, "crds"),
    stages: join(folder, "stages.yaml"),
  };
  if (isComplete(brought)) return brought;
  mkdirSync(folder, { recursive: true });
  const leave = await enter(folder, progress);
  try {
    if (!isComplete(brought)) await bringMissing(brought, progress);
  } finally {
    await leave();
  }
  return brought;
}

type Missing = (typeof programs)[number];
const missingOf = ({ path }: Programs): readonly Missing[] => programs.filter(({ name }) => !existsSync(path(name)));
const isComplete = (brought: Programs): boolean =>
  missingOf(brought).length === 0 && existsSync(brought.crds) && existsSync(brought.stages);

/** Waits until no other process builds here. */
async function enter(folder: string, progress: BringOptions["progress"]): Promise<() => Promise<void>> {
  // A builder that slept too long may find another at work: both make the same files, so it is not worth an error.
  const options = { stale: 10_000, onCompromised: () => undefined };
  try {
    return await lock(folder, options);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ELOCKED")) throw error;
  }
  progress("waiting for another build of the twin's programs");
  return lock(folder, { ...options, retries: { forever: true, factor: 1, minTimeout: 500, maxTimeout: 500 } });
}

async function bringMissing(brought: Programs, progress: BringOptions["progress"]): Promise<void> {
  const missing = missingOf(brought);
  if (missing.length > 0) requireMemory();
  await requireGo(goVersionOf("kubernetes"));
  // What an earlier build left half done, Go's own working files too.
  const temporary = join(brought.folder, "unfinished");
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  mkdirSync(temporary);
  const steps = [
    ...(existsSync(brought.crds) ? [] : [{ what: "the kinds' definitions", make: () => copyCrds(brought.crds, temporary) }]),
    ...(existsSync(brought.stages) ? [] : [{ what: "kwok's stages", make: () => writeStages(brought.stages, temporary) }]),
    ...(missing.length === 0 ? [] : [{ what: "the programs' sources", make: () => bringSources(missing, brought.folder, temporary) }]),
    ...missing.map((program) => ({ what: program.name, make: () => buildProgram(program, brought, temporary) })),
  ];
  for (const [at, { what, make }] of steps.entries()) {
    const step = `${what} (${at + 1} of ${steps.length})`;
    await timed(step, make, progress);
  }
  rmSync(temporary, { recursive: true, maxRetries: 5 });
}

/** Between two words about a long step. */
const wordsEveryMs = 30_000;

async function timed(step: string, make: () => Promise<void>, progress: BringOptions["progress"]): Promise<void> {
  const start = Date.now();
  const seconds = (): string => `${Math.round((Date.now() - start) / 1000)} s`;
  progress(`bringing ${step}`);
  const words = setInterval(() => progress(`bringing ${step}: ${seconds()}`), wordsEveryMs);
  try {
    await make();
  } finally {
    clearInterval(words);
  }
  progress(`brought ${step} in ${seconds()}`);
}

/** Downloads what the programs are built of, so that what follows needs no network; and finds out whether there is room for it. */
async function bringSources(missing: readonly Missing[], folder: string, temporary: string): Promise<void> {
  let packages = 0;
  for (const module of sets) {
    const own = missing.filter((program) => program.module === module);
    const names = own.map(({ name }) => name).join(", ");
    const place: Place = { folder: moduleFolder(module), temporary };
    if (own.length > 0)
      packages += await uncompiled(
        names,
        own.map((program) => program.package),
        place,
      );
  }
  requireDisk({ packages, programs: missing.length }, { goCache: await goCacheFolder(), programs: folder });
}

async function buildProgram(program: Missing, brought: Programs, temporary: string): Promise<void> {
  const file = join(temporary, program.name);
  await build(program.name, program.package, linkedOf(program), file, { folder: moduleFolder(program.module), temporary });
  renameSync(file, brought.path(program.name));
}

async function copyCrds(target: string, temporary: string): Promise<void> {
  const folder = join(temporary, "crds");
  mkdirSync(folder);
  for (const files of crdFiles) for (const file of await filesOf(files, temporary)) copyFileSync(file, join(folder, basename(file)));
  renameSync(folder, target);
}

async function writeStages(target: string, temporary: string): Promise<void> {
  const taken = (await filesOf(stageFiles, temporary)).map((file) => readFileSync(file, "utf8"));
  const file = join(temporary, "stages.yaml");
  writeFileSync(file, taken.join("---\n"));
  renameSync(file, target);
}

/** The files that are taken from a module, in order. */
async function filesOf({ module, from, paths }: ModuleFiles, temporary: string): Promise<string[]> {
  const place: Place = { folder: moduleFolder(module), temporary };
  const root = await moduleFiles(from, place);
  return paths
    .map((path) => join(root, path))
    .flatMap((path) =>
      statSync(path).isDirectory()
        ? readdirSync(path)
            .sort()
            .map((file) => join(path, file))
        : [path],
    );
}
