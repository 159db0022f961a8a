/** The pool's drives: what data they can lay so that the loss of a rack loses nothing. */
import type { LockQuota } from "../request/lock";
import { type DataRule, type RackStorage, type Unplaced, unplaced } from "./dataRule";
import { countOf, type View } from "./holding";
import { gigabytesOf, tebibytesOf, withoutShare } from "./integer";
import { poolPromised, poolRule } from "./pool";
import type { SiteState } from "./siteState";

/** Raw TiB of databases and of objects. */
export type Stored = Pick<LockQuota, "nvmeTiB" | "objectTiB">;

/** The drives as the pool's servers are now, for as long as these stay. */
export class PoolStorage {
  private readonly racks: readonly RackStorage[];

  /** @param view whether what is out of service counts as back */
  constructor(
    private readonly state: SiteState,
    view: View,
  ) {
    const { pool } = state.estate.headroom;
    this.racks = [...state.pool.racks].map(([index, held]) => {
      const usable = state.racks[index]?.usable;
      const servers = countOf(held, view);
      const all = (gigabytes: number): number => withoutShare(servers * gigabytes, pool);
      return { servers: servers > 0 ? 1 : 0, nvmeGB: all(usable?.nvmeGB ?? 0), diskGB: all(usable?.diskGB ?? 0) };
    });
  }

  /** What of these data, all messengers' together, finds no place by a rule, in GB. */
  unplaced(rule: DataRule, { nvmeTiB, objectTiB }: Stored): Unplaced {
    return unplaced({ ...rule, nvmeGB: gigabytesOf(nvmeTiB), objectGB: gigabytesOf(objectTiB) }, this.racks);
  }

  /** Whether all of it finds a place. */
  stores(rule: DataRule, stored: Stored): boolean {
    const { database, object } = this.unplaced(rule, stored);
    return database === 0 && object === 0;
  }

  /** The most TiB up to `wanted` that can still be placed of one kind beside what is stored. */
  room(rule: DataRule, stored: Stored, key: keyof Stored, wanted: number): number {
    const fits = (more: number): boolean => this.stores(rule, { ...stored, [key]: stored[key] + more });
    // Mostly all fits, or nothing does.
    if (fits(wanted)) return wanted;
    if (wanted <= 1 || !fits(1)) return 0;
    let [least, most] = [1, wanted];
    while (most - least > 1) {
      const middle = Math.floor((least + most) / 2);
      if (fits(middle)) least = middle;
      else most = middle;
    }
    return least;
  }

  /** The most of each kind that may be promised beside the other, by the strictest rule of the data that lie in the pool. */
  limit(): Stored {
    const rule = poolRule(this.state, []);
    const promised = poolPromised(this.state);
    const none: Stored = { nvmeTiB: 0, objectTiB: 0 };
    const raw = tebibytesOf(this.racks.reduce((sum, { servers, nvmeGB, diskGB }) => sum + servers * (nvmeGB + diskGB), 0));
    const most = (key: keyof Stored, other: keyof Stored): number => {
      const beside = { ...none, [other]: promised[other] };
      // While the other kind has no place itself, nobody is given more of this one.
      return this.stores(rule, beside) ? this.room(rule, beside, key, raw) : Math.min(promised[key], this.room(rule, none, key, raw));
    };
    return { nvmeTiB: most("nvmeTiB", "objectTiB"), objectTiB: most("objectTiB", "nvmeTiB") };
  }
}
