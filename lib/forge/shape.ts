/** Looks into what a forge answers, which is taken for nothing in particular until it was looked at. */
import { InputError } from "../request/problem";

/** The fields of an object; none where it is something else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** A field of an object. */
export const field = (value: unknown, name: string): unknown => recordOf(value)[name];

/** A field that is text. */
export function textIn(value: unknown, name: string): string | undefined {
  const text = field(value, name);
  return typeof text === "string" ? text : undefined;
}

/** A whole number, as ids are. Throws an InputError where it is none. */
export function numberOf(value: unknown, what: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  throw new InputError([{ message: `${what} is ${JSON.stringify(value)}, expected a whole number; is this the forge's API?` }]);
}
