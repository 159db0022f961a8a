/** The memory of a root folder, among the caches of the user: nothing that comes with a checkout can fill it. */
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { codeDigest } from "./codeDigest";
import { FileMemory } from "./fileMemory";

/** The project's folder among the user's caches: below $XDG_CACHE_HOME, or ~/.cache. */
export function userCache(): string {
  const { XDG_CACHE_HOME: base } = process.env;
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), ".cache"), "zirsakht");
}

/** The memory of the runs on this root folder. */
export function memoryOf(root: string): FileMemory {
  const name = createHash("sha256").update(resolve(root)).digest("hex").slice(0, 16);
  return new FileMemory(join(userCache(), "memory", name), codeDigest);
}
