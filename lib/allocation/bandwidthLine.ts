/** Brings a messenger's bandwidth at a site up to its need, within the site's uplink, the racks' and the pool's. */
import type { Group } from "../request/estate";
import type { LockBandwidth } from "../request/lock";
import type { Holding } from "./holding";
import type { SiteNeed } from "./need";
import { mendingPool } from "./outage";
import { poolLimit, poolPromised, sharedEgress } from "./pool";
import { type Explanation, settle, type Terms } from "./report";
import { shortOf } from "./short";
import type { SiteState } from "./siteState";
import { bandwidth } from "./words";

const none: LockBandwidth = { egressMbps: 0, ingressMbps: 0, groups: {} };

/** What a messenger still lacks of its egress. Figures of groups that it no longer needs do not count. */
export function missingEgress(state: SiteState, { messenger, bandwidth: need }: SiteNeed): number {
  if (!need) return 0;
  if (need.groups.size === 0) return Math.max(0, need.egressMbps - sharedEgress(state, messenger));
  const { groups } = state.lines.bandwidth.get(messenger) ?? none;
  return [...need.groups].reduce((sum, [group, { egressMbps }]) => sum + Math.max(0, egressMbps - (groups[group] ?? 0)), 0);
}

/** What the site's uplink still allows in a direction, in Mbit/s. */
export function siteRoom(state: SiteState, key: "egressMbps" | "ingressMbps"): number {
  return Math.max(0, state.promisable - state.tally.promised[key]);
}

/** Whether what a messenger lacks of its egress is tried: it is more than its short, or the messenger was named. */
export function triesEgress(state: SiteState, terms: Terms, need: SiteNeed): boolean {
  return terms.named || missingEgress(state, need) > shortOf(state, need.messenger, "egressMbps");
}

/** The egress that the site's uplink allows a group: what it has, and what is missing as far as it reaches. */
export function allowedEgress(state: SiteState, need: SiteNeed, group: Group, tries: boolean): number {
  const held = state.lines.bandwidth.get(need.messenger)?.groups[group] ?? 0;
  const wanted = need.bandwidth?.groups.get(group)?.egressMbps ?? 0;
  return tries && wanted > held ? held + Math.min(wanted - held, siteRoom(state, "egressMbps")) : held;
}

/** Writes what a group's holding sends into the messenger's line. */
export function writeGroupEgress(state: SiteState, messenger: string, group: Group, { egressMbps }: Holding): void {
  const line = state.lines.bandwidth.get(messenger) ?? none;
  const before = line.groups[group] ?? 0;
  if (egressMbps === before) return;
  const groups = { ...line.groups, [group]: egressMbps };
  state.lines.bandwidth.set(messenger, { ...line, egressMbps: line.egressMbps + egressMbps - before, groups });
}

/** Settles the line once the groups are placed: egress over the pool or from the network alone, ingress, and what is short. */
export function grantBandwidth(state: SiteState, terms: Terms, need: SiteNeed): void {
  const { messenger, bandwidth: wanted } = need;
  if (!wanted) return;
  const raise = (key: "egressMbps" | "ingressMbps", given: number): number => {
    const line = state.lines.bandwidth.get(messenger) ?? none;
    if (given > 0) {
      state.lines.bandwidth.set(messenger, { ...line, [key]: line[key] + given });
      const why = key === "egressMbps" ? "it sends this at peak" : "it receives this at peak; a budget, not a limit";
      terms.changes.push({
        holder: messenger,
        site: state.name,
        resource: key,
        added: [],
        before: line[key],
        after: line[key] + given,
        why,
      });
    }
    return given;
  };
  if (!state.lines.bandwidth.has(messenger)) state.lines.bandwidth.set(messenger, none);
  const missing = missingEgress(state, need);
  settle(state, terms, {
    messenger,
    key: "egressMbps",
    need: missing,
    held: 0,
    // The egress of own servers was given as their groups were placed.
    take: (lacking) => (need.own ? 0 : raise("egressMbps", Math.min(lacking, siteRoom(state, "egressMbps"), poolEgress(state, need)))),
    explain: (lacking) => explain(state, terms, need, "egressMbps", lacking),
  });
  const served = need.own ? [...need.groups.keys()].filter((group) => state.holding(messenger, group).count("now") > 0) : [];
  const receives = need.own ? served.reduce((sum, group) => sum + (wanted.groups.get(group)?.ingressMbps ?? 0), 0) : wanted.ingressMbps;
  const held = state.lines.bandwidth.get(messenger)?.ingressMbps ?? 0;
  settle(state, terms, {
    messenger,
    key: "ingressMbps",
    need: wanted.ingressMbps,
    held,
    take: () => raise("ingressMbps", Math.max(0, Math.min(receives - held, siteRoom(state, "ingressMbps"), poolIngress(state, need)))),
    explain: (lacking) => explain(state, terms, need, "ingressMbps", lacking),
  });
}

