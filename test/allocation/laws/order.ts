/** Judges law 1: another order of files and keys, the same answer. */
import type { Allocation, AllocationInput } from "../../../lib/allocation/allocation";
import { serializeLock } from "../../../lib/allocation/lockText";
import type { Scene } from "./story";

/** The same list in another order, chosen by `salt`. */
export function shuffled<T>(list: readonly T[], salt: number): T[] {
  const keyed = list.map((item, index) => ({ item, key: ((index + 1) * (2 * salt + 1) * 7919) % 104_729 }));
  return keyed.sort((one, other) => one.key - other.key).map(({ item }) => item);
}

/** The same value with the keys of every object in another order, but for the classes, whose order says which comes first. */
export function turned<T>(value: T, salt: number, path = ""): T {
  if (Array.isArray(value)) return value.map((each: unknown) => turned(each, salt, `${path}[]`)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => [key, turned(each, salt, `${path}.${key}`)]);
  return Object.fromEntries(path === ".estate.classes" ? entries : shuffled(entries, salt)) as T;
}

const bytes = ({ lock, refused, changes }: Allocation): string => JSON.stringify([serializeLock(lock), refused, changes]);

/** Law 1 for what one input was answered, and one other order of its files and keys. */
export function answersAlike(allocate: (input: AllocationInput) => Allocation, { input, result }: Scene, salt: number): string[] {
  const other = { ...input, messengers: shuffled(input.messengers, salt), demands: shuffled(input.demands, salt + 1) };
  return bytes(allocate(turned(other, salt))) === bytes(result) ? [] : ["another order, another answer"];
}
