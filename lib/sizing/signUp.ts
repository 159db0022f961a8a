/** Sign-ups: what a surge brings beside its users. */
import type { Values } from "./coefficient";
import { activeOn, type Timeline } from "./timeline";

const secondsOfHour = 3600;

/** The sign-ups of a surge, in its busiest hour. */
export interface SurgeSignUps {
  readonly surge: string;
  readonly perSecond: number;
}

/**
 * Sign-ups a second in the busiest hour of each surge that touches [asOf, asOf + horizon], of the audience at its start. They are
 * shown and size nothing: everybody reconnecting is hundreds of times more.
 */
export function signUps(timeline: Timeline, values: Values): SurgeSignUps[] {
  return timeline.surges
    .filter(({ from, to }) => from <= timeline.end && to >= timeline.asOf)
    .map(({ name, from }) => ({
      surge: name,
      perSecond: (activeOn(timeline, Math.max(from, timeline.asOf)) * values.surge_signup * values.surge_hour) / secondsOfHour,
    }));
}
