/** What allocation takes and what it answers. Everything is plain values: no clock, no disk. */
import type { Estate, Group } from "../request/estate";
import type { Lock } from "../request/lock";
import type { Messenger } from "../request/messenger";
import type { Demand } from "../sizing/demand";

/** Everything that a new lock depends on. */
export interface AllocationInput {
  readonly estate: Estate;
  /** In any order. With `names`, those named suffice. */
  readonly messengers: readonly Messenger[];
  /** In any order; a messenger without a demand (retired, absent) needs nothing. */
  readonly demands: readonly Demand[];
  /** None before the first allocation. */
  readonly lock: Lock | undefined;
  /** The book date of the new lock, YYYY-MM-DD. */
  readonly asOf: string;
  /** Brings up to date only these messengers; the pool is left as it is. @default all messengers, and the pool's own servers */
  readonly names?: readonly string[];
  /** Grants what fits and records the rest as short. @default false */
  readonly partial?: boolean;
  /** The version of the coefficients that the demands were computed with. */
  readonly coefficients: string;
}

/** What a line of the lock is about. `nic` is the ports of a group's servers. */
export type Resource =
  | "servers"
  | "nic"
  | "storage"
  | "rack uplink"
  | "site uplink"
  | "vlan"
  | "private"
  | "vips"
  | "egress"
  | "egressMbps"
  | "ingressMbps"
  | "cpu"
  | "memoryGiB"
  | "nvmeTiB"
  | "objectTiB";

/** Lines that were added or figures that were raised, for one holder at one site. */
export interface Change {
  /** A messenger's id, or `pool`. */
  readonly holder: string;
  readonly site: string;
  readonly resource: Resource | "short";
  /** The group of servers or of bandwidth. */
  readonly group?: Group;
  /** New keys: servers, prefixes, VLANs, in order. */
  readonly added: readonly string[];
  /** A figure before and after, where the line has one. */
  readonly before?: number;
  readonly after?: number;
  /** Why, in words: the need and what was held. */
  readonly why: string;
}

/** A need that the allocation could not meet. */
export interface Refusal {
  readonly messenger: string;
  readonly site: string;
  readonly group?: Group;
  readonly resource: Resource;
  /** How much is missing, in the resource's own unit: servers, Mbit/s, addresses, threads, GiB, TiB. */
  readonly missing: number;
  /** What is wrong, in words. */
  readonly what: string;
  /** What would fix it, in words. */
  readonly remedy: string;
}

/** A need that exceeds what is held and what is recorded as short, with everything taken as alive. */
export interface Stale {
  readonly messenger: string;
  readonly site: string;
  readonly group?: Group;
  readonly resource: Resource;
  readonly what: string;
}

/** What fails only because of a dead server, a dark rack or a roll. It blocks new promises there and takes nothing from anybody. */
export interface Deficit {
  /** Who bears it. */
  readonly messenger: string;
  readonly site: string;
  readonly group?: Group;
  readonly resource: Resource;
  /** The law that fails: 2, exclusive, or 4, loss-proof. @default none: egress servers are outside the laws */
  readonly law?: 2 | 4;
  /** What does not work: racks as `thr1-r01`, servers as `thr1-r02-s03`. */
  readonly outages: readonly string[];
  /** What is wrong, in words. */
  readonly what: string;
  /** What would mend it, in words. */
  readonly remedy: string;
}

/** A law that fails though everything is taken as alive: a bad merge, a lowered uplink. */
export interface Violation {
  readonly site: string;
  /** Who bears it: ids, or `pool`. */
  readonly holders: readonly string[];
  readonly what: string;
}

/** The answer. */
export interface Allocation {
  /** The new lock; the one given, where something was refused and `partial` was not asked for. */
  readonly lock: Lock;
  /** What the new lock has that the given one has not; empty where something was refused. */
  readonly changes: readonly Change[];
  readonly refused: readonly Refusal[];
}
