/** The size of a messenger: its load and its need, on the book date and at the peak that allocation takes. */
import type { Messenger } from "../request/messenger";
import { valuesOf, type Values } from "./coefficient";
import { dateOf } from "./day";
import { loadAt, type Load, type Moment } from "./load";
import { rolesOf, totalOf, type Roles, type Total } from "./role";
import { audienceOn, mostOf, timelineOf, type Calendar, type Most, type Timeline } from "./timeline";

/** A load and what it needs. */
export interface Need {
  readonly load: Load;
  readonly roles: Roles;
  readonly total: Total;
}

/** The largest need in [asOf, asOf + horizon]. */
export interface Peak extends Need {
  /** The first day with the most active users. */
  readonly date: string;
  /** `audience` (as it is on the book date), `growth`, `surge NAME`, or `retired`, `absent`. */
  readonly cause: string;
  readonly active: number;
  /** The first day with the most bandwidth, where it is another than `date`; egress and ingress of the peak are that day's. */
  readonly bandwidthDate?: string;
}

/** What a messenger needs. Storage is raw; threads and memory are provisioned. */
export interface Size extends Need {
  readonly messenger: string;
  readonly asOf: string;
  readonly active: number;
  readonly peak: Peak;
  /** The load if an event (peak_avg becomes event_mult) fell on the peak's day. Shown, never granted. */
  readonly event: Load;
  /** Utilisation limits as shares: planned, after a loss, and of NICs. */
  readonly limits: { readonly target: number; readonly degraded: number; readonly nic: number };
  /** Replicas of a database. */
  readonly rf: number;
  /** Shards of an object, and how many of them are parity. */
  readonly shards: number;
  readonly parity: number;
}

const nobody: Moment = { active: 0, bandwidth: 0 };

/** Sizes a messenger. One that is retired or absent needs nothing. */
export function sizeMessenger(messenger: Messenger, calendar: Calendar): Size {
  return sizeWith(messenger, valuesOf(messenger.profile), timelineOf(messenger, calendar));
}

/** Whether a messenger has users to serve: a retired or absent one has none. */
export function isLive({ lifecycle: { state } }: Messenger): boolean {
  return state === "active" || state === "repurposed";
}

/** Sizes a messenger with these values in place of its own: so that another value of one coefficient can be tried. */
export function sizeWith(messenger: Messenger, values: Values, timeline: Timeline): Size {
  const { state } = messenger.lifecycle;
  const live = isLive(messenger);
  const today = audienceOn(timeline, timeline.asOf, values);
  const most: Most = live ? mostOf(timeline, values) : { users: { ...today, cause: state }, bandwidth: today };
  const need = (moment: Moment): Need => {
    const detailed = loadAt(messenger, values, live ? moment : nobody);
    const roles = rolesOf(messenger, values, detailed);
    return { load: detailed.load, roles, total: totalOf(roles) };
  };
  const peak: Moment = { active: most.users.active, bandwidth: most.bandwidth.bandwidth };
  return {
    messenger: messenger.messenger,
    asOf: dateOf(timeline.asOf),
    active: live ? today.active : 0,
    ...need(today),
    peak: {
      date: dateOf(most.users.day),
      cause: most.users.cause,
      active: live ? most.users.active : 0,
      ...(most.bandwidth.bandwidth > most.users.bandwidth ? { bandwidthDate: dateOf(most.bandwidth.day) } : {}),
      ...need(peak),
    },
    event: loadAt(messenger, values, live ? { ...peak, peak: values.event_mult } : nobody).load,
    limits: { target: values.u_target, degraded: values.u_degraded, nic: values.nic_util },
    rf: values.rf,
    shards: values.ec_shards,
    parity: values.ec_parity,
  };
}
