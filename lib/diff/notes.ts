/** What a reviewer should know first of what no section shows. */
import type { Stale } from "../allocation/allocation";
import { several } from "../allocation/words";
import type { Json } from "../manifests/apiObject";
import type { Comparison } from "./change";
import type { Ground } from "./ground";
import { holderOfStack } from "./plan/stackName";
import type { GrantChange } from "./report";
import type { SwitchPlanChange } from "./switchPlans";

/** What each messenger that is stale lacks, a line for each site. */
export function staleNotes(stale: readonly Stale[]): string[] {
  const ids = [...new Set(stale.map(({ messenger }) => messenger))];
  return ids.flatMap((id) => {
    const own = stale.filter(({ messenger }) => messenger === id);
    const lacks = (at: string): string =>
      own
        .filter(({ site }) => site === at)
        .map(({ group, what }) => `${group ? `${group}, ` : ""}${what}`)
        .join("; ");
    return [
      `${id} is stale, and its stacks are as the lock has them until \`npx zirsakht allocate ${id}\``,
      ...[...new Set(own.map(({ site }) => site))].map((site) => `${id} at ${site}: ${lacks(site)}`),
    ];
  });
}

/** What changes in a switch plan, by its first value. */
export function switchPlanNote({ site, count, first: { path, before, after } }: SwitchPlanChange): string {
  const value = (given: Json | undefined): string => (given === undefined ? "nothing" : JSON.stringify(given));
  const rest = count > 1 ? `, and ${several(count - 1, "more value")}` : "";
  return `the switch plan network/${site}.yaml changes: ${path} ${value(before)} -> ${value(after)}${rest}`;
}

/** Files that change, and by which nothing else does: that it was seen, and is enough. */
export function quietNotes(
  before: Ground,
  after: Ground,
  { changes }: Comparison,
  grants: readonly GrantChange[],
  stale: readonly string[],
): string[] {
  const moved = new Set([...stale, ...grants.map(({ messenger }) => messenger), ...changes.map(({ stack }) => holderOfStack(stack))]);
  const quiet = after.messengers
    .map(({ messenger }) => messenger)
    .filter((id) => !moved.has(id) && before.messengerText(id) !== undefined && before.messengerText(id) !== after.messengerText(id));
  const isQuietEstate = before.estateText !== after.estateText && changes.length + grants.length === 0;
  return [
    ...(isQuietEstate ? ["no grant and no stack changes by what changes in estate.yaml"] : []),
    ...(before.lock.asOf === after.lock.asOf ? [] : [`the book date goes from ${before.lock.asOf} to ${after.lock.asOf}`]),
    ...(quiet.length > 0
      ? [`no grant and no stack changes by what changes in the ${quiet.length === 1 ? "file" : "files"} of ${quiet.join(", ")}`]
      : []),
  ];
}
