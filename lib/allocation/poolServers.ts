/** Gives the pool every free server of the racks that are its own, with a VLAN and addresses; demand never enlarges it. */
import { poolHolder } from "./grant";
import { type Image, pinImage } from "./grantSite";
import { freeAddresses, grantVlan, hasVlan, settlePrivate, takePrivate } from "./network";
import type { Terms } from "./report";
import type { SiteState } from "./siteState";
import { several } from "./words";

/** Free servers of pool racks, by the index of their rack. */
export function poolWaiting(state: SiteState): Map<number, number> {
  const waiting = new Map<number, number>();
  for (const [index, rack] of state.racks.entries())
    if (rack.pool && rack.free.length > 0 && state.estate.classes[rack.class]?.serves.includes("all")) waiting.set(index, rack.free.length);
  return waiting;
}

/** Adds the servers, all of a site or none: without a VLAN and addresses they would be of no use. */
export function grantPool(state: SiteState, terms: Terms, image: Image): void {
  const waiting = poolWaiting(state);
  const { pool, estate, name: site } = state;
  const held = state.heldBy(poolHolder);
  const added = [...waiting.values()].reduce((sum, count) => sum + count, 0);
  if (held + added === 0) return;
  grantVlan(state, terms, poolHolder);
  const { base, perServer } = estate.addresses.private;
  takePrivate(state, terms, poolHolder, base + perServer * (held + added), added);
  settlePrivate(state, terms, poolHolder, base + perServer * (held + added));
  const addresses = freeAddresses(state, poolHolder, added);
  if (added === 0 || addresses.length < added || !hasVlan(state, poolHolder)) return;
  const names = [...waiting].flatMap(([index, count]) => state.takeServers(pool, index, count));
  for (const [index, name] of names.entries()) {
    const address = addresses[index] ?? "";
    state.useAddress(poolHolder, address);
    state.lines.servers.set(name, { pool: true, group: "all", state: "granted", since: state.asOf, image: image.name, address });
    state.lines.quarantine.servers.delete(name);
  }
  pinImage(state, image);
  const racks = [...waiting.keys()].map((index) => state.racks[index]?.name ?? "").join(", ");
  const why = `all ${several(added, "free server")} of its racks ${racks} are the pool's`;
  terms.changes.push({ holder: poolHolder, site, resource: "servers", group: "all", added: names, before: held, after: held + added, why });
}
