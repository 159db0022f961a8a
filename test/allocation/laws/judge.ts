/** Judges one allocation by laws 2 and 4, from the estate, the demands and the two locks alone; empty where nothing is wrong. */
import type { AllocationInput } from "../../../lib/allocation/allocation";
import type { Group } from "../../../lib/request/estate";
import type { Lock, LockSite } from "../../../lib/request/lock";
import { overPromised, poolAccounts, poolStorage, rackAccounts, siteAccounts } from "./books";
import { Ground, holderOf, total } from "./ground";
import { failures, groupNeeds } from "./proof";
import type { Scene } from "./story";

/** A site of a lock with nothing in it. */
export const emptySite: LockSite = {
  servers: {},
  images: {},
  vlans: {},
  private: {},
  vips: {},
  egress: {},
  bandwidth: {},
  quotas: {},
  short: {},
  quarantine: { servers: {}, prefixes: {}, vlans: {} },
};

/** The site of a lock, empty where there is none. */
export const siteOf = (lock: Lock | undefined, site: string): LockSite => lock?.sites[site] ?? emptySite;

/** Keys that the second has and the first has not. */
export const added = (before: object, after: object): string[] => Object.keys(after).filter((key) => !(key in before));

/** First address and number of addresses of an IPv4 prefix, as numbers. */
export function range(prefix: string): { first: number; size: number } {
  const [address = "", length = "32"] = prefix.split("/");
  return { first: address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0), size: 2 ** (32 - Number(length)) };
}

const within = (inner: string, outer: string): boolean => {
  const [small, large] = [range(inner), range(outer)];
  return small.first >= large.first && small.first + small.size <= large.first + large.size;
};
const overlap = (one: string, other: string): boolean => {
  const [a, b] = [range(one), range(other)];
  return a.first < b.first + b.size && b.first < a.first + a.size;
};

function serverFindings(ground: Ground, name: string, before: LockSite, after: LockSite): string[] {
  const findings: string[] = [];
  for (const server of added(before.servers, after.servers)) {
    const line = after.servers[server];
    const place = ground.servers.get(server);
    if (!line || place?.site !== name) {
      findings.push(`${server} is no server of ${name}`);
      continue;
    }
    const until = before.quarantine.servers[server]?.until;
    if (!place.alive) findings.push(`${server} is granted out of service`);
    if (until !== undefined && until > ground.asOf) findings.push(`${server} is granted in quarantine until ${until}`);
    if (after.quarantine.servers[server]) findings.push(`${server} is granted and in quarantine`);
    if ((line.pool === true) === (line.messenger !== undefined)) findings.push(`${server} has not one holder`);
    if (place.pool !== (line.pool === true)) findings.push(`${server} goes to ${holderOf(line)}`);
    if (!ground.estate.classes[place.class]?.serves.includes(line.group)) findings.push(`${server} serves no ${line.group}`);
    if (line.state !== "granted") findings.push(`${server} begins as ${line.state}`);
    const homes = Object.entries(after.private).filter(([, held]) => holderOf(held) === holderOf(line));
    if (!homes.some(([prefix]) => within(line.address, prefix)))
      findings.push(`${server} has ${line.address} outside its holder's prefixes`);
  }
  const addresses = Object.values(after.servers).map(({ address }) => address);
  if (new Set(addresses).size < addresses.length) findings.push(`an address of ${name} is given twice`);
  return findings;
}

