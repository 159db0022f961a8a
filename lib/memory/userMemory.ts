/** The memory of a root folder, among the caches of the user: nothing that comes with a checkout can fill it. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { codeDigest } from "./codeDigest";
import { FileMemory } from "./fileMemory";
import { noMemory, type Memory } from "./memory";

/** The user's home; none for a user whom the system does not know, as in many containers. */
function home(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}

/** The project's folder among the user's caches: below $XDG_CACHE_HOME, or ~/.cache. None where neither has an absolute path. */
export function userCache(): string | undefined {
  const { XDG_CACHE_HOME: base } = process.env;
  const caches = base !== undefined && isAbsolute(base) ? base : join(home() ?? "", ".cache");
  return isAbsolute(caches) ? join(caches, "zirsakht") : undefined;
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

/** A memory that is kept from run to run. */
export interface SavedMemory extends Memory {
  readonly save: () => void;
}

/** The memory of the runs on this root folder; one that remembers nothing where the user has no cache. The first run on one forgets those that nobody used for a long time. */
export function memoryOf(root: string): SavedMemory {
  const cache = userCache();
  if (cache === undefined) return { ...noMemory, save: () => undefined };
  const memories = join(cache, "memory");
  const folder = join(memories, createHash("sha256").update(resolve(root)).digest("hex").slice(0, 16));
  if (!existsSync(folder)) forgetOld(memories);
  return new FileMemory(folder, codeDigest);
}
