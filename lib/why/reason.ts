/** A link of the chain from a thing to a line that somebody wrote. */
import { pathText } from "../diff/cause/changedValue";
import { placeText, shown } from "../diff/cause/input";
import type { Ground } from "../diff/ground";
import type { Path, Source } from "../request/source";

/** What is so, in a sentence without a full stop, and the line that says it. */
export interface Reason {
  readonly what: string;
  /** @default no file says it */
  readonly place?: string;
}

const isTable = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

/** What a file says at a path; `undefined` where it says nothing. */
export function valueAt(source: Source | undefined, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>> | undefined)?.[key], source?.value);
}

/** The keys of a file that are written there, with their values. */
function written(source: Source | undefined, keys: readonly Path[], say: (path: Path, value: unknown) => string): Reason[] {
  return keys.flatMap((path): Reason[] => {
    const value = valueAt(source, path);
    return value === undefined || !source ? [] : [{ what: say(path, value), place: placeText(source.position(path)) }];
  });
}

/** The keys of a messenger's file that are written there. */
export function ofMessenger(ground: Ground, messenger: string, keys: readonly Path[]): Reason[] {
  return written(
    ground.messengerSource(messenger),
    keys,
    (path, value) => `${pathText(path)} ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
}

/** The keys of the estate that are written there; of a table, its name alone. */
export function ofEstate(ground: Ground, keys: readonly Path[]): Reason[] {
  return written(ground.estateSource(), keys, (path, value) => `estate ${pathText(path)}${isTable(value) ? "" : ` ${shown(value)}`}`);
}

/** The line of the lock whose key this is. */
export function lockPlace(ground: Ground, path: Path): string {
  return placeText(ground.lockSource().position(path, "key"));
}

/** The line of the estate's file that a path stands on. */
export function estatePlace(ground: Ground, path: Path): string {
  return placeText(ground.estateSource().position(path));
}

/** The first of many, and how many there are beside. */
export function firstOf(reasons: readonly Reason[], most: number): Reason[] {
  return reasons.length <= most ? [...reasons] : [...reasons.slice(0, most), { what: `and ${String(reasons.length - most)} more` }];
}
