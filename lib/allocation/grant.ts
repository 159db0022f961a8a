/** What a messenger, or the pool, holds at a site: the lock seen from its holder. */
import type { Estate } from "../request/estate";
import type { Lock, LockBandwidth, LockQuota, LockServer, LockSite } from "../request/lock";
import { addressOf } from "../request/prefix";
import { serverOf } from "../request/server";

/** A held server with its place in the estate. */
export interface GrantedServer extends LockServer {
  readonly name: string;
  readonly rack: string;
  readonly class: string;
}

/** Everything that one holder has at one site. */
export interface Grant {
  /** The messenger's id, or `pool`. */
  readonly holder: string;
  readonly site: string;
  /** In order of names; every held state. */
  readonly servers: readonly GrantedServer[];
  readonly vlans: readonly number[];
  /** Private prefixes, in order of addresses. */
  readonly private: readonly string[];
  readonly vips: readonly string[];
  readonly egress: readonly { readonly prefix: string; readonly servers: readonly string[] }[];
  readonly bandwidth?: LockBandwidth;
  /** A share of the pool; none with own servers, whose quota is what they can allocate. */
  readonly quota?: LockQuota;
}

/** The holder of the servers that messengers without own servers share; no messenger may be called so. */
export const poolHolder = "pool";

/** A holder as people call it. */
export const holderName = (holder: string): string => (holder === poolHolder ? "the pool" : holder);

/** Whose a line of the lock is: a messenger's id, or `pool`. */
export function holderOf(line: { readonly messenger?: string | undefined; readonly pool?: true | undefined }): string {
  return line.messenger ?? poolHolder;
}

/** A grant while its lines are gathered. */
interface Gathered extends Omit<Grant, "servers" | "vlans" | "private" | "vips" | "egress" | "bandwidth" | "quota"> {
  servers: GrantedServer[];
  vlans: number[];
  private: string[];
  vips: string[];
  egress: { prefix: string; servers: readonly string[] }[];
  bandwidth?: LockBandwidth;
  quota?: LockQuota;
}

const byAddress = (a: string, b: string): number => addressOf(a) - addressOf(b);
const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

function gather(estate: Estate, site: string, lines: LockSite): Grant[] {
  const grants = new Map<string, Gathered>();
  const of = (holder: string): Gathered => {
    const known = grants.get(holder);
    if (known) return known;
    const grant: Gathered = { holder, site, servers: [], vlans: [], private: [], vips: [], egress: [] };
    grants.set(holder, grant);
    return grant;
  };
  for (const [name, line] of Object.entries(lines.servers)) {
    const { rack = "", class: serverClass = "" } = serverOf(estate, name) ?? {};
    of(holderOf(line)).servers.push({ ...line, name, rack, class: serverClass });
  }
  for (const [vlan, line] of Object.entries(lines.vlans)) of(holderOf(line)).vlans.push(Number(vlan));
  for (const [prefix, line] of Object.entries(lines.private)) of(holderOf(line)).private.push(prefix);
  for (const [prefix, line] of Object.entries(lines.vips)) of(line.messenger).vips.push(prefix);
  for (const [prefix, line] of Object.entries(lines.egress)) of(line.messenger).egress.push({ prefix, servers: line.servers });
  for (const [messenger, line] of Object.entries(lines.bandwidth)) of(messenger).bandwidth = line;
  for (const [messenger, line] of Object.entries(lines.quotas)) of(messenger).quota = line;
  for (const grant of grants.values()) {
    grant.servers.sort(byName);
    grant.vlans.sort((a, b) => a - b);
    grant.private.sort(byAddress);
    grant.vips.sort(byAddress);
    grant.egress.sort((a, b) => byAddress(a.prefix, b.prefix));
  }
  return [...grants.values()];
}

const byHolder = (a: Grant, b: Grant): number => (a.holder < b.holder ? -1 : 1);

/** Every grant of the lock, by site and holder. A server that the estate no longer has stands with an empty rack and class. */
export function grantsOf(estate: Estate, lock: Lock): Grant[] {
  return Object.keys(lock.sites)
    .sort()
    .flatMap((site) => grantsAt(estate, lock, site));
}

/** What was gathered already, of which estate: stacks, switch plan and report of a command all ask for the same grants. */
const gathered = new WeakMap<LockSite, { readonly estate: Estate; readonly site: string; readonly grants: readonly Grant[] }>();

/** The grants at one site, by holder. */
export function grantsAt(estate: Estate, lock: Lock, site: string): readonly Grant[] {
  const lines = lock.sites[site];
  if (!lines) return [];
  const known = gathered.get(lines);
  if (known?.estate === estate && known.site === site) return known.grants;
  const grants = gather(estate, site, lines).sort(byHolder);
  gathered.set(lines, { estate, site, grants });
  return grants;
}

/** The grant of who holds nothing at a site. */
export function emptyGrant(holder: string, site: string): Grant {
  return { holder, site, servers: [], vlans: [], private: [], vips: [], egress: [] };
}

/** What a messenger, or `pool`, holds at a site; an empty grant where it holds nothing. */
export function grantOf(estate: Estate, lock: Lock, holder: string, site: string): Grant {
  return grantsAt(estate, lock, site).find((each) => each.holder === holder) ?? emptyGrant(holder, site);
}
