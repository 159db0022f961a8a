/** Law 6's measure: the least number of servers that laws 2 and 4 leave to add to one group, whatever the allocator does. */
import type { Capacity } from "../../../lib/request/server";
import { bytesFit, bytesOf, carry, failures, type GroupNeed } from "./proof";

/** A rack as one group sees it. */
export interface RackRoom {
  /** Its living servers there. */
  readonly held: number;
  /** Servers that it could still be given there. */
  readonly free: number;
  /** What others left of the promisable uplink, in Mbit/s; negative where the rack is promised too much already. */
  readonly room: number;
  /** What the group reserves there now: never refused, even where `room` is less. */
  readonly before: number;
}

/** What a rack with `count` of a group's servers reserves, in Mbit/s, when the fullest of its racks may be lost. */
export function reservation(egress: number, count: number, all: number, most: number): number {
  if (egress === 0 || count === 0) return 0;
  return all === most ? egress : Math.ceil((egress * count) / (all - most));
}

/** The most servers that the group may have in the rack, at `all` servers with `most` in the fullest. */
function ceiling({ held, free, room, before }: RackRoom, egress: number, all: number, most: number): number {
  const space = Math.min(most, held + free);
  return egress === 0 ? space : Math.min(space, Math.floor((Math.max(room, before, 0) * (all - most)) / egress));
}

/** As flat as floors and ceilings allow: no other filling with this sum lays bytes better, since every rack's gain from one more server falls. */
function flat(floors: readonly number[], ceilings: readonly number[], sum: number): number[] {
  const at = (level: number): number[] => floors.map((floor, index) => Math.max(floor, Math.min(level, ceilings[index] ?? 0)));
  const size = (level: number): number => at(level).reduce((all, count) => all + count, 0);
  let [low, high] = [0, Math.max(0, ...ceilings)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (size(middle) <= sum) low = middle;
    else high = middle - 1;
  }
  let rest = sum - size(low);
  return at(low).map((count, index) => (rest > 0 && count === low && count < (ceilings[index] ?? 0) ? (rest--, count + 1) : count));
}

/** The least N for which threads, memory, ports and drives suffice, wherever they are; infinite where a server has none of what is needed. */
function leastServers(need: GroupNeed, capacity: Capacity, enough: number): number {
  const { share, after, limits } = need;
  const { nvme, object } = bytesOf(need);
  const { nvmeGB, diskGB } = capacity;
  const suffice = (servers: number): boolean =>
    nvme + (diskGB > 0 ? 0 : object) <= servers * nvmeGB &&
    (diskGB === 0 || object <= servers * diskGB) &&
    carry(share, servers, capacity, limits.target, limits.nic) &&
    (!after || carry(after, servers, capacity, limits.degraded, limits.degraded));
  if (!suffice(enough)) return Infinity;
  let [low, high] = [0, enough];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (suffice(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The least number of servers to add; `undefined` where none suffices. Exact: for a sum N and a fullest rack of at most `most`, every
 * rack has a ceiling, what is left after the loss is N - most, and the flattest filling lays the most bytes.
 */
export function least(need: GroupNeed, capacity: Capacity, racks: readonly RackRoom[], egress: number): number | undefined {
  const floors = racks.map(({ held }) => held);
  const held = floors.reduce((sum, count) => sum + count, 0);
  const largest = Math.max(0, ...racks.map((rack) => rack.held + rack.free));
  const enough = racks.reduce((sum, rack) => sum + rack.held + rack.free, 0);
  for (let all = Math.max(held, leastServers(need, capacity, enough)); all <= enough; all++) {
    for (let most = Math.max(1, ...floors, Math.ceil(all / racks.length)); most < all && most <= largest; most++) {
      if (!carry(need.share, all - most, capacity, need.limits.degraded, need.limits.degraded)) break;
      const ceilings = racks.map((rack) => ceiling(rack, egress, all, most));
      if (ceilings.some((count, index) => count < (floors[index] ?? 0))) continue;
      if (ceilings.reduce((sum, ceiling) => sum + ceiling, 0) < all) continue;
      const counts = flat(floors, ceilings, all);
      if (bytesFit(need, capacity, counts) && failures(need, capacity, counts).length === 0) return all - held;
    }
  }
  return undefined;
}

/** The same by trying every filling of the racks: for small cases, to judge `least` by. */
export function leastOfAll(need: GroupNeed, capacity: Capacity, racks: readonly RackRoom[], egress: number): number | undefined {
  let best: number | undefined;
  const counts: number[] = [];
  const visit = (index: number, added: number): void => {
    if (best !== undefined && added >= best) return;
    const rack = racks[index];
    if (rack) {
      for (let more = 0; more <= rack.free; more++) {
        counts[index] = rack.held + more;
        visit(index + 1, added + more);
      }
      return;
    }
    const [all, most] = [counts.reduce((sum, count) => sum + count, 0), Math.max(...counts)];
    const promised = racks.every(({ room, before }, at) => {
      const wanted = reservation(egress, counts[at] ?? 0, all, most);
      return wanted <= room || wanted <= before;
    });
    if (promised && failures(need, capacity, counts).length === 0) best = added;
  };
  visit(0, 0);
  return best;
}
