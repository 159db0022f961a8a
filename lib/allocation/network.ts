/** VLAN, private prefixes and public addresses. */
import { carrierOf, occupiedRacks, spread } from "./egress";
import { poolHolder } from "./grant";
import type { Holding } from "./holding";
import type { SiteNeed } from "./need";
import { addressOf, formatAddress, overlaps, parsePrefix } from "../request/prefix";
import { mendingPool } from "./outage";
import { settle, type Terms } from "./report";
import { shortOf } from "./short";
import type { SiteState } from "./siteState";
import { several } from "./words";

type Section = "private" | "vips" | "egress";

/** Prefixes that a holder has in a section, in order of addresses. */
export function prefixesOf(state: SiteState, holder: string, section: Section): string[] {
  return [...state.tally.namesOf(section, holder)].sort((a, b) => addressOf(a) - addressOf(b));
}

/** Addresses in these prefixes, all together. */
export function addressesIn(prefixes: readonly string[]): number {
  return prefixes.reduce((sum, prefix) => sum + parsePrefix(prefix).size, 0);
}

/** Whether a holder has a VLAN. */
export function hasVlan(state: SiteState, holder: string): boolean {
  return state.tally.namesOf("vlans", holder).size > 0;
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
      const vlan = takeVlan(state);
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

/** Takes the lowest free VLAN; `undefined` where none is left. */
function takeVlan(state: SiteState): number | undefined {
  const { first, last } = state.site.vlans;
  const { vlans, quarantine } = state.lines;
  for (let vlan = first; vlan <= last; vlan++) {
    const key = String(vlan);
    if (vlans.has(key) || state.resting(quarantine.vlans.get(key))) continue;
    quarantine.vlans.delete(key);
    return vlan;
  }
  return undefined;
}

/** Of `servers` new servers, how many find no free address in the holder's private prefixes. */
export function unaddressed(state: SiteState, holder: string, servers: number): number {
  return servers - freeAddresses(state, holder, servers).length;
}

/** Takes private prefixes up to `need` addresses, and so that `servers` new servers get one each, as far as they reach. */
export function takePrivate(state: SiteState, terms: Terms, holder: string, need: number, servers: number): void {
  const held = (): number => addressesIn(prefixesOf(state, holder, "private"));
  const missing = need - held();
  if (missing > 0 && (terms.named || missing > shortOf(state, holder, "private"))) takePrefixes(state, terms, holder, "private", missing);
  // Network, gateway and broadcast of a prefix are no server's.
  for (let lacking = unaddressed(state, holder, servers); lacking > 0; lacking = unaddressed(state, holder, servers))
    if (takePrefixes(state, terms, holder, "private", lacking + 3) === 0) return;
}

/** Refuses, or records as short, what `takePrivate` could not take. */
export function settlePrivate(state: SiteState, terms: Terms, holder: string, need: number): void {
  settle(state, terms, {
    messenger: holder,
    key: "private",
    need,
    held: addressesIn(prefixesOf(state, holder, "private")),
    take: () => 0,
    explain: (missing) => explainAddresses(state, "private", missing),
  });
}

/** Brings a messenger's public addresses up to its need. Egress addresses need servers in two racks to send from. */
export function grantPublic(state: SiteState, terms: Terms, need: SiteNeed, section: "vips" | "egress"): void {
  const { messenger, egressServers } = need;
  const total = need[section];
  const carrier = section === "egress" && egressServers ? carrierOf(state, messenger, need.own) : undefined;
  const carried = (missing: number): boolean =>
    section === "vips" || !egressServers || (carrier !== undefined && occupiedRacks(carrier) >= Math.min(missing, 2));
  settle(state, terms, {
    messenger,
    key: section,
    need: total,
    held: addressesIn(prefixesOf(state, messenger, section)),
    take: (missing) => {
      if (!carried(missing)) return 0;
      return takePrefixes(state, terms, messenger, section, missing, carrier);
    },
    explain: (missing) =>
      carried(missing)
        ? explainAddresses(state, "public", missing)
        : {
            what: `${need.own ? "it has no own servers" : "there are no pool servers"} in two racks at ${state.name} to send from ${several(missing, "egress address", "egress addresses")}`,
            remedy: need.own
              ? "make room for its servers, or ask for no egress addresses: network: {egress: 0}"
              : `${mendingPool(state)}add pool racks at ${state.name}, or ask for no egress addresses: network: {egress: 0}`,
          },
  });
}

/** Takes blocks for `count` addresses as far as they reach; whatever rested in them rests no more. */
function takeBlocks({ space, lines: { quarantine } }: SiteState, kind: "private" | "public", count: number): string[] {
  const taken = space[kind].takeUpTo(count);
  for (const rested of quarantine.prefixes.keys())
    if (taken.some((prefix) => overlaps(parsePrefix(rested), parsePrefix(prefix)))) quarantine.prefixes.delete(rested);
  return taken;
}

/**
 * Takes what is missing: one further prefix that holds it all or, where no block is large enough, the largest that there are, as far as
 * they reach. Returns the addresses taken, at most what was missing.
 */
function takePrefixes(state: SiteState, terms: Terms, holder: string, section: Section, missing: number, carrier?: Holding): number {
  const kind = section === "private" ? "private" : "public";
  let left = missing;
  for (const prefix of takeBlocks(state, kind, missing)) {
    const { size } = parsePrefix(prefix);
    if (section === "private") state.lines.private.set(prefix, ownerLine(holder));
    else if (section === "vips") state.lines.vips.set(prefix, { messenger: holder });
    else state.lines.egress.set(prefix, { messenger: holder, servers: carrier ? spread(state, carrier, size).sort() : [] });
    const why = `${several(Math.min(left, size), "address", "addresses")} more`;
    terms.changes.push({ holder, site: state.name, resource: section, added: [prefix], why });
    left -= size;
  }
  return Math.min(missing, missing - left);
}

function explainAddresses(state: SiteState, kind: "private" | "public", missing: number): { what: string; remedy: string } {
  const space = state.space[kind];
  return {
    what: `${several(missing, `${kind} address`, `${kind} addresses`)} of ${state.name} do not fit; ${String(space.total)} are free`,
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
