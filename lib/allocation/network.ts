/** VLAN, private prefixes, public addresses, and the egress servers behind them. */
import type { Group } from "../request/estate";
import { poolHolder } from "./grant";
import type { Holding } from "./holding";
import type { SiteNeed } from "./need";
import { addressOf, formatAddress, parsePrefix } from "./prefix";
import { settle, type Terms } from "./report";
import { shortOf } from "./short";
import type { SiteState } from "./siteState";
import { several } from "./words";

type Section = "private" | "vips" | "egress";

/** Prefixes that a holder has in a section, in order of addresses. */
export function prefixesOf(state: SiteState, holder: string, section: Section): string[] {
  const prefixes: string[] = [];
  for (const [prefix, line] of state.lines[section])
    if (("messenger" in line ? line.messenger : poolHolder) === holder) prefixes.push(prefix);
  return prefixes.sort((a, b) => addressOf(a) - addressOf(b));
}

/** Addresses in these prefixes, all together. */
export function addressesIn(prefixes: readonly string[]): number {
  return prefixes.reduce((sum, prefix) => sum + parsePrefix(prefix).size, 0);
}

/** Whether a holder has a VLAN. */
export function hasVlan(state: SiteState, holder: string): boolean {
  for (const line of state.lines.vlans.values()) if (("messenger" in line ? line.messenger : poolHolder) === holder) return true;
  return false;
}

const ownerLine = (holder: string): { messenger: string } | { pool: true } =>
  holder === poolHolder ? { pool: true } : { messenger: holder };

/** Gives a VLAN to a holder that has none. */
export function grantVlan(state: SiteState, terms: Terms, holder: string): void {
  settle(state, terms, {
    messenger: holder,
    key: "vlans",
    need: 1,
    held: hasVlan(state, holder) ? 1 : 0,
    take: () => {
      const vlan = state.takeVlan();
      if (vlan === undefined) return 0;
      state.lines.vlans.set(String(vlan), ownerLine(holder));
      terms.changes.push({
        holder,
        site: state.name,
        resource: "vlan",
        added: [String(vlan)],
        why: "one at each site",
      });
      return 1;
    },
    explain: () => ({
      what: `no VLAN of ${String(state.site.vlans.first)}-${String(state.site.vlans.last)} is free at ${state.name}`,
      remedy: `widen vlans of ${state.name}, or release a VLAN`,
    }),
  });
}

/** The private addresses that a holder needs, so that `unaddressed` servers get one each from what is added. */
function privateTotal(state: SiteState, holder: string, need: number, unaddressed: number): number {
  const lacking = unaddressed - freeAddresses(state, holder, unaddressed).length;
  // Network, gateway and broadcast are no server's.
  return lacking > 0 ? Math.max(need, addressesIn(prefixesOf(state, holder, "private")) + lacking + 3) : need;
}

/** Servers that would get no private address, were the holder's private addresses brought up to `need` now. */
export function lackingAddresses(state: SiteState, terms: Terms, holder: string, need: number, unaddressed: number): number {
  const lacking = unaddressed - freeAddresses(state, holder, unaddressed).length;
  if (lacking === 0) return 0;
  const missing = privateTotal(state, holder, need, unaddressed) - addressesIn(prefixesOf(state, holder, "private"));
  const tries = terms.named || missing > shortOf(state, holder, "private");
  return tries && missing <= state.space.private.largest ? 0 : lacking;
}

/** Brings a holder's private addresses up to `need`; `unaddressed` servers must get one each from what is added. */
export function grantPrivate(state: SiteState, terms: Terms, holder: string, need: number, unaddressed: number): void {
  const total = privateTotal(state, holder, need, unaddressed);
  settle(state, terms, {
    messenger: holder,
    key: "private",
    need: total,
    held: addressesIn(prefixesOf(state, holder, "private")),
    take: (missing) => takePrefix(state, terms, holder, "private", missing, several(total, "private address", "private addresses")),
    explain: (missing) => explainAddresses(state, "private", missing),
  });
}

