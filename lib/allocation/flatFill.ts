/** Spreads servers over racks as flat as what is held and what is open allow. */

/** A rack as a group sees it while it is being placed. */
export interface Seat {
  /** Servers of the group that count there. */
  readonly held: number;
  /** The most that may count there, never below `held` in a fill that succeeds. */
  most: number;
  /** What the last fill gave it. */
  count: number;
}

/** The least level at which the racks, each between what it holds and what it can hold, have `total` servers together. */
function levelOf(seats: readonly Seat[], total: number): number {
  let low = 0;
  let high = 0;
  for (const { most } of seats) if (most > high) high = most;
  while (low < high) {
    const level = (low + high) >> 1;
    let sum = 0;
    for (const { held, most } of seats) {
      const bounded = most < level ? most : level;
      sum += held > bounded ? held : bounded;
    }
    if (sum >= total) high = level;
    else low = level + 1;
  }
  return low;
}

/**
 * Gives `total` servers to the racks: each at least what it holds, at most what it may, and otherwise as few as possible; of racks at
 * the same level the first get one more. Returns the servers of the fullest rack, or -1 where they do not fit.
 */
export function flatFill(seats: readonly Seat[], total: number): number {
  let held = 0;
  let most = 0;
  for (const seat of seats) {
    if (seat.held > seat.most) return -1;
    held += seat.held;
    most += seat.most;
  }
  if (total < held || total > most) return -1;
  const level = levelOf(seats, total) - 1;
  let left = total;
  for (const seat of seats) {
    seat.count = Math.max(seat.held, Math.min(seat.most, Math.max(0, level)));
    left -= seat.count;
  }
  let fullest = 0;
  for (const seat of seats) {
    if (left > 0 && seat.count <= level && seat.count < seat.most) {
      seat.count++;
      left--;
    }
    if (seat.count > fullest) fullest = seat.count;
  }
  return fullest;
}
