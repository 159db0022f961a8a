/** The change report: the contract of `diff --format json`, version 1, described by schemas/diff.json. */
import { z } from "zod";
import type { ApiObject, Json } from "../manifests/apiObject";
import { actions } from "./change";

const finding = z.strictObject({
  rule: z.string(),
  stack: z.string(),
  address: z.string().describe("type.logical_id; empty where the finding is about a whole stack."),
  object: z.string().describe("Kind and name, or the stack."),
  what: z.string(),
  why: z.string(),
});
/** JSON, of any shape. */
const value = z.unknown() as z.ZodType<Json>;
const cause = z.strictObject({
  what: z.string().describe("What moved: a key of a file with its values, a coefficient, or a verb on the lock."),
  place: z.string().optional().describe("file:line, as the user would name the file."),
});
const beforeAfter = z.strictObject({ before: z.number(), after: z.number() });
const line = z
  .strictObject({
    what: z
      .string()
      .describe(
        "A server class, or bandwidth, private or public addresses, VLANs, or the pool's threads, memory, raw storage and bandwidth.",
      ),
    unit: z.string(),
    installed: beforeAfter.describe("Of a server class: all in service. Else the limit of what may be promised."),
    promised: beforeAfter,
    spare: beforeAfter.describe("Kept back or not usable: out of service, resting."),
    free: beforeAfter,
    runsOut: z
      .strictObject({ before: z.iso.date().nullable(), after: z.iso.date().nullable() })
      .describe("The first day on which the growth curves need more than can be promised; null: not within them."),
  })
  .describe("What a site has of one thing, before and after.");
const site = z.strictObject({
  site: z.string(),
  lines: z.array(line),
  deficits: z.array(z.strictObject({ what: z.string(), remedy: z.string(), isNew: z.boolean() })),
});
const grant = z.strictObject({
  messenger: z.string(),
  site: z.string(),
  resource: z.string().describe("servers of a group, bandwidth, addresses, quota and so on."),
  before: z.number(),
  after: z.number(),
  unit: z.string(),
  added: z.array(z.string()).describe("Keys of the lock that are new: servers, prefixes, VLANs."),
  removed: z.array(z.string()),
  causes: z.array(cause),
});
const body = z.strictObject({
  object: z.string().describe("Kind and name."),
  stacks: z.array(z.string()),
  count: z
    .number()
    .int()
    .describe("How many objects show the same; where they are many, <messenger>, <site> and <server> stand for their names."),
  manifest: (z.unknown() as z.ZodType<ApiObject>).describe(
    "As the Kubernetes API takes it, secret values masked and what hosts are told as text in stringData; where count is over 1, <messenger>, <site> and <server> stand for names in it.",
  ),
});
const change = z.strictObject({
  action: z.enum(actions),
  stacks: z.array(z.string()).describe("All stacks in which the same object changes in the same way."),
  count: z
    .number()
    .int()
    .describe("How many objects change so; where they are many, <messenger>, <site> and <server> stand for their names."),
  kind: z.string(),
  object: z.string(),
  address: z.string(),
  attributes: z.array(z.strictObject({ path: z.string(), before: value.optional(), after: value.optional() })),
  bodies: z.array(body).optional().describe("What created or destroyed objects hold; what is the same in many stands once."),
  causes: z.array(cause),
});

/** What `diff --format json` prints. */
export const reportSchema = z.strictObject({
  version: z.literal(1),
  base: z.string(),
  head: z.string(),
  verdict: z.string(),
  stale: z.array(z.string()).describe("Messengers whose files ask for more than the lock grants: their change is not allocated yet."),
  notes: z.array(z.string()).describe("What the report cannot know, or what is to be done first."),
  switchPlans: z
    .array(z.string())
    .describe("Sites whose switch plan changes by the estate or a list of hosts; what it follows of grants is told with them."),
  risk: z.array(finding),
  security: z.array(
    finding.extend({
      direction: z.enum(["widens", "narrows"]),
      bound: z.array(z.string()).optional().describe("Whom the role that it is about is bound to: Group gap-admins."),
    }),
  ),
  capacity: z.strictObject({ sites: z.array(site) }),
  grants: z.array(grant),
  changes: z.array(change),
  drift: z
    .array(change.extend({ reverted: z.boolean().describe("Whether an apply of the plan takes it back; else it stays as it is.") }))
    .optional()
    .describe("Of saved plans only: what was changed outside; never what an apply of this change does."),
  unchanged: z.number().int().describe("Stacks that are the same on both sides."),
});

export type Report = z.output<typeof reportSchema>;
export type Cause = z.output<typeof cause>;
export type CapacitySite = z.output<typeof site>;
export type CapacityLine = z.output<typeof line>;
export type GrantChange = z.output<typeof grant>;
/** What an object holds that only one side has, or what many such objects show alike. */
export type Body = z.output<typeof body>;
export type ChangeRow = z.output<typeof change>;
export type DriftRow = NonNullable<Report["drift"]>[number];
