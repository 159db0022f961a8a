/** A lock while a verb other than allocate changes it. Everything is collected; where a problem was found nothing is changed. */
import type { Estate, Group } from "../request/estate";
import type { Lock, LockServer, ServerState } from "../request/lock";
import type { Messenger } from "../request/messenger";
import { dateOf, dayNumber } from "../sizing/day";
import type { Demand } from "../sizing/demand";
import type { Change } from "./allocation";
import { type EgressMove, moveEgress } from "./egress";
import { holderOf } from "./grant";
import { sortedKeys } from "./lockText";
import { SiteState } from "./siteState";

/** What a verb's answer depends on. */
export interface LockInput {
  readonly estate: Estate;
  /** All messengers, in any order. */
  readonly messengers: readonly Messenger[];
  /** The demands of those whom the verb concerns, in any order. */
  readonly demands: readonly Demand[];
  readonly lock: Lock;
}

/** A server that came into another state. */
export interface Move {
  readonly server: string;
  readonly site: string;
  /** A messenger's id, or `pool`. */
  readonly holder: string;
  readonly group: Group;
  readonly from: ServerState;
  readonly to: ServerState | "quarantine";
  /** Whether it is in service. */
  readonly works: boolean;
}

/** A VLAN or prefix that went into quarantine. */
export interface Rested {
  readonly holder: string;
  readonly site: string;
  readonly resource: "vlan" | "private" | "vips" | "egress";
  readonly name: string;
  /** The last day of its rest. */
  readonly until: string;
}

/** What a verb makes of a lock. */
export interface LockChange {
  /** The new lock; the one given where there are problems. */
  readonly lock: Lock;
  readonly moves: readonly Move[];
  /** Lines that were added, and figures that changed. */
  readonly changes: readonly Change[];
  readonly rested: readonly Rested[];
  readonly egress: readonly EgressMove[];
  /** What people should know. */
  readonly notes: readonly string[];
  /** Why nothing is changed. */
  readonly problems: readonly string[];
}

/** What stays the same of a server's line from grant to quarantine. */
export function lasting({ messenger, pool, group, address }: LockServer): Pick<LockServer, "messenger" | "pool" | "group" | "address"> {
  return { ...(pool ? { pool } : { messenger }), group, address };
}

/** The lock being changed. */
export class Draft {
  readonly moves: Move[] = [];
  readonly changes: Change[] = [];
  readonly rested: Rested[] = [];
  readonly egress: EgressMove[] = [];
  readonly notes: string[] = [];
  readonly problems: string[] = [];
  private readonly states = new Map<string, SiteState>();
  private readonly owners: ReadonlySet<string>;

  constructor(private readonly input: LockInput) {
    this.owners = new Set(input.messengers.filter(({ needs }) => needs.includes("hardware")).map(({ messenger }) => messenger));
  }

  /** The sites of the lock, in order of names. */
  get sites(): string[] {
    return Object.keys(this.input.lock.sites).sort();
  }

  /** A site, read when it is first asked for. */
  at(site: string): SiteState {
    const { estate, lock } = this.input;
    const state = this.states.get(site) ?? SiteState.of(estate, lock, site);
    this.states.set(site, state);
    return state;
  }

  /** The day until which something rests that comes back now. */
  until(kind: keyof Estate["quarantine"]): string {
    const { estate, lock } = this.input;
    return dateOf(dayNumber(lock.asOf) + estate.quarantine[kind]);
  }

  /** Brings a server into the state of a new line, on the book date. */
  move(state: SiteState, server: string, line: Omit<LockServer, "since">): void {
    const before = state.lines.servers.get(server);
    if (!before) throw new Error(`${server} is not held`);
    state.changeServer(server, { ...line, since: state.asOf });
    this.note(state, server, before, line.state);
  }

  /** Puts an erased server into quarantine. */
  restServer(state: SiteState, server: string, evidence: string): void {
    const before = state.lines.servers.get(server);
    if (!before) throw new Error(`${server} is not held`);
    state.lines.servers.delete(server);
    state.lines.quarantine.servers.set(server, { from: holderOf(before), until: this.until("servers"), evidence });
    this.note(state, server, before, "quarantine");
  }

  private note(state: SiteState, server: string, before: LockServer, to: Move["to"]): void {
    const { group, state: from } = before;
    this.moves.push({ server, site: state.name, holder: holderOf(before), group, from, to, works: state.works(server) });
  }

  /** Puts a VLAN or prefix of a holder into quarantine. */
  rest(state: SiteState, holder: string, resource: Rested["resource"], name: string): void {
    const { lines } = state;
    const until = this.until(resource === "vlan" ? "vlans" : "prefixes");
    const section = resource === "vlan" ? lines.vlans : lines[resource];
    section.delete(name);
    (resource === "vlan" ? lines.quarantine.vlans : lines.quarantine.prefixes).set(name, { from: holder, until });
    this.rested.push({ holder, site: state.name, resource, name, until });
  }

  /** Moves the egress addresses of servers that no longer count to others. */
  moveEgress(state: SiteState, leaving: Iterable<string>): void {
    this.egress.push(...moveEgress(state, new Set(leaving), (messenger) => this.owners.has(messenger)));
  }

  /** The answer. */
  done(): LockChange {
    const { problems, notes, moves, changes, rested, egress } = this;
    const { lock } = this.input;
    if (problems.length > 0) return { lock, moves: [], changes: [], rested: [], egress: [], notes, problems };
    const sites = { ...lock.sites };
    for (const [site, state] of this.states) {
      this.forgetImages(state);
      sites[site] = state.toLock();
    }
    return { lock: { ...lock, sites: sortedKeys(sites) }, moves, changes, rested, egress, notes, problems };
  }

  /** An image that was in use and is no longer is free to change. */
  private forgetImages(state: SiteState): void {
    const used = new Set([...state.lines.servers.values()].map(({ image }) => image));
    for (const { image } of Object.values(this.input.lock.sites[state.name]?.servers ?? {}))
      if (image !== undefined && !used.has(image)) state.lines.images.delete(image);
  }
}
