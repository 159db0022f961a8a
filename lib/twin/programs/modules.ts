/** The Go modules that a twin is built of: lib/twin/modules, one folder for each set of programs that build together. */
import { readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { ModuleName } from "./program";

/** The compiled code reads the same files as the source: they lie in lib of the package, not in dist. */
const data = dirname(__dirname).replace(`${sep}dist${sep}lib${sep}twin`, `${sep}lib${sep}twin`);

/** The folder of the twin's own kwok stages. */
export const stagesFolder = join(data, "stages");

/** The folder of a set's go.mod and go.sum. */
export const moduleFolder = (name: ModuleName): string => join(data, "modules", name);

const goMod = (name: ModuleName): string => readFileSync(join(moduleFolder(name), "go.mod"), "utf8");

/** A set's go.mod and go.sum: the version and checksum of everything in it. */
export const pins = (name: ModuleName): string => goMod(name) + readFileSync(join(moduleFolder(name), "go.sum"), "utf8");

/** The version of a Go module in a set, such as `v1.36.3`. */
export function versionOf(name: ModuleName, path: string): string {
  // A tool's line has a path and no version.
  const version = goMod(name)
    .split("\n")
    .map((line) => line.trim().split(" "))
    .find(([module, version]) => module === path && version !== undefined)?.[1];
  if (version === undefined) throw new Error(`modules/${name}/go.mod does not name ${path}`);
  return version;
}

/** The oldest Go that builds a set, such as `1.26.0`. */
export function goVersionOf(name: ModuleName): string {
  const [, version] = /^go (\S+)$/m.exec(goMod(name)) ?? [];
  if (version === undefined) throw new Error(`modules/${name}/go.mod names no version of Go`);
  return version;
}
