/** The text of `terraform show -json` of a saved plan, checked: what is something else is refused with what to do. */
import { z } from "zod";
import { isObject, type Json, type JsonObject } from "../../manifests/apiObject";
import { InputError } from "../../request/problem";
import { areKnown } from "./actions";

/** The major version of the format that is read; a new minor version only adds to it. */
const major = "1";

const json = z.custom<Json>((value) => value !== undefined).default(null);
/** What Terraform would do with one resource, or what it found done; unknown properties are ignored, as the format asks. */
const change = z.object({
  actions: z.array(z.string()).refine(areKnown, {
    error: ({ input }) => `${JSON.stringify(input)} are actions that this version does not know; use a newer zirsakht`,
  }),
  before: json,
  after: json,
  after_unknown: json,
  before_sensitive: json,
  after_sensitive: json,
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
  importing: z.object({ id: z.string().optional() }).optional(),
});
const resource = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.string().default("managed"),
  type: z.string(),
  name: z.string(),
  provider_name: z.string().default(""),
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change,
});
const plan = z.object({
  resource_changes: z.array(resource).default([]),
  resource_drift: z.array(resource).default([]),
  deferred_changes: z.array(z.object({ reason: z.string().default("unknown"), resource_change: resource })).default([]),
  prior_state: z.object({ values: json }).optional(),
  errored: z.boolean().default(false),
  complete: z.boolean().default(true),
  applyable: z.boolean().default(true),
});

export type PlanResource = z.output<typeof resource>;
export type Plan = z.output<typeof plan>;

const remedy = "write it with `terraform show -json PLAN > FILE`";

/** What a text is that is no JSON. */
function whatElse(text: string): string {
  if (text.trim() === "") return `is empty; ${remedy}`;
  if (text.startsWith("PK")) return `is the saved plan itself, which only Terraform reads; ${remedy}`;
  if (text.trimStart().startsWith('{"@level"'))
    return `is the log of \`terraform plan -json\`, not the plan; save the plan with -out, and ${remedy}`;
  if (text.trimStart().startsWith("{")) return `is cut off or no JSON; ${remedy} once more`;
  return `is no JSON; ${remedy}, with -json`;
}

/** What is wrong with a JSON object that is no plan of this version; `undefined` where nothing is. */
function wrongKind(value: JsonObject): string | undefined {
  const { format_version: version } = value;
  if ("lineage" in value || "serial" in value)
    return `is a state, not a plan; save a plan with \`terraform plan -out=PLAN\`, and ${remedy}`;
  if (typeof version !== "string") return `is not what \`terraform show -json\` writes: it has no format_version; ${remedy}`;
  if (version.split(".")[0] !== major)
    return `has the format_version ${version}; this version reads ${major}.x: use a Terraform that writes it, or a newer zirsakht`;
  if ("planned_values" in value || "resource_changes" in value) return undefined;
  if ("values" in value) return `is a state, not a plan: give \`terraform show -json\` the file that \`terraform plan -out=PLAN\` saved`;
  return `says nothing of a plan: it has neither planned_values nor resource_changes; ${remedy}`;
}

/**
 * Reads a plan's JSON.
 * @param file how the user names the file
 * @throws InputError where it is something else, with what to do
 */
export function parsePlan(file: string, text: string): Plan {
  const refuse = (what: string): InputError => new InputError([{ message: `${file} ${what}` }]);
  let value: Json;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, "")) as Json;
  } catch {
    throw refuse(whatElse(text));
  }
  if (!isObject(value)) throw refuse(`is not what \`terraform show -json\` writes: a JSON object; ${remedy}`);
  const wrong = wrongKind(value);
  if (wrong !== undefined) throw refuse(wrong);
  const parsed = plan.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputError(parsed.error.issues.map(({ path, message }) => ({ message: `${file}: ${path.join(".")}: ${message}` })));
}
