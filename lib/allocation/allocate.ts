/** Demands x Estate x Lock -> a new Lock: pure, in integers, the same bytes for the same values. */
import type { Estate } from "../request/estate";
import type { Lock } from "../request/lock";
import type { Messenger } from "../request/messenger";
import type { Allocation, AllocationInput } from "./allocation";
import { forgetAll, grantSite, type Image } from "./grantSite";
import { sortedKeys } from "./lockText";
import { needsOf, type SiteNeed } from "./need";
import { grantPool } from "./poolServers";
import type { Terms } from "./report";
import { SiteState } from "./siteState";

export type { Allocation, AllocationInput, Change, Deficit, Refusal, Resource, Stale, Violation } from "./allocation";

/** Law 5's order: focus first, then by id. */
export function inFairOrder(messengers: readonly Messenger[]): Messenger[] {
  const rank = ({ tier }: Messenger): number => (tier === "focus" ? 0 : 1);
  return [...messengers].sort((a, b) => rank(a) - rank(b) || (a.messenger < b.messenger ? -1 : 1));
}

/** What new grants of a messenger run: its own image where its hosts do not join the cluster. */
export function imageOf(estate: Estate, messenger?: Messenger): Image {
  if (messenger?.image && !messenger.needs.includes("cluster")) return messenger.image;
  const { url = "", checksum = "" } = estate.images[estate.image] ?? {};
  return { name: estate.image, url, checksum };
}

/** The lock before anything was granted. */
export function emptyLock({ estate, asOf, coefficients }: Pick<AllocationInput, "estate" | "asOf" | "coefficients">): Lock {
  return { version: 1, asOf, horizon: `${String(estate.horizon)}d`, coefficients, sites: {} };
}

/**
 * Brings the lock up to date: of all messengers, or of those named. Where something does not fit and `partial` was not asked for, the
 * lock comes back as it was, with every refusal.
 */
export function allocate(input: AllocationInput): Allocation {
  const { estate, messengers, demands, names, partial = false, asOf, coefficients } = input;
  const before = input.lock ?? emptyLock(input);
  const wanted = names && new Set(names);
  const scope = inFairOrder(wanted ? messengers.filter(({ messenger }) => wanted.has(messenger)) : messengers);
  const terms: Terms = { named: wanted !== undefined, changes: [], refused: [] };
  const demandOf = new Map(demands.map((demand) => [demand.messenger, demand]));
  const needs = new Map(scope.map((messenger) => [messenger.messenger, needsOf(estate, messenger, demandOf.get(messenger.messenger))]));
  const states = statesOf(input, before, wanted && sitesOf(before, needs));
  if (!wanted) for (const state of states.values()) grantPool(state, terms, imageOf(estate));
  for (const messenger of scope) {
    for (const state of states.values()) state.keep();
    const refusedBefore = terms.refused.length;
    const needAt = new Map(needs.get(messenger.messenger)?.map((need) => [need.site, need]));
    for (const [site, state] of states) {
      const need = needAt.get(site);
      if (need) grantSite(state, terms, need, imageOf(estate, messenger));
      else forgetAll(state, terms, messenger.messenger);
    }
    // Who does not fit leaves everything to those who come after: refusals are as if each were named in turn.
    if (!partial && terms.refused.length > refusedBefore) for (const state of states.values()) state.undo();
  }
  if (terms.refused.length > 0 && !partial) return { lock: before, changes: [], refused: terms.refused };
  const header = wanted && input.lock ? { ...before } : emptyLock({ estate, asOf, coefficients });
  const sites = { ...before.sites, ...Object.fromEntries([...states].map(([site, state]) => [site, state.toLock()])) };
  return { lock: { ...header, sites: sortedKeys(sites) }, changes: terms.changes, refused: terms.refused };
}

/** The sites that these messengers' lines can change: where they need something, and where they are short of something. */
function sitesOf(lock: Lock, needs: ReadonlyMap<string, readonly SiteNeed[]>): Set<string> {
  const sites = new Set([...needs.values()].flat().map(({ site }) => site));
  for (const [site, { short }] of Object.entries(lock.sites)) if ([...needs.keys()].some((id) => Object.hasOwn(short, id))) sites.add(site);
  return sites;
}

/** The sites in order of names: all, or those asked for and those that the lock does not have yet. */
function statesOf({ estate, asOf }: AllocationInput, lock: Lock, only: ReadonlySet<string> | undefined): Map<string, SiteState> {
  const sites = Object.keys(estate.sites).sort();
  const asked = only ? sites.filter((site) => only.has(site) || !Object.hasOwn(lock.sites, site)) : sites;
  return new Map(asked.map((site) => [site, SiteState.of(estate, lock, site, asOf)]));
}
