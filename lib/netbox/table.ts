/** A table for NetBox's bulk import of one kind of objects. */
import { stringify } from "yaml";
import { customFields, type Carrier, type FieldName } from "./customField";

/** A row by column; what is empty is left out. */
export type TableRow = Readonly<Record<string, string>>;

/** A table. */
export interface Table {
  /** The kind as its file is named: `device-types`. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

/** The columns of all custom fields that a carrier can have. */
export function fieldColumns(carrier: Carrier): string[] {
  return Object.entries(customFields).flatMap(([name, { on }]) => ((on as readonly Carrier[]).includes(carrier) ? [`cf_${name}`] : []));
}

/** The cells of custom fields; a value that is missing has none. */
export function fieldCells(values: Partial<Readonly<Record<FieldName, string | number | true | undefined>>>): TableRow {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[`cf_${name}`, String(value)]])),
  );
}

/** A map or list in one line of YAML, as a custom field carries it. */
export function oneLine(value: unknown): string | undefined {
  return value === undefined ? undefined : stringify(value, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: false }).trim();
}
