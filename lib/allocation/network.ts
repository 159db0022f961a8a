/** VLAN, private prefixes, public addresses, and the egress servers behind them. */
import type { Group } from "../request/estate";
import { poolHolder } from "./grant";
import type { Holding } from "./holding";
import type { SiteNeed } from "./need";
import { addressOf, formatAddress, parsePrefix } from "./prefix";
import { settle, type Terms } from "./report";
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
        why: "it has one VLAN at each of its sites",
      });
      return 1;
    },
    explain: () => ({
      what: `no VLAN of ${String(state.site.vlans.first)}-${String(state.site.vlans.last)} is free at ${state.name}`,
      remedy: `widen vlans of ${state.name}, or release a VLAN`,
    }),
  });
}

/** Brings a holder's private addresses up to `need`; `unaddressed` servers must get one each from what is added. */
export function grantPrivate(state: SiteState, terms: Terms, holder: string, need: number, unaddressed: number): void {
  const held = addressesIn(prefixesOf(state, holder, "private"));
  const lacking = unaddressed - freeAddresses(state, holder, unaddressed).length;
  // Network, gateway and broadcast are no server's.
  const total = lacking > 0 ? Math.max(need, held + lacking + 3) : need;
  settle(state, terms, {
    messenger: holder,
    key: "private",
    need: total,
    held,
    take: (missing) =>
      takePrefix(
        state,
        terms,
        holder,
        "private",
        missing,
        `${several(total, "private address", "private addresses")} with ${several(state.heldBy(holder), "server")}`,
      ),
    explain: (missing) => explainAddresses(state, "private", missing),
  });
}

/** Brings a messenger's public addresses up to its need. */
export function grantPublic(state: SiteState, terms: Terms, need: SiteNeed, section: "vips" | "egress"): void {
  const { messenger } = need;
  const total = need[section];
  settle(state, terms, {
    messenger,
    key: section,
    need: total,
    held: addressesIn(prefixesOf(state, messenger, section)),
    take: (missing) =>
      takePrefix(
        state,
        terms,
        messenger,
        section,
        missing,
        `${several(total, "public address", "public addresses")} of ${section === "vips" ? "services" : "outgoing traffic"}`,
      ),
    explain: (missing) => explainAddresses(state, "public", missing),
  });
}

/** Takes one further prefix that holds what is missing; all of it or nothing. */
function takePrefix(state: SiteState, terms: Terms, holder: string, section: Section, missing: number, why: string): number {
  const prefix = state.takePrefix(section === "private" ? "private" : "public", missing);
  if (prefix === undefined) return 0;
  if (section === "private") state.lines.private.set(prefix, ownerLine(holder));
  else if (section === "vips") state.lines.vips.set(prefix, { messenger: holder });
  else state.lines.egress.set(prefix, { messenger: holder, servers: [] });
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

/** Names the egress servers of a messenger's egress prefixes that have none yet: one for each address, over as many racks as there are. */
export function nameEgressServers(state: SiteState, terms: Terms, { messenger, own, egressServers }: SiteNeed): void {
  if (!egressServers) return;
  const bare = prefixesOf(state, messenger, "egress").filter((prefix) => state.lines.egress.get(prefix)?.servers.length === 0);
  if (bare.length === 0) return;
  const carrier = own ? firstGroup(state, messenger) : state.pool;
  if (!carrier || carrier.count("now") === 0) return;
  const load = new Map<string, number>();
  for (const { servers } of state.lines.egress.values()) for (const server of servers) load.set(server, (load.get(server) ?? 0) + 1);
  for (const prefix of bare) {
    const servers = spread(carrier, parsePrefix(prefix).size, load);
    state.lines.egress.set(prefix, { messenger, servers });
    terms.changes.push({ holder: messenger, site: state.name, resource: "egress", added: servers, why: `they send from ${prefix}` });
  }
}

/** The group whose servers send: gateways and relays are in compute. */
function firstGroup(state: SiteState, messenger: string): Holding | undefined {
  const groups = state.groupsOf(messenger);
  const order: readonly Group[] = ["compute", "all", "object", "database"];
  return order.map((group) => groups.get(group)).find((holding) => holding !== undefined && holding.count("now") > 0);
}

/** Picks `count` servers: in the rack that has the fewest of them, of those the least loaded, then by name; in order of names. */
function spread(carrier: Holding, count: number, load: Map<string, number>): string[] {
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
