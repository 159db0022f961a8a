/** Evidence that servers were erased: a JSON file that the eraser, or who destroyed their disks, leaves behind. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { type CheckedJson, readChecked } from "./checkedJson";
import { nearest } from "./issues";
import { serverName } from "./lock";
import type { Problem } from "./problem";
import { date } from "./units";
import { text } from "./words";

/** The method of a server whose disks cannot be erased any more. */
const destroyed = "destroyed";
const sizeExpected = "expected a size in GB above 0 such as 1920";
const listExpected = "expected a list of names, at least one";

const isMisspelt = (method: string): boolean => method !== destroyed && nearest(method.toLowerCase(), [destroyed]) !== undefined;
const names = (by: unknown): number => (Array.isArray(by) ? new Set(by).size : 2);

const erasure = z
  .strictObject({
    date: date.describe("The day on which it was done."),
    method: text
      .refine((method) => !isMisspelt(method), `expected ${destroyed}, written just so, where disks were destroyed`)
      .describe(`How: the eraser's method, or ${destroyed} where a server died and its disks were destroyed.`),
    disks: z
      .array(
        z.strictObject({
          serial: text.describe("The disk's serial number."),
          sizeGB: z.number({ error: sizeExpected }).positive(sizeExpected).max(1e6, sizeExpected).describe("Its size in decimal GB."),
        }),
      )
      .min(1, "expected every disk of the server, at least one")
      .describe("Every disk of the server."),
    by: z.array(text, { error: listExpected }).min(1, listExpected).describe("Who did it; two names where disks were destroyed."),
  })
  // Judged even where something else is wrong, so that all is said at once.
  .refine(({ method, by }) => method !== destroyed || names(by) >= 2, {
    path: ["by"],
    error: `expected two names where disks were ${destroyed}, of one who did it and one who saw it`,
    when: ({ value }) => typeof value === "object" && value !== null,
  });

/** The file: servers by name. */
export const evidenceSchema = z
  .record(serverName, erasure)
  .meta({ title: "Zirsakht: evidence", description: "That servers were erased, or their disks destroyed, when, how and by whom." });

/** What was done to servers, by their names. */
export type Evidence = z.output<typeof evidenceSchema>;

/** Reads evidence, or says all that is wrong with it. */
export function readEvidence(file: string): CheckedJson<Evidence> | { problems: Problem[] } {
  const asWritten = "take the file as the eraser wrote it";
  return readChecked(file, evidenceSchema, {
    merged: `evidence is never merged, ${asWritten}`,
    broken: asWritten,
    empty: asWritten,
  });
}

/** The digest by which the lock remembers a file: what sha256sum prints of it. */
export function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text, "utf8").digest("hex")}`;
}