/** What the pool still allows a messenger that shares it to send. */
function poolEgress(state: SiteState, { pool }: SiteNeed): number {
  return pool ? Math.max(0, poolLimit(state, "now").egressMbps - poolPromised(state).egressMbps) : Infinity;
}

/** What the pool still allows a messenger that shares it to receive: its ports carry as much in as out. */
function poolIngress(state: SiteState, { pool }: SiteNeed): number {
  return pool ? Math.max(0, poolLimit(state, "now").ingressMbps - poolPromised(state).ingressMbps) : Infinity;
}

/** What the groups lack that are not refused themselves. */
function lackingOfGroups(state: SiteState, terms: Terms, need: SiteNeed, key: "egressMbps" | "ingressMbps", missing: number): number {
  const refused = new Set(
    terms.refused.filter(({ messenger, site }) => messenger === need.messenger && site === state.name).map(({ group }) => group),
  );
  const groups = state.lines.bandwidth.get(need.messenger)?.groups ?? {};
  let lacking = missing;
  for (const [group, wanted] of need.bandwidth?.groups ?? [])
    if (refused.has(group)) lacking -= key === "egressMbps" ? Math.max(0, wanted.egressMbps - (groups[group] ?? 0)) : wanted.ingressMbps;
  return lacking;
}

function explain(state: SiteState, terms: Terms, need: SiteNeed, key: "egressMbps" | "ingressMbps", all: number): Explanation | undefined {
  const way = key === "egressMbps" ? "out" : "in";
  const missing = need.own ? lackingOfGroups(state, terms, need, key, all) : all;
  if (missing <= 0) return undefined;
  const site = siteRoom(state, key);
  const pool = key === "egressMbps" ? poolEgress(state, need) : poolIngress(state, need);
  if (need.own && site > 0)
    return {
      missing,
      resource: "rack uplink",
      what: `the uplinks of its racks carry ${bandwidth(missing)} less ${way} after the loss of a rack than it needs`,
      remedy: "raise the uplinks of its racks, or make room for the group in others",
    };
  if (pool < site)
    return {
      missing,
      what: `the pool of ${state.name} carries ${bandwidth(poolLimit(state, "now").egressMbps)} ${way} after the loss of a rack, which leaves ${bandwidth(missing)} too little`,
      remedy: `${mendingPool(state)}add pool racks at ${state.name}, raise the uplinks of its pool racks, or give ${need.messenger} own servers`,
    };
  return {
    missing,
    resource: "site uplink",
    what: `of the uplink of ${state.name} ${bandwidth(state.promisable)} may be promised ${way}, and ${bandwidth(state.tally.promised[key])} are; ${bandwidth(missing)} are missing`,
    remedy: `raise the uplink of ${state.name}, release what others no longer need, or move a share of ${need.messenger} to another site`,
  };
}
