/** Takes into the lock what messengers already use, line by line, and records as short what it lacks. */
import { type Estate, type Group, groupNames } from "../request/estate";
import type { Lock, LockHolder, LockSite } from "../request/lock";
import { serverOf } from "../request/server";
import type { AllocationInput } from "./allocation";
import { figuresOf } from "./figures";
import { holderOf, poolHolder } from "./grant";
import { emptyLockSite, sortedKeys, sortedLockSite } from "./lockText";
import { needsOf } from "./need";
import { setShort, setShortOfGroup, type ShortKey } from "./short";
import { SiteState } from "./siteState";
import { standingOf } from "./standing";

/** What a row may take in. */
export const adoptableKinds = ["server", "vlan", "private", "vips", "egress"] as const;

/** A row: a resource that exists, and whose it is. */
export interface AdoptedRow {
  readonly site: string;
  readonly kind: (typeof adoptableKinds)[number];
  /** The server's name, the VLAN's number or the prefix. */
  readonly resource: string;
  /** An id, or `pool`. */
  readonly messenger: string;
  /** Of a server; `all` for the pool. */
  readonly group: string;
  /** Of a server. */
  readonly address: string;
  /** Of an egress prefix. */
  readonly servers: readonly string[];
}

/** The section of the lock that a kind of row goes to. */
export const sectionOf = { server: "servers", vlan: "vlans", private: "private", vips: "vips", egress: "egress" } as const satisfies Record<
  AdoptedRow["kind"],
  keyof LockSite
>;

/** The lock with the rows in it, and what is wrong with each row, by the row's index. */
export interface Adoption {
  readonly lock: Lock;
  readonly problems: readonly { readonly row: number; readonly message: string }[];
}

type Owner = { readonly messenger: string } | { readonly pool: true };

/** Takes the rows in. A row that is held already by the same holder is left, but a granted server becomes an adopted one. */
export function adoptRows(
  { estate, lock, asOf }: Pick<AllocationInput, "estate" | "asOf"> & { readonly lock: Lock },
  rows: readonly AdoptedRow[],
): Adoption {
  const problems: { row: number; message: string }[] = [];
  const sites = structuredClone(lock.sites);
  for (const [row, adopted] of rows.entries()) {
    const lines = (sites[adopted.site] ??= emptyLockSite());
    const message = takeIn(lines, adopted, estate, asOf);
    if (message !== undefined) problems.push({ row, message });
  }
  const sorted = Object.entries(sites).map(([site, lines]) => [site, sortedLockSite(lines)] as const);
  return { lock: { ...lock, asOf, sites: sortedKeys(Object.fromEntries(sorted)) }, problems };
}

/** Takes one row in, or says why not. */
function takeIn(lines: LockSite, row: AdoptedRow, estate: Estate, asOf: string): string | undefined {
  const { kind, resource, messenger, servers } = row;
  const owner: Owner = messenger === poolHolder ? { pool: true } : { messenger };
  const section: Readonly<Record<string, LockHolder>> = lines[sectionOf[kind]];
  const held = Object.hasOwn(section, resource) ? section[resource] : undefined;
  if (held && holderOf(held) !== messenger) return `${resource} is held by ${holderOf(held)} already; release it there first`;
  if (kind === "server") return takeServer(lines, row, owner, estate, asOf);
  if (held) return undefined;
  if (kind === "vlan") lines.vlans[resource] = owner;
  else if (kind === "private") lines.private[resource] = owner;
  else if ("pool" in owner) return `the pool has no ${kind} of its own; name the messenger that has ${resource}`;
  else if (kind === "vips") lines.vips[resource] = owner;
  else lines.egress[resource] = { ...owner, servers: [...servers] };
  return undefined;
}

function takeServer(lines: LockSite, row: AdoptedRow, owner: Owner, estate: Estate, asOf: string): string | undefined {
  const { resource: name, address } = row;
  const group = "pool" in owner && row.group === "" ? "all" : row.group;
  if (!isGroup(group)) return `expected one of ${groupNames.join(", ")} as the group of ${name}, got ${JSON.stringify(group)}`;
  const serverClass = serverOf(estate, name)?.class ?? "";
  if (!(estate.classes[serverClass]?.serves ?? [group]).includes(group))
    return `${name} is of class ${serverClass}, which does not serve ${group}; add ${group} to its serves in estate.yaml, or give another group`;
  const inService = estate.sites[row.site]?.racks[serverOf(estate, name)?.rack ?? ""]?.inService;
  if (inService !== undefined && inService > asOf)
    return `${name} cannot run yet: its rack is in service from ${inService} on, and the book date is ${asOf}; correct one of them`;
  const held = Object.hasOwn(lines.servers, name) ? lines.servers[name] : undefined;
  if (held && (held.group !== group || held.address !== address))
    return `${name} is held for ${held.group} with the address ${held.address}; the row says ${group} and ${address}`;
  if (held && held.state !== "granted") return `${name} is ${held.state}; only a granted server can be adopted again`;
  lines.servers[name] = { ...owner, group, state: "granted", since: held?.since ?? asOf, address, adopted: true };
  return undefined;
}

const isGroup = (text: string): text is Group => (groupNames as readonly string[]).includes(text);

/**
 * Records as short what the messengers lack, so that nobody is refused for what he already does without; `allocate NAME` fills it.
 * Quotas are not recorded, and bandwidth only beside a group that is short: they follow by `allocate`, which gives bandwidth to servers.
 */
export function recordShorts({
  estate,
  messengers,
  demands,
  lock,
  asOf,
}: Omit<AllocationInput, "lock" | "coefficients"> & { lock: Lock }): Lock {
  const sites = { ...lock.sites };
  for (const site of Object.keys(estate.sites)) {
    const state = SiteState.of(estate, lock, site, asOf);
    for (const messenger of messengers) {
      const demand = demands.find((each) => each.messenger === messenger.messenger);
      for (const need of needsOf(estate, messenger, demand).filter((each) => each.site === site)) {
        const recorded = new Set<ShortKey>(["vlans", "private", "vips", "egress"]);
        for (const [group, groupNeed] of need.groups) {
          const { stale, missing } = standingOf(state, need.messenger, group, groupNeed);
          if (!stale) continue;
          setShortOfGroup(state, need.messenger, group, missing);
          recorded.add("egressMbps").add("ingressMbps");
        }
        for (const { key, need: needed, held } of figuresOf(state, need))
          if (recorded.has(key) && needed > held) setShort(state, need.messenger, key, needed - held);
      }
    }
    sites[site] = state.toLock();
  }
  return { ...lock, sites };
}
