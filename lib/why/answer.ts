/** Why something is as it is: the line of the lock or the estate, the need, and what moves the need. */
import type { Ground } from "../diff/ground";
import { placeText } from "../diff/cause/input";
import { needsIn, settingOf, sizeIn } from "../diff/cause/setting";
import { figure } from "../page/page";
import type { Messenger } from "../request/messenger";
import type { Path } from "../request/source";
import type { Peak } from "../sizing/size";
import { subjectsOf } from "./called";
import { influencesOf, type Influence } from "./influence";
import type { Origin } from "./origin";
import { estatePlace, firstOf, ofEstate, ofMessenger, type Reason } from "./reason";
import type { Subject } from "./subject";

export interface Answer {
  readonly what: string;
  readonly place?: string;
  readonly reasons: readonly Reason[];
  /** What the influences move, in words. @default there is none */
  readonly need?: string;
  /** What moves the need: what the files say, then the coefficients, each the strongest first. */
  readonly influences: readonly Influence[];
}

const mostHeld = 5;

/** Keys of a messenger's file that move its need and are no numbers. */
const choices: readonly Path[] = [["stackClass"], ["profile", "tlsAtGateway"]];

/** The line that makes the peak as large as it is: a surge, the point that the audience grows to, or the audience itself. */
function peakPlace(ground: Ground, { messenger, growth, surges }: Messenger, { date, cause }: Peak): string | undefined {
  const isCause = (suffix: string) => (surge: { readonly name: string; readonly from: string; readonly to: string }) =>
    cause === `surge ${surge.name}${suffix}` && surge.from <= date && date <= surge.to;
  const all = ground.estate.surges.findIndex(isCause(" (all messengers)"));
  if (all >= 0) return estatePlace(ground, ["surges", all]);
  const source = ground.messengerSource(messenger);
  const own = surges.findIndex(isCause(""));
  const point = growth.find((each) => each.date >= date) ?? growth.at(-1);
  if (own >= 0) return source && placeText(source.position(["surges", own]));
  return source && placeText(source.position(cause === "growth" && point ? ["growth", point.date] : ["audience", "active"]));
}

function peakReasons(ground: Ground, messenger: Messenger, peak: Peak): Reason[] {
  const { estate, lock } = ground;
  const place = peakPlace(ground, messenger, peak);
  return [
    {
      what: `its file needs the most on ${peak.date}, by ${peak.cause}: ${figure(peak.active)} active users`,
      ...(place !== undefined && { place }),
    },
    {
      what: `what is granted meets the most within ${String(estate.horizon)} days from ${lock.asOf} on`,
      place: estatePlace(ground, ["horizon"]),
    },
  ];
}

/** The answer for one subject. */
export function answerOf(ground: Ground, subject: Subject): Answer {
  const { what, place, facts = [], holder, site, because, part, need: figures, keys } = subject;
  const head = { what, ...(place !== undefined && { place }) };
  const messenger = ground.messengers.find((each) => each.messenger === holder);
  if (!messenger || site === undefined) return { ...head, reasons: facts, influences: [] };
  const setting = settingOf(ground, messenger);
  const need = needsIn(setting).get(site);
  const reason = need && because?.(need, messenger);
  const moved = part && need ? influencesOf(ground, messenger, site, part) : undefined;
  return {
    ...head,
    reasons: [
      ...facts,
      ...(reason ? [reason] : []),
      ...(moved ? peakReasons(ground, messenger, sizeIn(setting).peak) : []),
      ...ofMessenger(ground, messenger.messenger, moved ? [...keys, ...choices] : keys),
    ],
    ...(figures !== undefined && { need: figures }),
    influences: moved ?? [],
  };
}

/**
 * The answer for an object that follows no need in figures.
 * @param what the object, in a sentence without a full stop
 * @param messenger whose stack it is of. @default a site's
 */
export function originAnswer(ground: Ground, what: string, messenger: string | undefined, origin: Origin): Answer {
  const { because, held = [], keys = [], estate = [] } = origin;
  const lines = held.flatMap((name) =>
    subjectsOf(ground, name).map(({ what: line, place }): Reason => ({ what: line, ...(place !== undefined && { place }) })),
  );
  return {
    what,
    reasons: [
      { what: because },
      ...firstOf(lines, mostHeld),
      ...(messenger === undefined ? [] : ofMessenger(ground, messenger, keys)),
      ...ofEstate(ground, estate),
    ],
    influences: [],
  };
}
