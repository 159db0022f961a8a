/** The servers that one holder has in one group at a site, by rack, and what they reserve on the racks' uplinks. */
import type { LockServer } from "../request/lock";
import { divideUp } from "./integer";

/** One rack of a holding. */
export interface HeldRack {
  /** Names of the servers that count: granted, and in service. */
  names: readonly string[];
  /** Servers that count once everything is alive: granted, rolling, or detached for a roll. */
  alive: number;
  /** Servers in any state. */
  held: number;
}

/** How the laws look at a holding: as it is now, or with everything taken as alive. */
export type View = "now" | "alive";

/** A group's servers at a site, by the index of their rack. */
export class Holding {
  readonly racks = new Map<number, HeldRack>();
  /** What the group sends, by its bandwidth line, in Mbit/s. */
  egressMbps = 0;

  /** The rack's part, made on first use. */
  at(rack: number): HeldRack {
    const known = this.racks.get(rack);
    if (known) return known;
    const fresh: HeldRack = { names: [], alive: 0, held: 0 };
    this.racks.set(rack, fresh);
    return fresh;
  }

  /** Servers that count in a view, all together. */
  count(view: View): number {
    return this.total(view).all;
  }

  /** Servers that count in a view: all, and those of the fullest rack. */
  total(view: View): { all: number; fullest: number } {
    let all = 0;
    let fullest = 0;
    for (const rack of this.racks.values()) {
      const count = countOf(rack, view);
      all += count;
      if (count > fullest) fullest = count;
    }
    return { all, fullest };
  }

  /**
   * What each rack's uplink reserves: after the loss of the fullest rack, m, the others carry everything, so a rack with x of N servers
   * reserves egress * x / (N - m), rounded up; all of it where there is one rack only.
   */
  reservations(view: View): Map<number, number> {
    const reserved = new Map<number, number>();
    if (this.egressMbps === 0) return reserved;
    const { all, fullest } = this.total(view);
    for (const [index, rack] of this.racks) {
      const count = countOf(rack, view);
      if (count > 0) reserved.set(index, all === fullest ? this.egressMbps : divideUp(this.egressMbps * count, all - fullest));
    }
    return reserved;
  }
}

/** The servers of a rack that count in a view. */
export function countOf(rack: HeldRack, view: View): number {
  return view === "now" ? rack.names.length : rack.alive;
}

/** Whether a held server counts once everything is alive. */
export function countsOnceAlive({ state, for: purpose }: LockServer): boolean {
  return state === "granted" || state === "rolling" || (state === "detached" && purpose === "roll");
}
