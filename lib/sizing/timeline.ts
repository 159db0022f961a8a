/** A messenger's audience over time: straight lines between dated points, with surges on top. */
import type { Estate } from "../request/estate";
import type { Messenger } from "../request/messenger";
import type { Values } from "./coefficient";
import { dayNumber } from "./day";
import type { Moment } from "./load";

/** The days that sizing looks at, and what the company expects of all messengers in them. */
export interface Calendar {
  /** The book date, YYYY-MM-DD. */
  readonly asOf: string;
  /** How many days ahead the need must be met. */
  readonly horizon: number;
  /** Surges of all messengers at once. */
  readonly surges: Estate["surges"];
}

/** The company's calendar on a book date. */
export function calendarOf({ horizon, surges }: Pick<Estate, "horizon" | "surges">, asOf: string): Calendar {
  return { asOf, horizon, surges };
}

/** A surge by day numbers; both ends belong to it. */
export interface TimedSurge {
  readonly name: string;
  /** Whether it is the messenger's own, or the company's for all. */
  readonly own: boolean;
  readonly from: number;
  readonly to: number;
  readonly factor?: number | undefined;
  readonly active?: number | undefined;
}

/** An audience with its points and surges in order, by day numbers. */
export interface Timeline {
  readonly asOf: number;
  readonly end: number;
  /** From the day of the audience's figure on, in order of days; at least one. */
  readonly points: readonly { readonly day: number; readonly active: number }[];
  readonly surges: readonly TimedSurge[];
}

/** An audience on a day. */
export interface DayAudience extends Moment {
  readonly day: number;
  /** Why it is as large as it is: `audience`, `growth`, or `surge NAME`. */
  readonly cause: string;
}

/** Lays out a messenger's dates. A growth point that the audience's own date has passed says nothing any more. */
export function timelineOf({ audience, growth, surges }: Messenger, calendar: Calendar): Timeline {
  const asOf = dayNumber(calendar.asOf);
  const start = audience.asOf === undefined ? asOf : dayNumber(audience.asOf);
  const later = growth.map(({ date, active }) => ({ day: dayNumber(date), active })).filter(({ day }) => day > start);
  const timed = ({ from, to, ...surge }: Messenger["surges"][number], own: boolean): TimedSurge => ({
    ...surge,
    own,
    from: dayNumber(from),
    to: dayNumber(to),
  });
  return {
    asOf,
    end: asOf + calendar.horizon,
    points: [{ day: start, active: audience.active }, ...later.sort((a, b) => a.day - b.day)],
    surges: [...surges.map((surge) => timed(surge, true)), ...calendar.surges.map((surge) => timed(surge, false))],
  };
}

/** Active users by the growth curve alone; level before its first and after its last point. */
export function activeOn({ points }: Timeline, day: number): number {
  const next = points.findIndex((point) => point.day > day);
  const before = points[next === -1 ? points.length - 1 : next - 1];
  const after = points[next];
  if (!before) return after?.active ?? 0;
  if (!after) return before.active;
  return before.active + ((after.active - before.active) * (day - before.day)) / (after.day - before.day);
}

/**
 * The audience on a day. Of surges that overlap the larger holds, not their product: the same people cannot come twice. A surge
 * never makes an audience smaller than the curve says. One that states neither factor nor active users multiplies by surge_users.
 * What a surge adds uses bw_elasticity times the bandwidth of the same number of others.
 */
export function audienceOn(timeline: Timeline, day: number, values: Values): DayAudience {
  const usual = activeOn(timeline, day);
  let active = usual;
  let cause = day > timeline.asOf && usual !== activeOn(timeline, timeline.asOf) ? "growth" : "audience";
  for (const surge of timeline.surges) {
    if (day < surge.from || day > surge.to) continue;
    const inSurge = surge.active ?? usual * (surge.factor ?? values.surge_users);
    if (inSurge <= active) continue;
    active = inSurge;
    cause = `surge ${surge.name}${surge.own ? "" : " (all messengers)"}`;
  }
  return { day, cause, active, bandwidth: usual + (active - usual) * values.bw_elasticity };
}

/** The days between which the audience rises or falls evenly: its maximum lies on one of them. In order. */
function turningDays({ asOf, end, points, surges }: Timeline): number[] {
  const days = [asOf, end, ...points.map(({ day }) => day), ...surges.flatMap(({ from, to }) => [from, to])];
  return [...new Set(days)].filter((day) => asOf <= day && day <= end).sort((a, b) => a - b);
}

/** The most that a period asks for. */
export interface Most {
  /** The first day with the most active users; its date and cause are the peak's. */
  readonly users: DayAudience;
  /** The first day with the most bandwidth: newcomers of a surge use more of it than the same number that grew slowly. */
  readonly bandwidth: DayAudience;
}

/** The largest audience in [asOf, asOf + horizon]. */
export function mostOf(timeline: Timeline, values: Values): Most {
  let users: DayAudience | undefined;
  let bandwidth: DayAudience | undefined;
  for (const day of turningDays(timeline)) {
    const audience = audienceOn(timeline, day, values);
    if (!users || audience.active > users.active || (audience.active === users.active && audience.bandwidth > users.bandwidth))
      users = audience;
    if (!bandwidth || audience.bandwidth > bandwidth.bandwidth) bandwidth = audience;
  }
  const today = audienceOn(timeline, timeline.asOf, values);
  return { users: users ?? today, bandwidth: bandwidth ?? today };
}
