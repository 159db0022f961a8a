/** The memory of a root folder, among the caches of the user: nothing that comes with a checkout can fill it. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { codeDigest } from "./codeDigest";
import { FileMemory } from "./fileMemory";

/** The project's folder among the user's caches: below $XDG_CACHE_HOME, or ~/.cache. */
export function userCache(): string {
  const { XDG_CACHE_HOME: base } = process.env;
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), ".cache"), "zirsakht");
}

/** A memory in which nothing was new for so many days is most likely of a checkout that is gone. */
const longestDays = 90;

function forgetOld(memories: string): void {
  try {
    for (const name of readdirSync(memories)) {
      const folder = join(memories, name);
      if (Date.now() - statSync(folder).mtimeMs > longestDays * 86_400_000) rmSync(folder, { recursive: true, force: true });
    }
  } catch {
    // There is none yet, or another run removed it first.
  }
}

/** The memory of the runs on this root folder. The first run on one forgets those that nobody used for a long time. */
export function memoryOf(root: string): FileMemory {
  const memories = join(userCache(), "memory");
  const folder = join(memories, createHash("sha256").update(resolve(root)).digest("hex").slice(0, 16));
  if (!existsSync(folder)) forgetOld(memories);
  return new FileMemory(folder, codeDigest);
}
