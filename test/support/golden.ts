/** Reviewed output: a test fails where the output differs from the file, and `UPDATE_GOLDEN=1 npx jest` writes the file anew. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Compares `text` with test/golden/`file`. */
export function expectGolden(file: string, text: string): void {
  const path = join(__dirname, "../golden", file);
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, "utf8"));
}
