/** Why something is as it is: the line of the lock, the need, and what moves the need. */
import type { Ground } from "../diff/ground";
import { placeText, shown } from "../diff/cause/input";
import { pathText } from "../diff/cause/changedValue";
import { needsIn, settingOf, sizeIn } from "../diff/cause/setting";
import type { Path, Source } from "../request/source";
import { influencesOf, type Influence } from "./influence";
import type { Origin } from "./origin";
import { subjectsOf, type Subject } from "./subject";

/** One link of the chain from a thing to a line that somebody wrote. */
export interface Reason {
  readonly what: string;
  readonly place?: string;
}

export interface Answer {
  readonly what: string;
  readonly place?: string;
  readonly reasons: readonly Reason[];
  /** What the influences move, in words. @default there is none */
  readonly need?: string;
  /** What moves the need, the strongest first. */
  readonly influences: readonly Influence[];
}

const mostInfluences = 8;
const mostHeld = 5;

const isTable = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

/** The keys of a file that are written there, with their values. */
function written(source: Source | undefined, keys: readonly Path[], say: (path: Path, value: unknown) => string): Reason[] {
  return keys.flatMap((path): Reason[] => {
    const value = path.reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>> | undefined)?.[key], source?.value);
    return value === undefined || !source ? [] : [{ what: say(path, value), place: placeText(source.position(path)) }];
  });
}

function ofMessenger(ground: Ground, messenger: string, keys: readonly Path[]): Reason[] {
  return written(
    ground.messengerSource(messenger),
    keys,
    (path, value) => `${pathText(path)} ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
}

/** The answer for one subject. */
export function answerOf(ground: Ground, { what, lockPath, holder, site, because, part, need: figures, keys }: Subject): Answer {
  const place = lockPath && placeText(ground.lockSource().position(lockPath, "key"));
  const head = { what, ...(place !== undefined && { place }) };
  const messenger = ground.messengers.find((each) => each.messenger === holder);
  if (!messenger || site === undefined) return { ...head, reasons: [], influences: [] };
  const { estate, lock } = ground;
  const setting = settingOf(ground, messenger);
  const need = needsIn(setting).get(site);
  const reason = because?.(need);
  const { peak } = sizeIn(setting);
  const day = `its file needs the most on ${peak.date}, by ${peak.cause}: ${String(Math.round(peak.active))} active users; what is granted meets the most from ${lock.asOf} on within ${String(estate.horizon)} days`;
  return {
    ...head,
    reasons: [
      ...(reason === undefined ? [] : [{ what: reason }]),
      ...(part && need ? [{ what: day }] : []),
      ...ofMessenger(ground, messenger.messenger, keys),
    ],
    ...(figures !== undefined && { need: figures }),
    influences: part && need ? influencesOf(ground, messenger, site, part, mostInfluences) : [],
  };
}

/**
 * The answer for an object that follows no need in figures.
 * @param what the object, in a sentence without a full stop
 * @param messenger whose stack it is of. @default a site's
 */
export function originAnswer(ground: Ground, what: string, messenger: string | undefined, origin: Origin): Answer {
  const { because, held = [], keys = [], estate = [] } = origin;
  const lines = held.slice(0, mostHeld).flatMap((name) =>
    subjectsOf(ground, name).map(({ what: line, lockPath }): Reason => ({
      what: line,
      ...(lockPath && { place: placeText(ground.lockSource().position(lockPath, "key")) }),
    })),
  );
  return {
    what,
    reasons: [
      { what: because },
      ...lines,
      ...(held.length > mostHeld ? [{ what: `and ${String(held.length - mostHeld)} more` }] : []),
      ...(messenger === undefined ? [] : ofMessenger(ground, messenger, keys)),
      ...written(ground.estateSource(), estate, (path, value) => `estate ${pathText(path)}${isTable(value) ? "" : ` ${shown(value)}`}`),
    ],
    influences: [],
  };
}