/** Brings a messenger's public addresses up to its need. Egress addresses need servers in two racks to send from. */
export function grantPublic(state: SiteState, terms: Terms, need: SiteNeed, section: "vips" | "egress"): void {
  const { messenger, egressServers } = need;
  const total = need[section];
  const carrier = section === "egress" && egressServers ? carrierOf(state, need) : undefined;
  const carried = (missing: number): boolean =>
    section === "vips" || !egressServers || (carrier !== undefined && racksOf(carrier) >= Math.min(missing, 2));
  settle(state, terms, {
    messenger,
    key: section,
    need: total,
    held: addressesIn(prefixesOf(state, messenger, section)),
    take: (missing) => {
      if (!carried(missing)) return 0;
      const why = several(total, "public address", "public addresses");
      return takePrefix(state, terms, messenger, section, missing, why, carrier);
    },
    explain: (missing) =>
      carried(missing)
        ? explainAddresses(state, "public", missing)
        : {
            what: `${need.own ? "it has no own servers" : "there are no pool servers"} in two racks at ${state.name} to send from ${several(missing, "egress address", "egress addresses")}`,
            remedy: need.own
              ? "make room for its servers, or ask for no egress addresses: network: {egress: 0}"
              : `add pool racks at ${state.name}, or ask for no egress addresses: network: {egress: 0}`,
          },
  });
}

/** Takes one further prefix that holds what is missing; all of it or nothing. */
function takePrefix(
  state: SiteState,
  terms: Terms,
  holder: string,
  section: Section,
  missing: number,
  why: string,
  carrier?: Holding,
): number {
  const prefix = state.takePrefix(section === "private" ? "private" : "public", missing);
  if (prefix === undefined) return 0;
  if (section === "private") state.lines.private.set(prefix, ownerLine(holder));
  else if (section === "vips") state.lines.vips.set(prefix, { messenger: holder });
  else state.lines.egress.set(prefix, { messenger: holder, servers: carrier ? spread(state, carrier, parsePrefix(prefix).size) : [] });
  terms.changes.push({ holder, site: state.name, resource: section, added: [prefix], why });
  return missing;
}

function explainAddresses(state: SiteState, kind: "private" | "public", missing: number): { what: string; remedy: string } {
  const space = state.space[kind];
  return {
    what: `no free block of ${several(missing, `${kind} address`, `${kind} addresses`)} is left at ${state.name}; ${String(space.total)} are free, the largest block has ${String(space.largest)}`,
    remedy:
      kind === "public"
        ? `add a public network to ${state.name}, or release prefixes`
        : `widen the private network of ${state.name}, or release prefixes`,
  };
}

/** Up to `count` free server addresses in a holder's private prefixes, lowest first. */
export function freeAddresses(state: SiteState, holder: string, count: number): string[] {
  const used = state.addressesOf(holder);
  const found: string[] = [];
  for (const prefix of prefixesOf(state, holder, "private")) {
    const { start, size } = parsePrefix(prefix);
    // The first address is the network's, the second the gateway's, the last the broadcast's.
    for (let address = start + 2; address < start + size - 1 && found.length < count; address++) {
      const text = formatAddress(address);
      if (!used.has(text)) found.push(text);
    }
  }
  return found;
}

/** Whose servers send: of its own groups the one with gateways and relays, else the pool's. */
function carrierOf(state: SiteState, { messenger, own }: SiteNeed): Holding | undefined {
  if (!own) return state.pool;
  const groups = state.groupsOf(messenger);
  const order: readonly Group[] = ["compute", "all", "object", "database"];
  return order.map((group) => groups.get(group)).find((holding) => holding !== undefined && holding.count("now") > 0);
}

/** Racks in which a holding has servers that count. */
function racksOf(holding: Holding): number {
  return [...holding.racks.values()].filter(({ names }) => names.length > 0).length;
}

/** Picks `count` servers: in the rack that has the fewest of them, of those the least loaded, then by name; in order of names. */
function spread(state: SiteState, carrier: Holding, count: number): string[] {
  const load = new Map<string, number>();
  for (const { servers } of state.lines.egress.values()) for (const server of servers) load.set(server, (load.get(server) ?? 0) + 1);
  const racks = [...carrier.racks]
    .filter(([, { names }]) => names.length > 0)
    .sort(([a], [b]) => a - b)
    .map(([, { names }]) => ({ names: [...names].sort(), picked: 0 }));
  const loadOf = (server: string): number => load.get(server) ?? 0;
  const picked: string[] = [];
  while (picked.length < count) {
    let best: { server: string; rack: (typeof racks)[number] } | undefined;
    for (const rack of racks)
      for (const server of rack.names)
        if (!best || rack.picked < best.rack.picked || (rack.picked === best.rack.picked && loadOf(server) < loadOf(best.server)))
          best = { server, rack };
    if (!best) break;
    best.rack.picked++;
    load.set(best.server, loadOf(best.server) + 1);
    picked.push(best.server);
  }
  return picked.sort();
}
