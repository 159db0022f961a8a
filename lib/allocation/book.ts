/** The books of a site: what is promised, what is free, and which loss would hurt most. */
import type { Estate, Group } from "../request/estate";
import type { Lock } from "../request/lock";
import type { Messenger } from "../request/messenger";
import type { Demand } from "../sizing/demand";
import { countOf, type View } from "./holding";
import { divideUp } from "./integer";
import { needsOf } from "./need";
import { addressesIn } from "./network";
import { poolLimit, poolPromised } from "./pool";
import { PoolStorage } from "./poolStorage";
import { contains, parsePrefix } from "../request/prefix";
import { SiteState } from "./siteState";

/** Servers of one class at a site. */
export interface ServerBook {
  /** All that the site's racks have, but for the ordered ones. */
  readonly installed: number;
  /** Held by a messenger or the pool, in any state. */
  readonly held: number;
  /** What a messenger or the pool can still be granted. */
  readonly free: number;
  /** Not held and not to be granted: dead, or in a dark rack. */
  readonly outOfService: number;
  /** Not held, in quarantine. */
  readonly resting: number;
  /** In racks that are not in service yet. */
  readonly ordered: number;
}

/** How much of something there is, and how much of it is promised. */
export interface Promised {
  readonly promised: number;
  readonly limit: number;
}

/** The pool's figures. Storage is raw TiB. */
export type PoolBook = Readonly<Record<"cpu" | "memoryGiB" | "nvmeTiB" | "objectTiB" | "egressMbps" | "ingressMbps", Promised>>;

/** The books of one site. */
export interface SiteBook {
  readonly site: string;
  /** By class, in the order of the estate's file. */
  readonly servers: Readonly<Record<string, ServerBook>>;
  /** Mbit/s; the limit is the uplink less its headroom. */
  readonly bandwidth: { readonly egressMbps: Promised; readonly ingressMbps: Promised };
  /** Addresses; what is in quarantine counts as promised. */
  readonly privateAddresses: Promised;
  readonly publicAddresses: Promised;
  readonly vlans: Promised;
  /** What the pool may promise after the loss of its largest rack, and what its quotas promise. */
  readonly pool: PoolBook;
}

/** The books of every site, in order of names, on the lock's book date. */
export function bookOf(estate: Estate, lock: Lock): SiteBook[] {
  return statesOf(estate, lock).map(bookAt);
}

/** The books of one site as it stands. */
export function bookAt(state: SiteState): SiteBook {
  const { lines, site } = state;
  const resting = [...lines.quarantine.prefixes].filter(([, line]) => state.resting(line)).map(([prefix]) => prefix);
  const { first, last } = site.vlans;
  const restingVlans = [...lines.quarantine.vlans.values()].filter((line) => state.resting(line)).length;
  const addresses = (networks: readonly string[], held: readonly string[]): Promised => {
    const rests = resting.filter((prefix) => networks.some((network) => contains(parsePrefix(network), parsePrefix(prefix))));
    return { promised: addressesIn([...held, ...rests]), limit: addressesIn(networks) };
  };
  return {
    site: state.name,
    servers: serversOf(state),
    bandwidth: {
      egressMbps: { promised: state.tally.promised.egressMbps, limit: state.promisable },
      ingressMbps: { promised: state.tally.promised.ingressMbps, limit: state.promisable },
    },
    privateAddresses: addresses([site.private], [...lines.private.keys()]),
    publicAddresses: addresses(site.public, [...lines.vips.keys(), ...lines.egress.keys()]),
    vlans: { promised: lines.vlans.size + restingVlans, limit: last - first + 1 },
    pool: poolBook(state, "now"),
  };
}

