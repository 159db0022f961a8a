/** The JSON Schemas of the files, for editors: made from the same schemas that check them. */
import { z } from "zod";
import { estateSchema } from "./estate";
import { evidenceSchema } from "./evidence";
import { lockSchema } from "./lock";
import { messengerSchema } from "./messenger";
import { readinessSchema } from "./readiness";

/** The text of each file in schemas/, by its name. Draft 7 is what editors' YAML support knows best. */
export function jsonSchemas(): Readonly<Record<string, string>> {
  const texts = Object.entries({
    estate: estateSchema,
    messenger: messengerSchema,
    lock: lockSchema,
    evidence: evidenceSchema,
    status: readinessSchema,
  }).map(([name, schema]) => {
    const json = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
    return [`${name}.json`, `${JSON.stringify(json, null, 2)}\n`];
  });
  return Object.fromEntries(texts) as Record<string, string>;
}
