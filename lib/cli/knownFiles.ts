/** Files that lie as an earlier run wrote them, byte for byte. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The digests of files, by path in the folder that they are written to. */
export type FileDigests = Readonly<Record<string, string>>;

const digestOf = (content: string | Buffer): string => createHash("sha256").update(content).digest("base64url");

/** The digests of texts. */
export function digestsOf(texts: readonly (readonly [path: string, text: string])[]): FileDigests {
  return Object.fromEntries(texts.map(([path, text]) => [path, digestOf(text)]));
}

/** Whether all of them lie in a folder. One that is missing or cannot be read is written anew, and what is wrong is said then. */
export function lieAsWritten(folder: string, files: FileDigests): boolean {
  try {
    return Object.entries(files).every(([path, digest]) => digestOf(readFileSync(join(folder, path))) === digest);
  } catch {
    return false;
  }
}
