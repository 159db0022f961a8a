/**
 * Where the servers of one group go: the least number that the law and the uplinks leave, spread flat, in the fewest racks.
 *
 * What is held stays, so the search only ever adds. `least`, `spare` and `racks` are lower bounds that each jump never passes, so
 * without uplinks the number found is the least there is; with them it is at most one above it.
 */
import { unplaced, type Data } from "./dataRule";
import { divideDown, divideUp } from "./integer";
import { flatFill, type Seat } from "./flatFill";
import type { Bounds } from "./laws";

/** A rack that a group may take servers in, or holds some in. */
export interface RackSeat extends Seat {
  /** Its index in the site's racks. */
  readonly rack: number;
  /** Servers that the group may take there. */
  readonly open: number;
  /** What its uplink leaves to the group, in Mbit/s: now, and with everything taken as alive. */
  readonly room: number;
  readonly roomAlive: number;
  /** Servers of the group that carry traffic there but count for nothing else: of another class; and, once alive, the dead. */
  readonly extra: number;
  readonly extraAlive: number;
}

/** What is to be placed. */
export interface PlacementTask {
  readonly bounds: Bounds;
  readonly data: Data;
  /** What one server of the class stores, in GB. */
  readonly storage: { readonly nvmeGB: number; readonly diskGB: number };
  /** What the group sends, in Mbit/s; each rack's share of it is reserved on the rack's uplink. */
  readonly egressMbps: number;
  /** In order of racks' names. */
  readonly seats: readonly RackSeat[];
}

/** Where the servers go: new servers by rack. */
export type Placement = ReadonlyMap<number, number>;

/** Racks in the order in which they are taken: those that hold some, then those with the most open, then by name. */
function inOrder(seats: readonly RackSeat[]): RackSeat[] {
  const held: RackSeat[] = [];
  const byOpen: RackSeat[][] = [];
  for (const seat of seats) {
    if (seat.held > 0 || seat.extraAlive > 0) held.push(seat);
    else if (seat.open > 0) (byOpen[seat.open] ??= []).push(seat);
  }
  return [...held, ...byOpen.reverse().flat()];
}

class Search {
  private readonly unlimited: boolean;

  constructor(
    private readonly task: PlacementTask,
    private readonly seats: readonly RackSeat[],
  ) {
    this.unlimited = task.egressMbps === 0;
  }

  /**
   * Spreads `total` servers over the first `racks` racks. Returns 0 where that is lawful, a number of servers that must be added at
   * least, or Infinity where more of them would not help.
   */
  missing(total: number, racks: number): number {
    const seats = racks === this.seats.length ? this.seats : this.seats.slice(0, racks);
    for (const seat of seats) seat.most = seat.held + seat.open;
    const fullest = flatFill(seats, total);
    if (fullest < 0) return Infinity;
    const missing = Math.max(this.task.bounds.spare - (total - fullest), this.missingForData(seats));
    if (missing > 0 || this.unlimited || this.fitsUplinks(seats, total - fullest)) return Math.max(0, missing);
    return this.underCaps(seats, total) ? 0 : 1;
  }

  private missingForData(seats: readonly RackSeat[]): number {
    const { bounds, data, storage } = this.task;
    let occupied = 0;
    for (const { count } of seats) if (count > 0) occupied++;
    if (data.nvmeGB === 0 && data.objectGB === 0) return bounds.racks - occupied;
    const { database, object } = unplaced(
      data,
      seats.map(({ count }) => ({ servers: count, ...storage })),
    );
    const objects = storage.diskGB > 0 ? storage.diskGB : storage.nvmeGB;
    return Math.max(bounds.racks - occupied, divideUp(database, storage.nvmeGB), divideUp(object, objects));
  }

  /** The most servers that a rack's uplink carries while `others` servers are left beside the fullest rack. */
  private cap({ room, roomAlive, extra, extraAlive }: RackSeat, others: number): number {
    const { egressMbps } = this.task;
    return Math.min(divideDown(room * others, egressMbps) - extra, divideDown(roomAlive * others, egressMbps) - extraAlive);
  }

  private fitsUplinks(seats: readonly RackSeat[], others: number): boolean {
    return seats.every((seat) => seat.count + seat.extraAlive === 0 || seat.count <= this.cap(seat, others));
  }

  /** Fills again with every rack capped so that the uplinks hold, for each size of the fullest rack. */
  private underCaps(seats: readonly RackSeat[], total: number): boolean {
    let largest = 0;
    for (const { held, open } of seats) if (held + open > largest) largest = held + open;
    for (let fullest = 1; fullest <= Math.min(largest, total - this.task.bounds.spare); fullest++) {
      for (const seat of seats) seat.most = Math.max(0, Math.min(seat.held + seat.open, fullest, this.cap(seat, total - fullest)));
      if (flatFill(seats, total) < 0) continue;
      if (this.missingForData(seats) <= 0 && seats.every((seat) => seat.extraAlive === 0 || seat.count <= this.cap(seat, total - fullest)))
        return true;
    }
    return false;
  }
}

/** Steps of one server; beyond them a search that only uplinks hold up doubles its steps, so that a full site is refused quickly. */
const singleSteps = 32;

/** The least lawful number of servers, or -1. */
function leastLawful(search: Search, from: number, available: number, racks: number): number {
  let total = from;
  let steps = 0;
  let stride = 1;
  let refused = from - 1;
  while (total <= available) {
    const missing = search.missing(total, racks);
    if (missing === 0) break;
    if (missing === Infinity) return -1;
    refused = total;
    if (missing === 1 && ++steps > singleSteps) stride *= 2;
    total += Math.max(missing, stride);
    if (stride > 1 && total > available && refused < available) total = available;
  }
  if (total > available) return -1;
  while (stride > 1 && total - refused > 1) {
    const middle = (total + refused) >> 1;
    if (search.missing(middle, racks) === 0) total = middle;
    else refused = middle;
  }
  return total;
}

/** Finds a lawful placement, or `undefined` where there is none. */
export function place(task: PlacementTask): Placement | undefined {
  const seats = inOrder(task.seats);
  let held = 0;
  let available = 0;
  let occupied = 0;
  for (const seat of seats) {
    held += seat.held;
    available += seat.held + seat.open;
    if (seat.held > 0 || seat.extraAlive > 0) occupied++;
  }
  const from = Math.max(held, task.bounds.least, task.bounds.racks);
  if (from > available || seats.length < task.bounds.racks) return undefined;
  const search = new Search(task, seats);
  const total = leastLawful(search, from, available, seats.length);
  if (total < 0) return undefined;
  let few = Math.max(occupied, task.bounds.racks) - 1;
  let enough = seats.length;
  while (enough - few > 1) {
    const middle = (few + enough) >> 1;
    if (search.missing(total, middle) === 0) enough = middle;
    else few = middle;
  }
  search.missing(total, enough);
  const placement = new Map<number, number>();
  for (const seat of seats.slice(0, enough)) if (seat.count > seat.held) placement.set(seat.rack, seat.count - seat.held);
  return placement;
}
