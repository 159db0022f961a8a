/** Where a group of own servers may grow at a site: the free servers of its class and what the uplinks leave. */
import type { Group } from "../request/estate";
import { countOf, type Holding, type View } from "./holding";
import { divideDown } from "./integer";
import { boundsOf } from "./laws";
import type { GroupNeed } from "./need";
import { place, type Placement, type RackSeat } from "./placement";
import type { SiteState } from "./siteState";
import { classesOf } from "./standing";

/**
 * What a rack's uplink leaves to a group whose reservations are off it, in Mbit/s. What it reserves already may stay even where the
 * uplink has become too small: only new promises are refused.
 */
export function roomOf(state: SiteState, index: number, view: View, current: ReadonlyMap<number, number>): number {
  const rack = state.racks[index];
  if (!rack) return 0;
  const pool = state.pool.racks.get(index);
  const free = rack.promisable - rack.reserved[view] - (pool ? countOf(pool, view) * rack.poolShare : 0);
  return Math.max(free, current.get(index) ?? 0);
}

/** The racks that a group may use for servers of a class, or holds some in. Its own reservations must be off the uplinks. */
function seatsOf(state: SiteState, holding: Holding, serverClass: string, current: Reservations): RackSeat[] {
  const seats: RackSeat[] = [];
  for (const [rack, { class: own, serving, pool: shared, free }] of state.racks.entries()) {
    const held = holding.racks.get(rack);
    const takes = own === serverClass && serving && !shared ? free.length : 0;
    if (takes === 0 && held === undefined) continue;
    const now = held?.names.length ?? 0;
    const counts = own === serverClass ? now : 0;
    seats.push({
      rack,
      held: counts,
      open: takes,
      room: roomOf(state, rack, "now", current.now),
      roomAlive: roomOf(state, rack, "alive", current.alive),
      extra: now - counts,
      extraAlive: (held?.alive ?? 0) - counts,
      most: 0,
      count: 0,
    });
  }
  return seats;
}

/** What a holding reserves on the racks' uplinks in each view, in Mbit/s by the index of the rack. */
export type Reservations = Readonly<Record<View, ReadonlyMap<number, number>>>;

/** What a holding reserves as it stands. */
export function reservationsOf(holding: Holding): Reservations {
  return { now: holding.reservations("now"), alive: holding.reservations("alive") };
}

/**
 * Finds a placement that carries `egressMbps`, in the first class that fits. Changes nothing.
 * @param current what the holding may reserve in any case. @default what it reserves
 */
export function placementOf(
  state: SiteState,
  holding: Holding,
  group: Group,
  need: GroupNeed,
  egressMbps: number,
  current: Reservations = reservationsOf(holding),
): Placement | undefined {
  state.reserve(holding, -1);
  let found: Placement | undefined;
  for (const serverClass of classesOf(state, holding, group)) {
    const usable = state.racks.find((rack) => rack.class === serverClass)?.usable;
    if (!usable) continue;
    const bounds = boundsOf(need, usable);
    if (!Number.isSafeInteger(bounds.least + bounds.spare + bounds.racks)) continue;
    found = place({ bounds, data: need, storage: usable, egressMbps, seats: seatsOf(state, holding, serverClass, current) });
    if (found) break;
  }
  state.reserve(holding, 1);
  return found;
}

/** The most that a holding may send, up to `wanted`, without any rack's uplink being promised twice; never less than it may now. */
export function mostEgress(state: SiteState, holding: Holding, wanted: number): number {
  const current = reservationsOf(holding);
  state.reserve(holding, -1);
  let most = wanted;
  for (const view of ["now", "alive"] as const) {
    const { all, fullest } = holding.total(view);
    for (const [index, held] of holding.racks) {
      const rack = state.racks[index];
      const count = countOf(held, view);
      if (!rack || count === 0) continue;
      const room = roomOf(state, index, view, current[view]);
      most = Math.min(most, all === fullest ? room : divideDown(room * (all - fullest), count));
    }
  }
  state.reserve(holding, 1);
  return Math.max(holding.egressMbps, most);
}
