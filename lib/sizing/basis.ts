/** Where the numbers of a size come from: every coefficient that it used, and what the messenger's file put in the place of one. */
import type { Messenger } from "../request/messenger";
import { coefficientBook, coefficientKinds, valuesOf, type Values } from "./coefficient";
import { coefficientNames, type CoefficientName } from "./coefficientNames";
import { signUps } from "./signUp";
import { sizeWith } from "./size";
import { timelineOf, type Calendar } from "./timeline";

/** Where a number comes from: a shipped coefficient's kind, a measurement, or the request's own words. */
export const basisKinds = [...coefficientKinds, "measured", "request"] as const;

/** One number that a size stands on. What was measured or asked for has no range: low and high are its value. */
export interface Basis {
  /** A coefficient's name, or the key of the messenger's file. */
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly kind: (typeof basisKinds)[number];
  readonly source: string;
}

/** The names of the coefficients that sizing this messenger reads, in the model's order. */
export function usedCoefficients(messenger: Messenger, calendar: Calendar): CoefficientName[] {
  const used = new Set<string>();
  const values = valuesOf(messenger.profile);
  const watched: Values = new Proxy(values, {
    get: (target, name: CoefficientName) => {
      used.add(name);
      return target[name];
    },
  });
  const timeline = timelineOf(messenger, calendar);
  sizeWith(messenger, watched, timeline);
  signUps(timeline, watched);
  return coefficientNames.filter((name) => used.has(name));
}

/** Everything that the messenger's size stands on: first what its file says, then the coefficients in the model's order. */
export function basisOf(messenger: Messenger, calendar: Calendar): Basis[] {
  const { coefficients } = coefficientBook();
  const { profile } = messenger;
  const used = usedCoefficients(messenger, calendar).map((name): Basis => {
    const own = profile[name];
    if (own !== undefined) return exact(`profile.${name}`, own, "request", "the messenger's profile");
    const { value, low, high, kind, source } = coefficients[name];
    return { name, value, low, high, kind, source };
  });
  return [...statedBasis(messenger), ...used];
}

function statedBasis({ audience, load, profile }: Messenger): Basis[] {
  const { source, asOf, ...figures } = load ?? { source: "" };
  const measured = (name: string, value: number | undefined, from: string, on: string | undefined) =>
    value === undefined ? [] : [exact(name, value, "measured", on === undefined ? from : `${from}, ${on}`)];
  return [
    exact("audience.active", audience.active, "request", audience.source),
    ...measured("audience.dailyActive", audience.dailyActive, audience.source, audience.asOf),
    ...Object.entries(figures).flatMap(([name, value]) => measured(`load.${name}`, value, source, asOf)),
    profile.channels === undefined
      ? exact("profile.channels", 0, "assumed", "nothing is said of channels, which carry most of the traffic of domestic messengers")
      : exact("profile.channels", profile.channels.length, "request", "the messenger's profile"),
  ];
}

function exact(name: string, value: number, kind: Basis["kind"], source: string): Basis {
  return { name, value, low: value, high: value, kind, source };
}
