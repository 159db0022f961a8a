/** The lines of a site of the lock as maps, each change of which can be undone. */
import type { LockSite } from "../request/lock";
import { type Journal, JournaledMap } from "./journal";
import { sortedLockSite } from "./lockText";

/**
 * The sections of a site of the lock, whose keys come from people and are therefore no properties of an object here. A line is replaced
 * and never written into: what its section adds up to is counted as it is set.
 */
export type Lines = { readonly [section in Exclude<keyof LockSite, "quarantine">]: JournaledMap<Readonly<LockSite[section][string]>> } & {
  readonly quarantine: { readonly [section in keyof LockSite["quarantine"]]: JournaledMap<LockSite["quarantine"][section][string]> };
};

/** The lines of a site as the lock has them; the journal hears of every change. */
export function linesOf(site: LockSite, journal: Journal): Lines {
  const map = <T>(lines: Readonly<Record<string, T>>): JournaledMap<T> => JournaledMap.of(lines, journal);
  const { servers, prefixes, vlans } = site.quarantine;
  return {
    servers: map(site.servers),
    images: map(site.images),
    vlans: map(site.vlans),
    private: map(site.private),
    vips: map(site.vips),
    egress: map(site.egress),
    bandwidth: map(site.bandwidth),
    quotas: map(site.quotas),
    short: map(site.short),
    quarantine: { servers: map(servers), prefixes: map(prefixes), vlans: map(vlans) },
  };
}

/** The site as the lock has it. */
export function siteOf(lines: Lines): LockSite {
  const table = <T>(lines: ReadonlyMap<string, T>): Record<string, T> => Object.fromEntries(lines);
  const { quarantine, ...others } = lines;
  return sortedLockSite({
    servers: table(others.servers),
    images: table(others.images),
    vlans: table(others.vlans),
    private: table(others.private),
    vips: table(others.vips),
    egress: table(others.egress),
    bandwidth: table(others.bandwidth),
    quotas: table(others.quotas),
    short: table(others.short),
    quarantine: { servers: table(quarantine.servers), prefixes: table(quarantine.prefixes), vlans: table(quarantine.vlans) },
  });
}
