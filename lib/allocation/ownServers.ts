/** Brings the groups of own servers of a messenger at a site up to its need. */
import type { Group } from "../request/estate";
import type { Refusal } from "./allocation";
import { explainRefusal } from "./explain";
import { mostEgress, placementOf } from "./groupPlacement";
import type { Holding } from "./holding";
import type { GroupNeed, SiteNeed } from "./need";
import type { Placement } from "./placement";
import type { Terms } from "./report";
import { setShortOfGroup, shortOfGroup } from "./short";
import type { SiteState } from "./siteState";
import { standingOf } from "./standing";
import { describeNeed, several } from "./words";

/** Servers that a group takes now, by the index of their rack. */
export interface Taken {
  readonly group: Group;
  readonly need: GroupNeed;
  readonly holding: Holding;
  readonly servers: ReadonlyMap<number, readonly string[]>;
  /** What it sent before, in Mbit/s. */
  readonly egressBefore: number;
}

/** Takes the servers of a placement for a holding that will send `egressMbps`; by the index of their rack. */
export function commit(
  state: SiteState,
  holding: Holding,
  placement: Placement,
  egressMbps: number,
): ReadonlyMap<number, readonly string[]> {
  state.reserve(holding, -1);
  const servers = new Map([...placement].sort(([a], [b]) => a - b).map(([rack, count]) => [rack, state.takeServers(holding, rack, count)]));
  state.setEgress(holding, egressMbps);
  state.reserve(holding, 1);
  return servers;
}

/**
 * Brings a group's servers and its egress up to the need: `egressMbps` is what the site's uplink allows it. Returns the servers taken;
 * what does not fit is refused and recorded as short.
 */
export function growGroup(
  state: SiteState,
  terms: Terms,
  { messenger }: SiteNeed,
  group: Group,
  need: GroupNeed,
  egressMbps: number,
): Taken {
  const holding = state.holding(messenger, group);
  const standing = standingOf(state, messenger, group, need);
  const nothing: Taken = { group, need, holding, servers: new Map(), egressBefore: holding.egressMbps };
  const wanted = Math.max(holding.egressMbps, egressMbps);
  if (standing.lawful || !(standing.stale || terms.named)) {
    noteShortOfGroup(state, terms, messenger, group, Math.min(standing.short ?? 0, standing.missing));
    if (wanted === holding.egressMbps || holding.count("now") === 0) return nothing;
    const placement = standing.lawful ? placementOf(state, holding, group, need, wanted) : undefined;
    return {
      ...nothing,
      servers: commit(state, holding, placement ?? new Map<number, number>(), placement ? wanted : mostEgress(state, holding, wanted)),
    };
  }
  let placement = placementOf(state, holding, group, need, wanted);
  let egress = wanted;
  if (!placement && wanted > holding.egressMbps) {
    placement = placementOf(state, holding, group, need, holding.egressMbps);
    egress = holding.egressMbps;
  }
  if (!placement) {
    if (standing.stale) terms.refused.push({ messenger, site: state.name, group, ...explainRefusal(state, holding, group, need) });
    noteShortOfGroup(state, terms, messenger, group, standing.stale ? standing.missing : Math.min(standing.short ?? 0, standing.missing));
    return nothing;
  }
  noteShortOfGroup(state, terms, messenger, group, 0);
  const servers = commit(state, holding, placement, egress);
  if (egress < wanted) commit(state, holding, new Map(), mostEgress(state, holding, wanted));
  return { ...nothing, servers };
}

/** Gives back what a group has just taken, because its servers cannot be used, and records it as short. */
export function dropTaken(
  state: SiteState,
  terms: Terms,
  messenger: string,
  taken: Taken,
  refusal: Omit<Refusal, "messenger" | "site" | "group">,
): void {
  const { group, need, holding, servers, egressBefore } = taken;
  state.reserve(holding, -1);
  for (const [rack, names] of servers) state.returnServers(holding, rack, names);
  state.setEgress(holding, egressBefore);
  state.reserve(holding, 1);
  const { stale, missing, short } = standingOf(state, messenger, group, need);
  if (stale) terms.refused.push({ messenger, site: state.name, group, ...refusal });
  noteShortOfGroup(state, terms, messenger, group, stale ? missing : Math.min(short ?? 0, missing));
}

/** Records the servers that a group is short of and says so; 0 where it is short of none. */
export function noteShortOfGroup(state: SiteState, terms: Terms, messenger: string, group: Group, servers: number): void {
  const before = shortOfGroup(state, messenger, group) ?? 0;
  if (before === servers) return;
  setShortOfGroup(state, messenger, group, servers);
  const why =
    servers > before ? `${several(servers, "server")} do not fit` : `${several(before, "server")} were missing, ${String(servers)} are now`;
  terms.changes.push({ holder: messenger, site: state.name, resource: "short", group, added: [], before, after: servers, why });
}

/** Says what a group has taken and why. */
export function noteTaken(state: SiteState, terms: Terms, messenger: string, { group, need, holding, servers }: Taken): void {
  const added = [...servers.values()].flat();
  if (added.length === 0) return;
  const held = holding.count("now");
  terms.changes.push({
    holder: messenger,
    site: state.name,
    resource: "servers",
    group,
    added,
    before: held - added.length,
    after: held,
    why: describeNeed(need),
  });
}
