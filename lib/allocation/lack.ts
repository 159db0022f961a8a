/**
 * What the messengers of a site lack to their needs, line by line of the books, beside what is left to promise: one after the other, as
 * `allocate` gives it.
 *
 * Servers: who holds none takes the first class that has enough left, in the order of messengers. Where no class has, the first that the
 * site has racks of runs out. A need that outgrows a class leaves it to others, so a class may have run out for some days before the one
 * that is told.
 * They are counted as on equal racks, of which `allocate` may need one more.
 *
 * Addresses and storage are tried out: a prefix is larger than what is lacking, and what a rack may hold depends on everybody's data. What is
 * lacking of them is what finds no place.
 */
import type { AddressSpace } from "./addressSpace";
import { missingEgress } from "./bandwidthLine";
import { bookAt, poolBook, type Promised } from "./book";
import { strictest } from "./dataRule";
import { figuresOf } from "./figures";
import type { SiteNeed } from "./need";
import { addressesIn, freeAddresses, prefixesOf } from "./network";
import { poolPromised, poolRule, ruleOf, sharedEgress } from "./pool";
import { PoolStorage, type Stored } from "./poolStorage";
import type { SiteState } from "./siteState";
import { classesOf, idealServers, leastOfClass } from "./standing";

/** What can run out, a name for each line of the books: a server class, the uplink, the networks, and the pool's figures. */
export type Depletable =
  | `class ${string}`
  | "egressMbps"
  | "ingressMbps"
  | "privateAddresses"
  | "publicAddresses"
  | "vlans"
  | "cpu"
  | "memoryGiB"
  | "nvmeTiB"
  | "objectTiB"
  | "poolEgressMbps"
  | "poolIngressMbps";

/** How much of each thing. */
export type Amounts = Map<Depletable, number>;

function add(amounts: Amounts, what: Depletable, amount: number): void {
  amounts.set(what, (amounts.get(what) ?? 0) + amount);
}

const lack = (need = 0, held = 0): number => Math.max(0, need - held);

/** How many servers of a rack work once it is in service. */
function workingIn({ name: site, site: { racks, outOfService } }: SiteState, rack: string): number {
  const { servers = 0, outOfService: isOut } = racks[rack] ?? {};
  if (isOut !== undefined) return 0;
  return servers - Object.keys(outOfService).filter((server) => server.slice(0, -4) === `${site}-${rack}`).length;
}

/** Servers of each class that can be granted to messengers: free now, and in racks that are in service by then. */
export function serversLeft(state: SiteState, day: string): Amounts {
  const left: Amounts = new Map();
  for (const { name, class: serverClass, pool, free } of state.racks) {
    if (pool) continue;
    const { inService } = state.site.racks[name] ?? {};
    const arrives = inService !== undefined && inService > state.asOf && inService <= day;
    add(left, `class ${serverClass}`, arrives ? workingIn(state, name) : free.length);
  }
  return left;
}

/** Takes addresses of a space; returns how many find no prefix. */
function unprefixed(space: AddressSpace, wanted: number): number {
  return lack(wanted, addressesIn(space.takeUpTo(wanted)));
}

/**
 * What the other lines have left: of the pool with everything taken as alive, and of what no curve moves once these needs have what they
 * lack. Less than nothing where that is more than there is; of what is tried out, nothing or less.
 */
export function leftOf(state: SiteState, needs: readonly SiteNeed[]): Amounts {
  const { bandwidth, privateAddresses, publicAddresses, vlans } = bookAt(state);
  const pool = poolBook(state, "alive");
  const free = ({ promised, limit }: Promised): number => limit - promised;
  const over = (line: Promised): number => Math.min(0, free(line));
  const left: Amounts = new Map([
    ["egressMbps", free(bandwidth.egressMbps)],
    ["ingressMbps", free(bandwidth.ingressMbps)],
    ["privateAddresses", over(privateAddresses)],
    ["publicAddresses", over(publicAddresses)],
    ["vlans", free(vlans)],
    ["cpu", free(pool.cpu)],
    ["memoryGiB", free(pool.memoryGiB)],
    ["nvmeTiB", over(pool.nvmeTiB)],
    ["objectTiB", over(pool.objectTiB)],
    ["poolEgressMbps", free(pool.egressMbps)],
    ["poolIngressMbps", free(pool.ingressMbps)],
  ]);
  const space = state.space.public.copy();
  for (const { key, need, held } of needs.flatMap((each) => figuresOf(state, each))) {
    if (key === "vlans") add(left, "vlans", -lack(need, held));
    if (key === "vips" || key === "egress") add(left, "publicAddresses", -unprefixed(space, lack(need, held)));
  }
  return left;
}

/** What a need lacks of the pool's bandwidth; what goes without a quota is none of the pool's. */
const lackOfPool = (state: SiteState, { messenger, pool }: SiteNeed, need = 0, held = 0): number =>
  pool ? lack(need, state.lines.quotas.has(messenger) ? held : 0) : 0;

const receives = (state: SiteState, messenger: string): number => state.lines.bandwidth.get(messenger)?.ingressMbps ?? 0;

