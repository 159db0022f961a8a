/** The turns of phrase that the rules share. */
import type { ApiObject } from "../../manifests/apiObject";
import type { Direction } from "./pair";

/** `may now`, or `may no longer`. */
export const may = (direction: Direction): string => (direction === "widens" ? "may now" : "may no longer");

/** `is new: ` or `is gone: ` where only one side has the object; nothing where both do. */
export const whole = (other: ApiObject | undefined, direction: Direction): string =>
  other ? "" : direction === "widens" ? "is new: " : "is gone: ";

/** ` (before: X)` or ` (now: X)`: what the other side has instead; nothing where it has nothing. */
export const instead = (other: string, direction: Direction): string =>
  other === "" ? "" : ` (${direction === "widens" ? "before" : "now"}: ${other})`;

/** `X -> Y`, in the order of time. */
export const arrow = (tight: string, loose: string, direction: Direction): string =>
  direction === "widens" ? `${tight} -> ${loose}` : `${loose} -> ${tight}`;

/** What the later side has of a set that the former has not, each once. */
export const missingIn = (tight: readonly string[], loose: readonly string[]): string[] => [
  ...new Set(loose.filter((item) => !tight.includes(item))),
];
