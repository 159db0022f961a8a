/** Why something is as it is: the line of the lock, the need, and what moves the need. */
import type { Ground } from "../diff/ground";
import { placeText } from "../diff/cause/input";
import { pathText } from "../diff/cause/changedValue";
import { needsIn, settingOf, sizeIn } from "../diff/cause/setting";
import { influencesOf, type Influence } from "./influence";
import type { Subject } from "./subject";

/** One link of the chain from a thing to a line that somebody wrote. */
export interface Reason {
  readonly what: string;
  readonly place?: string;
}

export interface Answer {
  readonly what: string;
  readonly place?: string;
  readonly reasons: readonly Reason[];
  /** What moves the need, the strongest first. */
  readonly influences: readonly Influence[];
}

const mostInfluences = 8;

/** The answer for one subject. */
export function answerOf(ground: Ground, { what, lockPath, holder, site, because, part, keys }: Subject): Answer {
  const place = lockPath && placeText(ground.lockSource().position(lockPath, "key"));
  const head = { what, ...(place !== undefined && { place }) };
  const messenger = ground.messengers.find((each) => each.messenger === holder);
  if (!messenger || site === undefined) return { ...head, reasons: [], influences: [] };
  const { estate, lock } = ground;
  const setting = settingOf(ground, messenger);
  const need = needsIn(setting).get(site);
  const reason = because?.(need);
  const source = ground.messengerSource(messenger.messenger);
  const said = keys.flatMap((path): Reason[] => {
    const value = path.reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>> | undefined)?.[key], source?.value);
    if (value === undefined || !source) return [];
    return [
      { what: `${pathText(path)} ${typeof value === "string" ? value : JSON.stringify(value)}`, place: placeText(source.position(path)) },
    ];
  });
  const { peak } = sizeIn(setting);
  const day = `its file needs the most on ${peak.date}, by ${peak.cause}: ${String(Math.round(peak.active))} active users; what is granted meets the most from ${lock.asOf} on within ${String(estate.horizon)} days`;
  return {
    ...head,
    reasons: [...(reason === undefined ? [] : [{ what: reason }]), ...(part && need ? [{ what: day }] : []), ...said],
    influences: part && need ? influencesOf(ground, messenger, site, part, mostInfluences) : [],
  };
}
