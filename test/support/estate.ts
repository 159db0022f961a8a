/** The estate and the messengers that tests share, as checked values; what a test is about it changes itself. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { estateSchema, type Estate } from "../../lib/request/estate";
import { messengerSchema, type Messenger } from "../../lib/request/messenger";
import { resolveMessenger } from "../../lib/request/resolve";

/** The folder of the shared files: two sites of ten racks (three of them the pool), soroush, bale and hodhod. */
export const fixtures = join(__dirname, "../request/fixtures");

/** The shared estate; `change` edits the file's value before it is checked. */
export function sampleEstate(change: (file: ReturnType<typeof sampleFile>) => void = () => undefined): Estate {
  const file = sampleFile("estate.yaml");
  change(file);
  return estateSchema.parse(file);
}

/**
 * One of the shared messengers. `changes` replace the keys of its file before it is checked.
 * soroush is focus at both sites, bale has a share of the pool at thr1, hodhod has bare hosts at mhd1.
 */
export function sampleMessenger(id: "soroush" | "bale" | "hodhod" = "soroush", changes: Readonly<Record<string, unknown>> = {}): Messenger {
  return resolveMessenger(messengerSchema.parse({ ...sampleFile(`messengers/${id}.yaml`), ...changes }), sampleEstate());
}

/** A shared file as YAML gives it. */
export function sampleFile(path: string): Record<string, unknown> {
  return parse(readFileSync(join(fixtures, path), "utf8")) as Record<string, unknown>;
}
