/** What `status --format json` says of hosts, as far as `roll` reads it: other keys are its own. */
import { z } from "zod";
import { type CheckedJson, readChecked } from "./checkedJson";
import { serverName } from "./lock";
import type { Problem } from "./problem";

/** The file. */
export const readinessSchema = z
  .looseObject({
    version: z
      .literal(1, { error: "expected version 1; another version of zirsakht wrote this, use that one" })
      .describe("The version of this form."),
    hosts: z
      .array(
        z.looseObject({
          name: serverName.describe("The server."),
          provisioning: z
            .string({ error: "expected the host's provisioning state such as provisioned" })
            .describe("The provisioning state of its BareMetalHost (status.provisioning.state)."),
          image: z
            .string({ error: "expected the URL of an image" })
            .optional()
            .describe("The URL of the image that it was provisioned with (status.provisioning.image.url). Default: none yet."),
          ready: z.boolean({ error: "expected true or false" }).optional().describe("Whether its Node is Ready. Default: it has no Node."),
        }),
      )
      .describe("The hosts that were looked at."),
  })
  .meta({ title: "Zirsakht: status", description: "What the live clusters say of hosts; read by roll --ready." });

/** What the live clusters say of hosts. */
export type Readiness = z.output<typeof readinessSchema>;

/** Reads it, or says all that is wrong with it. */
export function readReadiness(file: string): CheckedJson<Readiness> | { problems: Problem[] } {
  const again = "write it anew with status --format json";
  return readChecked(file, readinessSchema, { merged: again, broken: again, empty: again });
}
