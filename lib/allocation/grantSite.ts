/** Brings one messenger's lines at one site up to its need: servers, network, bandwidth, quota; adds lines and raises figures only. */
import { allowedEgress, grantBandwidth, triesEgress, writeGroupEgress } from "./bandwidthLine";
import { groupOrder, type SiteNeed } from "./need";
import { freeAddresses, grantPublic, grantVlan, hasVlan, settlePrivate, takePrivate, unaddressed } from "./network";
import { dropTaken, growGroup, noteShortOfGroup, noteTaken, type Taken } from "./ownServers";
import { grantQuota } from "./quota";
import { forgetShorts, type Terms } from "./report";
import type { ShortKey } from "./short";
import type { SiteState } from "./siteState";
import { bandwidth } from "./words";

/** What a host runs: an image of the estate, or the messenger's own. */
export interface Image {
  readonly name: string;
  readonly url: string;
  readonly checksum: string;
}

/** The figures that a need has. */
function keysOf(need: SiteNeed): Set<ShortKey> {
  const keys: ShortKey[] = [];
  if (need.network) keys.push("vlans", "private");
  if (need.vips > 0) keys.push("vips");
  if (need.egress > 0) keys.push("egress");
  if (need.bandwidth) keys.push("egressMbps", "ingressMbps");
  if (need.pool) keys.push("cpu", "memoryGiB", "nvmeTiB", "objectTiB");
  return new Set(keys);
}

/** Forgets what a messenger was short of at a site where it needs nothing now. */
export function forgetAll(state: SiteState, terms: Terms, messenger: string): void {
  for (const group of groupOrder) noteShortOfGroup(state, terms, messenger, group, 0);
  forgetShorts(state, terms, messenger, new Set());
}

/** Brings everything that a messenger has at a site up to its need. */
export function grantSite(state: SiteState, terms: Terms, need: SiteNeed, image: Image): void {
  const { messenger } = need;
  forgetShorts(state, terms, messenger, keysOf(need));
  for (const group of groupOrder) if (!need.groups.has(group)) noteShortOfGroup(state, terms, messenger, group, 0);
  if (need.network) grantVlan(state, terms, messenger);
  grantServers(state, terms, need, image);
  grantQuota(state, terms, need);
  grantBandwidth(state, terms, need);
  if (need.vips > 0) grantPublic(state, terms, need, "vips");
  if (need.egress > 0) grantPublic(state, terms, need, "egress");
}

function grantServers(state: SiteState, terms: Terms, need: SiteNeed, image: Image): void {
  const tries = triesEgress(state, terms, need);
  const taken = [...need.groups].map(([group, groupNeed]): Taken => {
    const grown = growGroup(state, terms, need, group, groupNeed, allowedEgress(state, need, group, tries));
    writeGroupEgress(state, need.messenger, group, grown.holding);
    return grown;
  });
  settleServers(state, terms, need, taken, image);
}

/** Gives the servers that were taken a VLAN and addresses and writes their lines; those that find none are given back and refused. */
export function settleServers(state: SiteState, terms: Terms, need: SiteNeed, all: readonly Taken[], image: Image): void {
  const { messenger } = need;
  let taken = all;
  const drop = (refusal: Parameters<typeof dropTaken>[4]): void => {
    const last = taken.findLast(({ servers }) => servers.size > 0);
    if (!last) return;
    dropTaken(state, terms, messenger, last, refusal);
    writeGroupEgress(state, messenger, last.group, last.holding);
    taken = taken.filter((each) => each !== last);
  };
  const fresh = (): string[] => taken.flatMap(({ servers }) => [...servers.values()].flat());
  if (need.network) {
    while (!hasVlan(state, messenger) && fresh().length > 0)
      drop({
        resource: "vlan",
        missing: 1,
        what: `its servers need a VLAN at ${state.name} and none is free`,
        remedy: `widen vlans of ${state.name}`,
      });
    const addresses = (): number => need.privateAddresses(state.heldBy(messenger));
    takePrivate(state, terms, messenger, addresses(), fresh().length);
    for (let missing = unaddressed(state, messenger, fresh().length); missing > 0; missing = unaddressed(state, messenger, fresh().length))
      drop({
        resource: "private",
        missing,
        what: `its servers need addresses at ${state.name} and none are free`,
        remedy: `widen the private network of ${state.name}`,
      });
    settlePrivate(state, terms, messenger, addresses());
  }
  writeServers(state, messenger, taken, image);
  for (const grown of taken) {
    noteTaken(state, terms, messenger, grown);
    noteEgress(state, terms, messenger, grown);
  }
}

/** Writes the lines of the servers taken, each with the lowest free address, and pins their image. */
function writeServers(state: SiteState, messenger: string, taken: readonly Taken[], image: Image): void {
  const servers = taken.flatMap(({ group, servers: racks }) => [...racks.values()].flat().map((name) => ({ name, group })));
  const addresses = freeAddresses(state, messenger, servers.length);
  for (const [index, { name, group }] of servers.entries()) {
    const address = addresses[index] ?? "";
    state.useAddress(messenger, address);
    state.lines.servers.set(name, { messenger, group, state: "granted", since: state.asOf, image: image.name, address });
    state.lines.quarantine.servers.delete(name);
  }
  if (servers.length > 0) pinImage(state, image);
}

/** Keeps an image's address and digest in the lock while it is in use. */
export function pinImage(state: SiteState, { name, url, checksum }: Image): void {
  if (!state.lines.images.has(name)) state.lines.images.set(name, { url, checksum });
}

function noteEgress(state: SiteState, terms: Terms, messenger: string, { group, holding, egressBefore }: Taken): void {
  if (holding.egressMbps === egressBefore) return;
  const change = { before: egressBefore, after: holding.egressMbps, why: `it sends ${bandwidth(holding.egressMbps)} at peak` };
  terms.changes.push({ holder: messenger, site: state.name, resource: "egressMbps", group, added: [], ...change });
}
