/** What a messenger asked for and did not get: the `short` section, by which a refused need is known and no longer stale. */
import type { Group } from "../request/estate";
import type { LockShort } from "../request/lock";
import type { SiteState } from "./siteState";

/** The figures of a short beside those of its groups. */
export type ShortKey = Exclude<keyof LockShort, "groups" | "since">;

/** What is recorded as short of a figure; 0 where nothing is. */
export function shortOf(state: SiteState, messenger: string, key: ShortKey): number {
  return state.lines.short.get(messenger)?.[key] ?? 0;
}

/** The servers that a group is short of; `undefined` where none is recorded. */
export function shortOfGroup(state: SiteState, messenger: string, group: Group): number | undefined {
  return state.lines.short.get(messenger)?.groups?.[group];
}

/** Records what a messenger is short of; 0 removes it. A line that says nothing is removed, one that stands keeps its date. */
export function setShort(state: SiteState, messenger: string, key: ShortKey, amount: number): void {
  write(state, messenger, { ...state.lines.short.get(messenger), [key]: amount });
}

/** Records the servers that a group is short of; 0 removes them. */
export function setShortOfGroup(state: SiteState, messenger: string, group: Group, servers: number): void {
  const line = state.lines.short.get(messenger);
  write(state, messenger, { ...line, groups: { ...line?.groups, [group]: servers } });
}

function write(state: SiteState, messenger: string, { groups, since = state.asOf, ...figures }: Partial<LockShort>): void {
  const positive = (entries: Readonly<Record<string, number | undefined>>): [string, number][] =>
    Object.entries(entries).flatMap(([key, amount = 0]) => (amount > 0 ? [[key, amount] satisfies [string, number]] : []));
  const ofGroups = positive(groups ?? {});
  const all = positive(figures);
  if (ofGroups.length === 0 && all.length === 0) state.lines.short.delete(messenger);
  else
    state.lines.short.set(messenger, {
      ...(ofGroups.length > 0 ? { groups: Object.fromEntries(ofGroups) } : {}),
      ...Object.fromEntries(all),
      since,
    });
}
