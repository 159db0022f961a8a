/** A site while its lock is read or brought up to date: what is held, what is free, and what is promised. Nothing else is mutable. */
import type { Estate, Group, Site } from "../request/estate";
import type { Lock, LockServer, LockSite } from "../request/lock";
import { serverName } from "../request/server";
import { type SiteSpace, spaceOf } from "./addressSpace";
import { holderOf, poolHolder } from "./grant";
import { countsOnceAlive, type HeldRack, Holding } from "./holding";
import { divideDown, withoutShare } from "./integer";
import { Journal } from "./journal";
import { type Lines, linesOf, siteOf } from "./lines";
import { emptyLockSite } from "./lockText";
import type { RackState } from "./rackState";
import { Tally } from "./tally";
import { usableOf } from "./usable";

export class SiteState {
  readonly site: Site;
  readonly lines: Lines;
  /** What the lines add up to. */
  readonly tally: Tally;
  /** In order of names. */
  readonly racks: readonly RackState[];
  private readonly journal = new Journal();
  private readonly holders = new Map<string, Map<Group, Holding>>();
  private readonly addresses = new Map<string, Set<string>>();
  private readonly rackIndex: ReadonlyMap<string, number>;
  private spaces: SiteSpace | undefined;

  constructor(
    readonly estate: Estate,
    readonly name: string,
    lock: LockSite,
    readonly asOf: string,
  ) {
    const site = estate.sites[name];
    if (!site) throw new Error(`the estate has no site ${name}`);
    this.site = site;
    this.lines = linesOf(lock, this.journal);
    this.tally = new Tally(this.lines);
    this.racks = Object.keys(site.racks)
      .sort()
      .map((rack, index) => this.rack(rack, index));
    this.rackIndex = new Map(this.racks.map((rack, index) => [`${name}-${rack.name}`, index]));
    for (const [messenger, { groups }] of this.lines.bandwidth)
      for (const [group, egress] of Object.entries(groups) as [Group, number][]) this.holding(messenger, group).egressMbps = egress;
    this.reserveAll();
  }

  /** A site as a lock has it. @param asOf the book date. @default the lock's */
  static of(estate: Estate, lock: Lock, site: string, asOf = lock.asOf): SiteState {
    return new SiteState(estate, site, lock.sites[site] ?? emptyLockSite(), asOf);
  }

  private rack(name: string, index: number): RackState {
    const { class: serverClass, servers, uplink, pool, inService, outOfService } = this.site.racks[name] ?? raise(`no rack ${name}`);
    const serving = outOfService === undefined && (inService === undefined || inService <= this.asOf);
    const promisable = withoutShare(uplink, this.estate.headroom.uplink);
    const usable = usableOf(this.estate, serverClass);
    const free: number[] = [];
    for (let number = 1; number <= servers; number++) {
      const server = serverName(this.name, name, number);
      const works = serving && !Object.hasOwn(this.site.outOfService, server);
      const line = this.lines.servers.get(server);
      if (line) this.hold(index, server, line, works);
      else if (works && !this.resting(this.lines.quarantine.servers.get(server))) free.push(number);
    }
    const poolShare = Math.min(usable.nicMbps, divideDown(promisable, servers));
    return { name, class: serverClass, usable, pool, serving, promisable, poolShare, free, reserved: { now: 0, alive: 0 } };
  }

  private reserveAll(): void {
    for (const { reserved } of this.racks) reserved.now = reserved.alive = 0;
    for (const { holding } of this.holdings()) this.reserve(holding, 1);
  }

  /** Keeps all that was changed, or undoes what was changed since it was last kept. */
  keep(): void {
    this.journal.keep();
  }

  undo(): void {
    if (!this.journal.undo()) return;
    this.spaces = undefined;
    this.reserveAll();
  }

  /** Whether a line of the quarantine still rests on the book date. */
  resting(line: { readonly until: string } | undefined): boolean {
    return line !== undefined && line.until >= this.asOf;
  }

  private hold(rack: number, server: string, line: LockServer, works: boolean): void {
    const holder = holderOf(line);
    const here = this.holding(holder, line.group).at(rack);
    here.held++;
    if (countsOnceAlive(line)) here.alive++;
    if (line.state === "granted" && works) here.names = [...here.names, server];
    this.addressesOf(holder).add(line.address);
  }

  /** Addresses of the servers of a holder. */
  addressesOf(holder: string): Set<string> {
    const known = this.addresses.get(holder) ?? new Set<string>();
    this.addresses.set(holder, known);
    return known;
  }

  /** The groups of a holder that hold servers or reserve bandwidth. */
  groupsOf(holder: string): ReadonlyMap<Group, Holding> {
    return this.holders.get(holder) ?? new Map<Group, Holding>();
  }

  /** Every holding with its holder and group. */
  *holdings(): Generator<{ readonly holder: string; readonly group: Group; readonly holding: Holding }> {
    for (const [holder, groups] of this.holders) for (const [group, holding] of groups) yield { holder, group, holding };
  }

