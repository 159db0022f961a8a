/** Judges one allocation by law 6: replays it group by group and measures each against the least that was left to add. */
import type { Group } from "../../../lib/request/estate";
import type { Lock, LockSite } from "../../../lib/request/lock";
import type { Messenger } from "../../../lib/request/messenger";
import type { Demand } from "../../../lib/sizing/demand";
import { rackAccounts } from "./books";
import { least, type RackRoom } from "./bound";
import { Ground, holderOf } from "./ground";
import { added, asked, emptySite, siteOf } from "./judge";
import { type GroupNeed, groupNeeds, placingOrder } from "./proof";
import { fairOrder, type Scene } from "./story";

/** A group whose turn it is. */
export interface Turn {
  readonly messenger: string;
  readonly site: string;
  readonly group: Group;
  readonly need: GroupNeed;
  /** What it will have promised of uplinks, in Mbit/s: what was granted, or what it asks for where nothing was. */
  readonly egress: number;
}

/** The racks of one class as a group sees them at its turn. */
export function roomFor(ground: Ground, lock: LockSite, turn: Turn, serverClass: string): RackRoom[] {
  const { messenger, site, group } = turn;
  const held = ground.counts(lock, messenger, group);
  const accounts = rackAccounts(ground, site, lock);
  const free = new Map<string, number>();
  for (const place of ground.servers.values()) {
    const until = lock.quarantine.servers[place.name]?.until;
    const cooling = until !== undefined && until > ground.asOf;
    if (place.site === site && place.class === serverClass && place.alive && !place.pool && !cooling && !lock.servers[place.name]) {
      free.set(place.rack, (free.get(place.rack) ?? 0) + 1);
    }
  }
  return [...new Set([...Object.keys(held), ...free.keys()])].sort().map((rack) => {
    const account = accounts.get(rack);
    const before = account?.promised.get(`${messenger} ${group}`) ?? 0;
    const others = [...(account?.promised.values() ?? [])].reduce((sum, amount) => sum + amount, 0) - before;
    return { held: held[rack] ?? 0, free: free.get(rack) ?? 0, room: (account?.limit ?? 0) - others, before };
  });
}

/** The class that law 6 measures by, and the least to add: the held class, else the first in the file's order that fits. */
export function leastFor(ground: Ground, lock: LockSite, turn: Turn): { class: string; servers: number } | undefined {
  const held = ground.heldClass(lock, turn.messenger, turn.group);
  const classes =
    held === undefined
      ? Object.keys(ground.estate.classes).filter((key) => ground.estate.classes[key]?.serves.includes(turn.group))
      : [held];
  for (const serverClass of classes) {
    const servers = least(turn.need, ground.usable(serverClass), roomFor(ground, lock, turn, serverClass), turn.egress);
    if (servers !== undefined) return { class: serverClass, servers };
  }
  return undefined;
}

/** The turns of one messenger, in the order of law 6. */
export function turnsOf(messenger: Messenger, demand: Demand | undefined, after: Lock): Turn[] {
  if (!messenger.needs.includes("hardware")) return [];
  return Object.keys(demand?.sites ?? {})
    .sort()
    .flatMap((site) => {
      const needs = groupNeeds(demand, site, messenger.needs.includes("network"));
      return placingOrder.flatMap((group) => {
        const need = needs.get(group);
        if (!need) return [];
        const { bandwidth, short } = siteOf(after, site);
        const promised = bandwidth[messenger.messenger]?.groups[group] ?? 0;
        const wanted =
          short[messenger.messenger]?.groups?.[group] === undefined ? 0 : Math.max(need.share.egressMbps, need.after?.egressMbps ?? 0);
        return [{ messenger: messenger.messenger, site, group, need, egress: Math.max(promised, wanted) }];
      });
    });
}

/** Writes into `book` what the group was given at its turn; answers the names of its new servers. */
export function take(book: Lock, after: Lock, { messenger, site, group }: Turn): string[] {
  const there = (book.sites[site] ??= structuredClone(emptySite));
  const final = siteOf(after, site);
  const servers = added(there.servers, final.servers).filter(
    (name) => final.servers[name]?.group === group && holderOf(final.servers[name]) === messenger,
  );
  for (const name of servers) Object.assign(there.servers, { [name]: final.servers[name] });
  const line = final.bandwidth[messenger];
  const old = there.bandwidth[messenger];
  const figure = line?.groups[group];
  if (line && figure !== undefined) there.bandwidth[messenger] = { ...line, groups: { ...old?.groups, [group]: figure } };
  return servers;
}

/** Whether a messenger has what servers need beside servers: a VLAN and addresses. */
function connected({ vlans, short }: LockSite, id: string): boolean {
  return Object.values(vlans).some((line) => holderOf(line) === id) && short[id]?.private === undefined;
}

/** Law 6 for one allocation that wrote something, and law 5's half of it: what was recorded as short had no room. */
export function tight(scene: Scene): string[] {
  const { input, result } = scene;
  if (result.refused.length > 0 && input.partial !== true) return [];
  const ground = new Ground(input.estate, input.asOf);
  const book: Lock = structuredClone(input.lock ?? { ...result.lock, sites: {} });
  const findings: string[] = [];
  for (const id of fairOrder(input.messengers).filter((name) => asked(scene).has(name))) {
    const messenger = input.messengers.find((each) => each.messenger === id);
    const demand = input.demands.find((each) => each.messenger === id);
    for (const turn of messenger ? turnsOf(messenger, demand, result.lock) : []) {
      const bound = leastFor(ground, siteOf(book, turn.site), turn);
      const given = take(book, result.lock, turn);
      const short = siteOf(result.lock, turn.site).short[id]?.groups?.[turn.group] ?? 0;
      // A short on record is tried again only where it is asked for by name, or has grown.
      const tried = input.names !== undefined || short > (siteOf(input.lock, turn.site).short[id]?.groups?.[turn.group] ?? 0);
      const what = `${id} ${turn.group} at ${turn.site}`;
      if (tried && short > 0 && bound !== undefined && given.length === 0 && connected(siteOf(result.lock, turn.site), id))
        findings.push(`${what} is short though ${bound.servers} of ${bound.class} would do`);
      if (short > 0 && given.length > 0) findings.push(`${what} is short and was given ${given.length}`);
      if (given.length === 0) continue;
      const serverClass = ground.servers.get(given[0] ?? "")?.class;
      if (bound === undefined) findings.push(`${what} was given ${given.length} though nothing fits`);
      else if (serverClass !== bound.class) findings.push(`${what} was given ${serverClass} though ${bound.class} comes first`);
      else if (given.length > bound.servers + 1) findings.push(`${what} was given ${given.length} where ${bound.servers} would do`);
      else if (given.length < bound.servers) findings.push(`${what} was given ${given.length} where ${bound.servers} are the least`);
    }
  }
  return findings;
}