/** The pool's books. @param view whether what is out of service counts as back */
export function poolBook(state: SiteState, view: View): PoolBook {
  const promised = poolPromised(state);
  const limit = { ...poolLimit(state, view), ...new PoolStorage(state, view).limit() };
  const of = (key: keyof PoolBook): Promised => ({ promised: promised[key], limit: limit[key] });
  return {
    cpu: of("cpu"),
    memoryGiB: of("memoryGiB"),
    nvmeTiB: of("nvmeTiB"),
    objectTiB: of("objectTiB"),
    egressMbps: of("egressMbps"),
    ingressMbps: of("ingressMbps"),
  };
}

function statesOf(estate: Estate, lock: Lock): SiteState[] {
  return Object.keys(estate.sites)
    .sort()
    .map((site) => SiteState.of(estate, lock, site));
}

function serversOf(state: SiteState): Record<string, ServerBook> {
  const books = new Map(
    Object.keys(state.estate.classes).map((name) => [name, { installed: 0, held: 0, free: 0, outOfService: 0, resting: 0, ordered: 0 }]),
  );
  const held = new Map<number, number>();
  for (const { holding } of state.holdings())
    for (const [index, rack] of holding.racks) held.set(index, (held.get(index) ?? 0) + rack.held);
  const resting = new Map<number, number>();
  for (const [server, line] of state.lines.quarantine.servers)
    if (state.resting(line)) resting.set(state.rackOf(server), (resting.get(state.rackOf(server)) ?? 0) + 1);
  for (const [index, rack] of state.racks.entries()) {
    const book = books.get(rack.class);
    const { servers = 0, inService } = state.site.racks[rack.name] ?? {};
    if (!book) continue;
    if (inService !== undefined && inService > state.asOf) {
      book.ordered += servers;
      continue;
    }
    const taken = held.get(index) ?? 0;
    const rests = resting.get(index) ?? 0;
    book.installed += servers;
    book.held += taken;
    book.free += rack.free.length;
    book.resting += rests;
    book.outOfService += servers - taken - rack.free.length - rests;
  }
  return Object.fromEntries([...books].filter(([, { installed, ordered }]) => installed + ordered > 0));
}

/** The loss of one rack as one group of own servers feels it. */
export interface RackLoss {
  readonly messenger: string;
  readonly site: string;
  readonly group: Group;
  readonly rack: string;
  /** The highest utilisation that is left, of threads, memory or ports, per mille of what is planned with; rounded up. Infinity where nothing is left. */
  readonly utilisation: number;
  /** What the messenger allows after a loss, per mille. */
  readonly limit: number;
}

/** The loss of a rack that leaves the highest utilisation of all; `undefined` where nobody has own servers. */
export function worstRackLoss(
  estate: Estate,
  lock: Lock,
  messengers: readonly Messenger[],
  demands: readonly Demand[],
): RackLoss | undefined {
  const states = new Map(statesOf(estate, lock).map((state) => [state.name, state]));
  const demandOf = new Map(demands.map((demand) => [demand.messenger, demand]));
  let worst: RackLoss | undefined;
  for (const messenger of messengers)
    for (const need of needsOf(estate, messenger, demandOf.get(messenger.messenger)))
      for (const [group, { share, limits }] of need.groups) {
        const state = states.get(need.site);
        const holding = state?.groupsOf(need.messenger).get(group);
        for (const index of holding?.racks.keys() ?? []) {
          const left = { milliThreads: 0, memoryMiB: 0, nicMbps: 0 };
          for (const [other, rack] of holding?.racks ?? [])
            for (const key of ["milliThreads", "memoryMiB", "nicMbps"] as const)
              if (other !== index) left[key] += countOf(rack, "now") * (state?.racks[other]?.usable[key] ?? 0);
          const utilisation = Math.max(
            divideUp(share.usedMilliThreads * 1000, left.milliThreads),
            divideUp(share.usedMemoryMiB * 1000, left.memoryMiB),
            divideUp(share.egressMbps * 1000, left.nicMbps),
          );
          if (!worst || utilisation > worst.utilisation)
            worst = {
              messenger: need.messenger,
              site: need.site,
              group,
              rack: state?.racks[index]?.name ?? "",
              utilisation,
              limit: limits.degraded,
            };
        }
      }
  return worst;
}