  /** The servers of a holder's group, made on first use. */
  holding(holder: string, group: Group): Holding {
    const groups = this.holders.get(holder) ?? new Map<Group, Holding>();
    const holding = groups.get(group) ?? new Holding();
    groups.set(group, holding);
    this.holders.set(holder, groups);
    return holding;
  }

  /** Servers that a holder has in any state. */
  heldBy(holder: string): number {
    let held = 0;
    for (const holding of this.groupsOf(holder).values()) for (const rack of holding.racks.values()) held += rack.held;
    return held;
  }

  /** Puts a holding's reservations on the racks' uplinks, or takes them off. */
  reserve(holding: Holding, sign: 1 | -1): void {
    for (const view of ["now", "alive"] as const)
      for (const [index, amount] of holding.reservations(view)) {
        const rack = this.racks[index];
        if (rack) rack.reserved[view] += sign * amount;
      }
  }

  /** The pool's servers. */
  get pool(): Holding {
    return this.holding(poolHolder, "all");
  }

  /** Takes the lowest free servers of a rack for a holding; their lines are written once they have addresses. */
  takeServers(holding: Holding, index: number, count: number): string[] {
    const rack = this.racks[index] ?? raise("no such rack");
    const here = holding.at(index);
    const names = rack.free.slice(0, count).map((number) => serverName(this.name, rack.name, number));
    this.exchange(rack, here, rack.free.slice(count), resized(here, [...here.names, ...names]));
    return names;
  }

  /** Undoes `takeServers`. */
  returnServers(holding: Holding, index: number, names: readonly string[]): void {
    const rack = this.racks[index] ?? raise("no such rack");
    const here = holding.at(index);
    const free = [...rack.free, ...names.map((server) => Number(server.slice(-2)))].sort((a, b) => a - b);
    const left = here.names.filter((name) => !names.includes(name));
    this.exchange(rack, here, free, resized(here, left));
  }

  /** Brings a held server into another state: from now on it counts by its new line, which names the same holder and group. */
  changeServer(server: string, line: LockServer): void {
    const before = this.lines.servers.get(server) ?? raise(`${server} is not held`);
    const index = this.rackOf(server);
    const rack = this.racks[index] ?? raise(`no rack has ${server}`);
    const holding = this.holding(holderOf(before), before.group);
    const here = holding.at(index);
    const others = here.names.filter((name) => name !== server);
    this.reserve(holding, -1);
    this.exchange(rack, here, rack.free, {
      names: line.state === "granted" && this.works(server) ? [...others, server].sort() : others,
      alive: here.alive - Number(countsOnceAlive(before)) + Number(countsOnceAlive(line)),
      held: here.held,
    });
    this.lines.servers.set(server, line);
    this.reserve(holding, 1);
  }

  /** The index of a server's rack; -1 where no rack of the site has it. */
  rackOf(server: string): number {
    return this.rackIndex.get(server.slice(0, -4)) ?? -1;
  }

  /** Whether a server and its rack are in service. */
  works(server: string): boolean {
    return (this.racks[this.rackOf(server)]?.serving ?? false) && !Object.hasOwn(this.site.outOfService, server);
  }

  private exchange(rack: RackState, here: HeldRack, free: number[], now: HeldRack): void {
    const [freeBefore, before] = [rack.free, { ...here }];
    this.journal.note(() => {
      rack.free = freeBefore;
      Object.assign(here, before);
    });
    rack.free = free;
    Object.assign(here, now);
  }

  /** Sets what a group sends; its reservations must be off the uplinks. */
  setEgress(holding: Holding, egressMbps: number): void {
    const { egressMbps: before } = holding;
    this.journal.note(() => (holding.egressMbps = before));
    holding.egressMbps = egressMbps;
  }

  /** Gives an address to a server of a holder. */
  useAddress(holder: string, address: string): void {
    const used = this.addressesOf(holder);
    this.journal.note(() => used.delete(address));
    used.add(address);
  }

  /** What of the site's uplink may be promised, in each direction, in Mbit/s. */
  get promisable(): number {
    return withoutShare(this.site.uplink, this.estate.headroom.uplink);
  }

  /** The site's lines as they stand now. */
  toLock(): LockSite {
    return siteOf(this.lines);
  }

  /** The free private and public addresses. */
  get space(): SiteSpace {
    if (this.spaces) return this.spaces;
    const { private: own, vips, egress, quarantine } = this.lines;
    const resting = [...quarantine.prefixes].filter(([, line]) => this.resting(line)).map(([prefix]) => prefix);
    return (this.spaces = spaceOf(this.site, [...own.keys(), ...vips.keys(), ...egress.keys(), ...resting]));
  }
}

/** The rack's part with other servers that count; those that are held beside them stay. */
function resized(here: HeldRack, names: readonly string[]): HeldRack {
  const more = names.length - here.names.length;
  return { names, alive: here.alive + more, held: here.held + more };
}

function raise(message: string): never {
  throw new Error(message);
}
