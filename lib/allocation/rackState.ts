/** A rack while its site is read or brought up to date. */
import type { Capacity } from "../request/server";
import type { View } from "./holding";

/** A rack of the site. */
export interface RackState {
  readonly name: string;
  readonly class: string;
  readonly usable: Capacity;
  readonly pool: boolean;
  /** Whether it is in service on the book date. */
  readonly serving: boolean;
  /** What of its uplink may be promised, in Mbit/s. */
  readonly promisable: number;
  /** What a pool server in it may send: the smaller of its NIC and its part of the uplink, in Mbit/s. */
  readonly poolShare: number;
  /** Numbers of the servers that may be granted, in ascending order. */
  free: number[];
  /** What groups of own servers reserve on its uplink, in Mbit/s. */
  readonly reserved: Record<View, number>;
}
