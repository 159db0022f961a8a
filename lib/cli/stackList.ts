/** cdktf's manifest.json: the list of the stacks in a folder, by which `cdktf deploy` finds them. */
import type { StackEntry } from "../engine/terraform";

/** The stacks that the list in a text names; none where it is no list of cdktf's, for then it is written anew. */
export function listedIn(text: string): Readonly<Record<string, StackEntry>> {
  try {
    const stacks = (JSON.parse(text) as { stacks?: unknown } | null)?.stacks;
    return typeof stacks === "object" && stacks !== null ? (stacks as Record<string, StackEntry>) : {};
  } catch {
    return {};
  }
}
