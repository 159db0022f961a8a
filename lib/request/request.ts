/** Everything that people and the lock say, checked: the input of every verb. */
import type { Estate } from "./estate";
import type { Host } from "./server";
import type { Lock } from "./lock";
import type { Messenger } from "./messenger";
import type { Position } from "./problem";

/** The company's files as checked values. */
export interface Request {
  readonly estate: Estate;
  /** In order of ids. */
  readonly messengers: readonly Messenger[];
  /** None before the first `allocate`. */
  readonly lock: Lock | undefined;
  /** How each server is reached and wired, by the server's name; computed on first use. */
  host(server: string): Host;
  /** Where a value stands: the file of the estate or of a messenger, and the path of keys in it. */
  position(of: { estate: true } | { messenger: string }, path: readonly (string | number)[]): Position | undefined;
}