/** What a need lacks of each line that grows with it and is counted one by one. */
const growing: readonly (readonly [Depletable, (state: SiteState, need: SiteNeed) => number])[] = [
  ["egressMbps", missingEgress],
  ["ingressMbps", (state, { messenger, bandwidth }) => lack(bandwidth?.ingressMbps, receives(state, messenger))],
  ["cpu", (state, { messenger, pool }) => lack(pool?.quota.cpu, state.lines.quotas.get(messenger)?.cpu)],
  ["memoryGiB", (state, { messenger, pool }) => lack(pool?.quota.memoryGiB, state.lines.quotas.get(messenger)?.memoryGiB)],
  ["poolEgressMbps", (state, need) => lackOfPool(state, need, need.bandwidth?.egressMbps, sharedEgress(state, need.messenger))],
  ["poolIngressMbps", (state, need) => lackOfPool(state, need, need.bandwidth?.ingressMbps, receives(state, need.messenger))],
];

/** The private addresses that find no prefix once a need has so many servers more, each of which has one; takes those that do. */
function lackingPrivate(state: SiteState, space: AddressSpace, need: SiteNeed, servers: number): number {
  const { messenger, network, privateAddresses } = need;
  if (!network) return 0;
  let free = servers > 0 ? freeAddresses(state, messenger, servers).length : 0;
  const take = (wanted: number): number => {
    const prefixes = space.takeUpTo(wanted);
    // Network, gateway and broadcast of a prefix are no server's.
    for (const prefix of prefixes) free += Math.max(0, addressesIn([prefix]) - 3);
    return addressesIn(prefixes);
  };
  const wanted = lack(privateAddresses(state.heldBy(messenger) + servers), addressesIn(prefixesOf(state, messenger, "private")));
  const lacking = lack(wanted, take(wanted));
  let given = 1;
  while (free < servers && given > 0) given = take(servers - free + 3);
  return lacking + lack(servers, free);
}

/** The raw TiB that find no place in the pool; how many more do once both kinds lack some is asked by nobody. */
function addLackingStorage(missing: Amounts, state: SiteState, needs: readonly SiteNeed[]): void {
  const asking = needs.flatMap(({ messenger, pool }) =>
    pool && pool.quota.nvmeTiB + pool.quota.objectTiB > 0 ? [{ pool, line: state.lines.quotas.get(messenger) }] : [],
  );
  const drives = new PoolStorage(state, "alive");
  const stored = { ...poolPromised(state) };
  const all = (key: keyof Stored): number => asking.reduce((sum, { pool, line }) => sum + lack(pool.quota[key], line?.[key]), stored[key]);
  let rule = poolRule(state, []);
  const strict = strictest([rule, ...asking.map(({ pool }) => pool)]);
  const whole = { nvmeTiB: all("nvmeTiB"), objectTiB: all("objectTiB") };
  if (drives.stores(strict, whole)) return;
  // Where all of one kind fits beside the most that is ever given of the other, only the other lacks some.
  for (const key of ["nvmeTiB", "objectTiB"] as const) {
    const most = stored[key] + drives.room(rule, stored, key, whole[key] - stored[key]);
    if (!drives.stores(strict, { ...whole, [key]: most })) continue;
    add(missing, key, whole[key] - most);
    return;
  }
  for (const { pool, line } of asking) {
    const asked = strictest([rule, pool]);
    // Data that lie already are held to the rule of the file where they can be.
    let lies = line !== undefined && ruleOf(line) !== undefined && drives.stores(asked, stored);
    for (const key of ["nvmeTiB", "objectTiB"] as const) {
      const wanted = lack(pool.quota[key], line?.[key]);
      const given = wanted > 0 ? drives.room(asked, stored, key, wanted) : 0;
      stored[key] += given;
      add(missing, key, wanted - given);
      lies ||= given > 0;
    }
    if ((missing.get("nvmeTiB") ?? 0) > 0 && (missing.get("objectTiB") ?? 0) > 0) return;
    if (lies) rule = asked;
  }
}

/**
 * What the needs lack of all that grows with them, servers from the class that has enough of what is left.
 * @param isSought whether a line is asked about; what takes time is left out where it is not
 */
export function missingOf(state: SiteState, needs: readonly SiteNeed[], left: Amounts, isSought: (what: Depletable) => boolean): Amounts {
  const missing: Amounts = new Map(growing.map(([what, of]) => [what, needs.reduce((sum, need) => sum + of(state, need), 0)]));
  const space = state.space.private.copy();
  for (const need of needs) {
    let servers = 0;
    for (const [group, groupNeed] of need.groups) {
      const holding = state.holding(need.messenger, group);
      const alive = holding.count("alive");
      const choices = classesOf(state, holding, group).map((name) => ({
        line: `class ${name}` as const,
        servers: lack(leastOfClass(state, name, groupNeed), alive),
      }));
      const fits = choices.find((each) => (missing.get(each.line) ?? 0) + each.servers <= (left.get(each.line) ?? 0));
      const { line } = fits ?? choices.find((each) => each.servers < Infinity) ?? choices[0] ?? {};
      if (line) add(missing, line, fits?.servers ?? lack(idealServers(state, holding, group, groupNeed), alive));
      servers += fits?.servers ?? 0;
    }
    add(missing, "privateAddresses", lackingPrivate(state, space, need, servers));
  }
  if (isSought("nvmeTiB") || isSought("objectTiB")) addLackingStorage(missing, state, needs);
  return missing;
}
