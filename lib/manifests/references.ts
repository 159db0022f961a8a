/** Replaces the references of a stack's resources to each other by the values that they stand for. */
import { isObject, texts } from "./apiObject";
import type { Json, JsonObject, TerraformConfig } from "./apiObject";

/** What a resource names: its body without references, and the addresses that it needs first. */
export interface Resolved {
  readonly body: JsonObject;
  /** Addresses (`type.logical_id`) of other resources of the stack, in the order in which they were met. */
  readonly needs: ReadonlySet<string>;
  /** A reference that cannot be followed, in words. */
  readonly problems: readonly string[];
}

/** One template sequence of Terraform: an escaped `$${` or `%%{`, or an expression. */
const sequence = /\$\$\{|%%\{|\$\{([^}]*)\}|%\{([^}]*)\}/g;
const reference = /^([a-z]\w*)\.([\w-]+)((?:\.\w+|\[\d+\])+)$/;

/** Whether a value holds any template sequence; most bodies hold none, and are then taken as they are. */
function hasSequence(value: Json): boolean {
  if (typeof value === "string") return value.includes("${") || value.includes("%{");
  if (Array.isArray(value)) return (value as readonly Json[]).some(hasSequence);
  return isObject(value) && Object.values(value).some(hasSequence);
}

/** Resolves every string of one resource's body against the other resources of its stack. */
export function resolve(body: JsonObject, resources: TerraformConfig["resource"] & {}): Resolved {
  const needs = new Set<string>();
  const problems: string[] = [];

  const follow = (expression: string, trail: readonly string[]): Json => {
    const [, type = "", id = "", path = ""] = reference.exec(expression) ?? [];
    let value: Json | undefined = resources[type]?.[id];
    for (const step of path.match(/\w+/g) ?? []) {
      // Terraform sees every block as a list; cdktf writes the block that stands alone without one.
      if (step === "0" && isObject(value)) continue;
      value = Array.isArray(value) ? (value as readonly Json[])[Number(step)] : isObject(value) ? value[step] : undefined;
    }
    if (value === undefined || value === null || trail.includes(expression)) {
      problems.push(
        `\${${expression}} is not a value of this stack; write the value itself, or refer to an attribute that another resource of the stack sets`,
      );
      return "";
    }
    needs.add(`${type}.${id}`);
    return replace(value, [...trail, expression]);
  };

  const replaceText = (text: string, trail: readonly string[]): Json => {
    const whole = /^\$\{([^}]*)\}$/.exec(text);
    if (whole?.[1] !== undefined) return follow(whole[1], trail);
    return text.replace(sequence, (match: string, expression: string | undefined) => {
      if (match === "$${" || match === "%%{") return match.slice(1);
      if (expression !== undefined) {
        const value = follow(expression, trail);
        return typeof value === "string" ? value : JSON.stringify(value);
      }
      problems.push(`${match} is a directive of Terraform's templates, which only Terraform can evaluate; write the value itself`);
      return "";
    });
  };

  function replace(value: Json, trail: readonly string[]): Json {
    if (typeof value === "string") return replaceText(value, trail);
    if (Array.isArray(value)) return (value as readonly Json[]).map((item) => replace(item, trail));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item, trail)]));
  }

  const { depends_on: dependsOn, ...rest } = body;
  for (const address of texts(dependsOn)) needs.add(address);
  return { body: hasSequence(rest) ? (replace(rest, []) as JsonObject) : rest, needs, problems };
}