function networkFindings(ground: Ground, name: string, before: LockSite, after: LockSite): string[] {
  const findings: string[] = [];
  const site = ground.estate.sites[name];
  const waiting = (section: "prefixes" | "vlans"): string[] =>
    Object.entries(before.quarantine[section])
      .filter(([, { until }]) => until > ground.asOf)
      .map(([key]) => key);
  for (const vlan of added(before.vlans, after.vlans)) {
    const number = Number(vlan);
    if (!site || number < site.vlans.first || number > site.vlans.last) findings.push(`VLAN ${vlan} is not the site's`);
    if (waiting("vlans").includes(vlan)) findings.push(`VLAN ${vlan} is granted in quarantine`);
  }
  const sections = ["private", "vips", "egress"] as const;
  const all = sections.flatMap((section) => Object.keys(after[section]));
  for (const section of sections) {
    for (const prefix of added(before[section], after[section])) {
      const supernets = section === "private" ? [site?.private ?? ""] : (site?.public ?? []);
      if (range(prefix).first % range(prefix).size !== 0) findings.push(`${prefix} is no prefix`);
      if (!supernets.some((supernet) => within(prefix, supernet))) findings.push(`${prefix} is not the site's`);
      if (all.filter((other) => overlap(prefix, other)).length > 1) findings.push(`${prefix} overlaps`);
      if (waiting("prefixes").some((other) => overlap(prefix, other))) findings.push(`${prefix} is granted in quarantine`);
    }
  }
  return findings;
}

/** Law 2: everything has one holder, nothing in quarantine or out of service is granted, nothing is promised twice. */
export function exclusive({ input, result }: Scene): string[] {
  const ground = new Ground(input.estate, input.asOf);
  return Object.keys(result.lock.sites).flatMap((name) => {
    const [before, after] = [siteOf(input.lock, name), siteOf(result.lock, name)];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [
      ...serverFindings(ground, name, before, after),
      ...networkFindings(ground, name, before, after),
      ...overPromised([...rackAccounts(ground, name, before).values()], [...rackAccounts(ground, name, after).values()]),
      ...overPromised(siteAccounts(ground, name, before), siteAccounts(ground, name, after)),
      ...overPromised(poolAccounts(ground, name, before), poolAccounts(ground, name, after)),
      ...poolStorage(ground, name, { before, after }, input.demands),
    ];
  });
}

/** Ids that an allocation was asked for; all without names. */
export function asked({ input }: Scene): Set<string> {
  return new Set(input.names ?? input.messengers.map(({ messenger }) => messenger));
}

/** A group of own servers that fails law 4, and why. */
export interface Broken {
  readonly messenger: string;
  readonly site: string;
  readonly group: Group;
  /** What is wrong with the servers that count. */
  readonly wrong: readonly string[];
  /** Whether nothing would be wrong if all that are dead, dark or rolling were alive. */
  readonly outage: boolean;
  readonly short: number;
}

/** The groups of a lock that fail law 4. */
export function broken({ estate, messengers, demands, asOf }: AllocationInput, lock: Lock): Broken[] {
  const ground = new Ground(estate, asOf);
  return demands.flatMap((demand) => {
    const needs = messengers.find(({ messenger }) => messenger === demand.messenger)?.needs ?? [];
    if (!needs.includes("hardware")) return [];
    return Object.keys(demand.sites).flatMap((site) => {
      const there = siteOf(lock, site);
      return [...groupNeeds(demand, site, needs.includes("network"))].flatMap(([group, need]): Broken[] => {
        const held = ground.heldClass(there, demand.messenger, group);
        const judge = (dead: boolean): string[] =>
          held === undefined
            ? ["has no servers"]
            : failures(need, ground.usable(held), Object.values(ground.counts(there, demand.messenger, group, dead)));
        const wrong = judge(false);
        const short = there.short[demand.messenger]?.groups?.[group] ?? 0;
        return wrong.length > 0 ? [{ messenger: demand.messenger, site, group, wrong, outage: judge(true).length === 0, short }] : [];
      });
    });
  });
}

/**
 * Law 4: every group of own servers that was asked for and is not short carries its peak and every loss. A group that only an outage
 * or a roll breaks is left as it is; one that was given servers has enough that live.
 */
export function lossProof(scene: Scene): string[] {
  const { input, result } = scene;
  if (result.refused.length > 0 && input.partial !== true) return [];
  const ground = new Ground(input.estate, input.asOf);
  return broken(input, result.lock).flatMap(({ messenger, site, group, wrong, outage, short }) => {
    const [before, after] = [input.lock, result.lock].map((lock) => total(ground.counts(siteOf(lock, site), messenger, group)).all);
    const excused = before === after && (outage || short > 0);
    return excused || !asked(scene).has(messenger) ? [] : [`${messenger} ${group} at ${site} ${wrong.join(", ")}`];
  });
}
