/** A messenger at a site while it gives back what it no longer needs there. */
import type { Messenger } from "../request/messenger";
import type { Draft } from "./draft";
import { holderOf } from "./grant";
import type { SiteNeed } from "./need";
import type { SiteState } from "./siteState";

/** Who gives back, where, and what it must keep. */
export interface Giving {
  readonly draft: Draft;
  readonly state: SiteState;
  readonly messenger: Messenger;
  /** None where it needs nothing. */
  readonly need: SiteNeed | undefined;
  /** Whether it is short of what takes the place of the servers or the quota that it needs no longer; then those stay. */
  readonly waits: boolean;
  /** Whether nothing but figures was left of it when the giving began. */
  readonly empty: boolean;
}

/** Looks at a messenger at a site before anything is given back. */
export function givingOf(draft: Draft, site: string, messenger: Messenger, need: SiteNeed | undefined): Giving {
  const state = draft.at(site);
  const id = messenger.messenger;
  const { groups = {}, cpu, memoryGiB, nvmeTiB, objectTiB } = state.lines.short.get(id) ?? {};
  const short = [...Object.values(groups), cpu, memoryGiB, nvmeTiB, objectTiB].some((amount) => amount !== undefined);
  const { servers, vlans, private: prefixes, vips, egress } = state.lines;
  const holds = [servers, vlans, prefixes, vips, egress].some((lines) => [...lines.values()].some((line) => holderOf(line) === id));
  return { draft, state, messenger, need, waits: need !== undefined && short, empty: !holds };
}
