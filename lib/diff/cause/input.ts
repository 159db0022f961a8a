/** The inputs that differ between two sides: what people, or a newer toolkit, changed. */
import { isDeepStrictEqual } from "node:util";
import type { Position } from "../../request/problem";
import type { Places, Source } from "../../request/source";
import { coefficientNames } from "../../sizing/coefficientNames";
import { shownText } from "../semantics/sensitive";
import type { Ground } from "../ground";
import type { Cause } from "../report";
import { changedValues, pathText, type ChangedValue } from "./changedValue";

/** A changed value of a messenger's file, of the estate, of the book date or of a coefficient. */
export interface ChangedInput extends ChangedValue {
  readonly of: "messenger" | "estate" | "asOf" | "coefficient";
  readonly cause: Cause;
}

const longest = 60;

/** A value as people wrote it, on one line. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const open = shownText(text);
  return open.length > longest ? `${open.slice(0, longest - 1)}…` : open;
}

/** What a list lost and got, without what is the same at its beginning and its end. */
function difference(before: readonly unknown[], after: readonly unknown[]): string {
  const isSame = (one: number, other: number): boolean => isDeepStrictEqual(before.at(one), after.at(other));
  const least = Math.min(before.length, after.length);
  let [start, end] = [0, 0];
  while (start < least && isSame(start, start)) start++;
  while (end < least - start && isSame(-1 - end, -1 - end)) end++;
  const [lost, got] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const text = (items: readonly unknown[]): string => shown(items.length === 1 ? items[0] : items);
  if (lost.length === 0) return `with ${text(got)}`;
  return got.length === 0 ? `without ${text(lost)}` : `${text(lost)} → ${text(got)}`;
}

/** How a value changes; of a long list, only what differs. */
function shownChange({ before, after }: ChangedValue): string {
  const isLong = [before, after].some((value) => JSON.stringify(value ?? null).length > longest);
  return isLong && Array.isArray(before) && Array.isArray(after) ? difference(before, after) : `${shown(before)} → ${shown(after)}`;
}

export const placeText = ({ file, line }: Position): string => `${file}:${String(line)}`;

function inputOf(of: ChangedInput["of"], change: ChangedValue, name: string, places: Places | undefined): ChangedInput {
  const what = `${name} ${shownChange(change)}`;
  return { of, ...change, cause: { what, ...(places && { place: placeText(places.position(change.path)) }) } };
}

/** What changed in a messenger's file; nothing where only one side has it. */
export function changedOfMessenger(base: Ground, head: Ground, id: string): ChangedInput[] {
  if (base.messengerText(id) === head.messengerText(id)) return [];
  const [before, after] = [base.messengerSource(id), head.messengerSource(id)];
  if (!before || !after) return [];
  return changedValues(before.value, after.value).map((change) =>
    inputOf("messenger", change, pathText(change.path), change.after === undefined ? before : after),
  );
}

function estateInputs(base: Ground, head: Ground): ChangedInput[] {
  // A text that was read before gives the same value again.
  if (base.estate === head.estate) return [];
  const [before, after] = [base.estateSource(), head.estateSource()];
  return changedValues(before.value, after.value).map((change) =>
    inputOf("estate", change, `estate ${pathText(change.path)}`, change.after === undefined ? before : after),
  );
}

/** What changed in the estate for the stacks of a site: its own keys, and those of all sites. */
export function changedOfEstate(base: Ground, head: Ground, site: string): ChangedInput[] {
  return estateInputs(base, head).filter(({ path: [key, name] }) => key !== "sites" || name === undefined || name === site);
}

/** Below these keys of the estate nothing moves what a messenger needs. */
const besides = new Set(["company", "published", "sites"]);

/** What changed for all messengers at once: the estate's policy, the book date, the coefficients. */
export function changedForAll(base: Ground, head: Ground): ChangedInput[] {
  const estate = estateInputs(base, head).filter(({ path: [key] }) => !besides.has(String(key)));
  const dates = { before: base.lock.asOf, after: head.lock.asOf };
  const asOf = dates.before === dates.after ? [] : [inputOf("asOf", { path: ["asOf"], ...dates }, "the book date", head.lockSource())];
  return [...estate, ...asOf, ...changedCoefficients(base, head)];
}

function changedCoefficients(base: Ground, head: Ground): ChangedInput[] {
  const source: Source | undefined = head.coefficients.source?.();
  return coefficientNames.flatMap((name) => {
    const [before, after] = [base.coefficients.values[name], head.coefficients.values[name]];
    if (before === after) return [];
    const input = inputOf("coefficient", { path: ["coefficients", name, "value"], before, after }, `coefficient ${name}`, source);
    return { ...input, path: [name] };
  });
}
