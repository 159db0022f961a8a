/** Which servers of a group can go with the laws still true. */
import type { Group } from "../request/estate";
import { holderOf } from "./grant";
import { type Reservations, reservationsOf, roomOf } from "./groupPlacement";
import { Holding, type View } from "./holding";
import { holds } from "./laws";
import type { GroupNeed } from "./need";
import type { SiteState } from "./siteState";
import { racksOf } from "./standing";

/** Servers that can go. */
export interface Spare {
  /** Granted servers that do not work, which carry nothing, the last by name first. */
  readonly out: readonly string[];
  /** How many of those that work, by the index of their rack. */
  readonly byRack: ReadonlyMap<number, number>;
}

/** How many servers can go. */
export function spareCount({ out, byRack }: Spare): number {
  return [...byRack.values()].reduce((sum, count) => sum + count, out.length);
}

/** Granted servers of a group that do not work, the last by name first. */
export function outOf(state: SiteState, holder: string, group: Group): string[] {
  const out: string[] = [];
  for (const [server, line] of state.lines.servers)
    if (line.group === group && line.state === "granted" && holderOf(line) === holder && !state.works(server)) out.push(server);
  return out.sort().reverse();
}

/**
 * The servers of a group that can go while the law and the uplinks hold, as things are now and with everything taken as alive: those
 * out of service, then each from the fullest rack, of racks alike the last by name. Changes nothing.
 * @param egressMbps what the group will send
 */
export function spareOf(state: SiteState, holder: string, group: Group, need: GroupNeed, egressMbps: number): Spare {
  const holding = state.holding(holder, group);
  const trial = copyOf(holding, egressMbps);
  const lawful = (view: View): boolean => holds(need, racksOf(state, trial, view));
  const byRack = new Map<number, number>();
  if (!lawful("alive")) return { out: [], byRack };
  const current = reservationsOf(holding);
  state.reserve(holding, -1);
  const fits = (): boolean => fitsUplinks(state, trial, current);
  const out = holding.count("alive") > holding.count("now") ? outOf(state, holder, group) : [];
  const dead = out.filter((server) => {
    const here = trial.at(state.rackOf(server));
    here.alive--;
    if (lawful("alive") && fits()) return true;
    here.alive++;
    return false;
  });
  const goes = (index: number): boolean => {
    const here = trial.at(index);
    const { names, alive } = here;
    Object.assign(here, { names: names.slice(0, -1), alive: alive - 1 });
    if (lawful("now") && lawful("alive") && fits()) return true;
    Object.assign(here, { names, alive });
    return false;
  };
  for (let index = fullest(trial).find(goes); index !== undefined; index = fullest(trial).find(goes))
    byRack.set(index, (byRack.get(index) ?? 0) + 1);
  state.reserve(holding, 1);
  return { out: dead, byRack };
}

/** A holding on which leaving is tried. */
function copyOf(holding: Holding, egressMbps: number): Holding {
  const copy = new Holding();
  for (const [index, rack] of holding.racks) copy.racks.set(index, { ...rack });
  copy.egressMbps = Math.min(holding.egressMbps, egressMbps);
  return copy;
}

/** The fullest racks, the last first. A server that leaves one of them takes the least from what is left after a loss. */
function fullest(holding: Holding): number[] {
  const most = holding.total("now").fullest;
  const racks = [...holding.racks].filter(([, { names }]) => names.length === most && most > 0);
  return racks.map(([index]) => index).sort((a, b) => b - a);
}

/** Whether no rack's uplink is promised more than it may be, or more than it was. The holding's own reservations must be off. */
function fitsUplinks(state: SiteState, trial: Holding, current: Reservations): boolean {
  return (["now", "alive"] as const).every((view) =>
    [...trial.reservations(view)].every(([index, amount]) => amount <= roomOf(state, index, view, current[view])),
  );
}
