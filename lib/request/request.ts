/** Everything that people and the lock say, checked: the input of every verb. */
import type { Estate } from "./estate";
import type { Lock } from "./lock";
import type { Messenger } from "./messenger";
import type { Position, Problem } from "./problem";
import type { Host } from "./server";

/** One of the company's files. */
export type RequestFile = { readonly estate: true } | { readonly messenger: string } | { readonly lock: true };

/** The company's files as checked values. */
export interface Request {
  readonly estate: Estate;
  /** In order of ids; only the named ones where names were given. */
  readonly messengers: readonly Messenger[];
  /** None before the first `allocate`. */
  readonly lock: Lock | undefined;
  /** What is allowed but probably not meant. */
  readonly warnings: readonly Problem[];
  /** How each server is reached and wired, by the server's name; computed on first use. Throws InputError where the site's CSV is bad. */
  host(server: string): Host;
  /** What was read: the text of a file, and none where it was not read. */
  readonly text: (of: RequestFile) => string | undefined;
  /** Where a value stands: the file of the estate or of a messenger, and the path of keys in it. */
  position(of: { estate: true } | { messenger: string }, path: readonly (string | number)[]): Position | undefined;
}
