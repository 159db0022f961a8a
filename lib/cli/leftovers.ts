/** Addresses that outlast the servers which used them: who gives them back, and how. */
import type { LockChange } from "../allocation/draft";
import type { LockHolder } from "../request/lock";

/** Servers in these states still run what their holder put on them. */
const running = new Set(["granted", "rolling", "draining"]);

/** A line for each holder of servers that moved: none of its runs any more, and prefixes or a VLAN of its are still in the lock. */
export function leftovers({ moves, lock }: Pick<LockChange, "moves" | "lock">): string[] {
  const places = new Map(moves.map(({ holder, site }) => [`${holder} ${site}`, { holder, site }]));
  return [...places.values()].flatMap(({ holder, site }) => {
    const lines = lock.sites[site];
    const servers = Object.values(lines?.servers ?? {}).filter(({ messenger }) => messenger === holder);
    if (!lines || servers.some(({ state }) => running.has(state))) return [];
    const open = [lines.vips, lines.egress, ...(servers.length > 0 ? [] : [lines.vlans, lines.private])];
    const isHeld = open.some((section: Readonly<Record<string, LockHolder>>) =>
      Object.values(section).some(({ messenger }) => messenger === holder),
    );
    return isHeld ? [`now: zirsakht release ${holder}, for the addresses at ${site} that it needs no more`] : [];
  });
}
