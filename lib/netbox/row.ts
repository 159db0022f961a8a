/** One object of a NetBox list, as plain texts by the REST API's names of fields; custom fields stand beside the others. */
import type { Position } from "../request/problem";
import type { Kind } from "./kind";

/** An object. */
export interface Row {
  readonly kind: Kind;
  /** Texts by field; what is empty is missing. A related object is its name, a choice its value, a list is joined by commas. */
  readonly values: ReadonlyMap<string, string>;
  /** Where it stands. */
  readonly at: () => Position;
}

/** A field's text; empty where it has none. */
export function textIn(row: Row | undefined, field: string): string {
  return row?.values.get(field) ?? "";
}

/** Whether a field says yes, as any of NetBox's forms writes it. */
export function isYes(text: string): boolean {
  return /^(?:true|yes|1|on)$/i.test(text);
}

/** A NetBox name as a key of the estate, or a part of one: lower case, with hyphens for all else. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** Some of the names, each once. */
export function someOf(names: readonly string[]): string {
  const all = [...new Set(names)];
  return `${all.slice(0, 5).join(", ")}${all.length > 5 ? ", …" : ""}`;
}

/** Whether a row that names a rack means this one: NetBox tells racks of one name, in two sites or rooms, by their ids. */
export function isOfRack(row: Row, rack: Row): boolean {
  const [said, own] = [textIn(row, "rack_id"), textIn(rack, "id")];
  return said === "" || own === "" || said === own;
}

/** Rows by a text that several may share, each group in the order of the rows. */
export function grouped<K, T = Row>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
