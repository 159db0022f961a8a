/**
 * Reads a list that NetBox exported, in any of three forms: the CSV of a list view, the CSV that its bulk import takes, the REST API's JSON
 * (`{count, results}`, or a plain array). What it lists is told by its fields, not by the file's name.
 */
import { CsvError, parse } from "csv-parse/sync";
import { render } from "../request/issues";
import { parseJson } from "../request/jsonFile";
import type { Problem } from "../request/problem";
import { wholeFile } from "../request/source";
import { limits, readText } from "../request/textFile";
import { fieldOf, kindOfAddress, kindOfFields, kindWords, lackingFields, type Kind } from "./kind";
import { slugOf, type Row } from "./row";

/** A file's rows and what is wrong with it. */
export interface ListFile {
  readonly file: string;
  /** `undefined` where the file is bad, or lists nothing. */
  readonly kind: Kind | undefined;
  readonly rows: readonly Row[];
  /** How many objects the list has, where the file may be one page of it. */
  readonly total?: number;
  readonly problems: readonly Problem[];
}

const known = `expected ${Object.entries(kindWords)
  .flatMap(([kind, words]) => (kind === "other" ? [] : [words]))
  .join(", ")}, with all their columns`;
const again = "export the list again";
const remedies = { merged: again, broken: again, empty: again };

/** Reads the file. */
export function readList(file: string): ListFile {
  const read = readText(file, limits.lock);
  return "problem" in read ? bad(file, [read.problem]) : parseList(file, read.text);
}

/** The list in a file's text. */
export function parseList(file: string, text: string): ListFile {
  if (/^manufacturer: .*\nmodel: /.test(text))
    return bad(file, [
      wholeFile(file, "device types as YAML, which has no custom fields; export them as JSON, or as the CSV of the current view"),
    ]);
  return /^\s*[[{]/.test(text) ? readJsonList(file, text) : readCsvList(file, text);
}

function lackWords(kind: Kind, lacking: readonly string[]): string {
  return `the list of ${kindWords[kind]} lacks ${lacking.join(", ")}; export it with all its columns, or as JSON without brief and fields`;
}

function bad(file: string, problems: readonly Problem[]): ListFile {
  return { file, kind: undefined, rows: [], problems };
}

function readJsonList(file: string, text: string): ListFile {
  const read = parseJson(file, text, remedies);
  if ("problems" in read) return bad(file, read.problems);
  const { value, position } = read.source;
  const isPlain = Array.isArray(value);
  const items = isPlain ? value : isMap(value) ? value.results : undefined;
  if (!Array.isArray(items) || !items.every(isMap))
    return bad(file, [wholeFile(file, "expected {count, results: […]} or a list of objects")]);
  const count = isMap(value) ? value.count : undefined;
  const first = items[0];
  if (!first) return { file, kind: "other", rows: [], problems: [] };
  const fields = new Set(items.flatMap((item) => Object.keys(item)));
  const kind = kindOfAddress(textOf(first.url)) ?? kindOfFields(fields);
  if (!kind) return bad(file, [wholeFile(file, `nothing tells what this lists (its fields are ${listed(fields)}); ${known}`)]);
  const other = items.findIndex((item) => (kindOfAddress(textOf(item.url)) ?? kind) !== kind);
  if (other >= 0) {
    const words = [kind, kindOfAddress(textOf(items[other]?.url)) ?? kind].map((each) => kindWords[each]).join(" and ");
    const at = position(isPlain ? [other] : ["results", other]);
    return bad(file, [{ position: at, message: `the file lists ${words}; expected one kind a file` }]);
  }
  const lacking = lackingFields(kind, fields);
  if (lacking.length > 0) return bad(file, [wholeFile(file, lackWords(kind, lacking))]);
  const rows = items.map((item, index): Row => {
    const values = valuesOf(item);
    return { kind, values, at: () => position(isPlain ? [index] : ["results", index]) };
  });
  return { file, kind, rows, problems: [], ...(typeof count === "number" ? { total: count } : {}) };
}

/** An object's fields as texts. */
function valuesOf(item: Readonly<Record<string, unknown>>): Map<string, string> {
  const { custom_fields: custom, connected_endpoints: peers, device_type: type, ...fields } = item;
  const own = isMap(custom) ? custom : {};
  const isNested = isMap(type);
  const all = {
    ...fields,
    ...own,
    device_type: type,
    ...(isNested && isMap(type.manufacturer) ? { manufacturer: type.manufacturer } : {}),
    ...(isMap(fields.rack) ? { rack_id: fields.rack.id } : {}),
    // A slug has Latin letters where a name may have none.
    ...(isMap(fields.tenant) && slugOf(textOf(fields.tenant)) === "" ? { tenant: fields.tenant.slug } : {}),
    ...(isMap(fields.group) ? { group_id: fields.group.id } : {}),
    ...(Array.isArray(peers) ? { connection: peers.map(peerOf).join(", ") } : {}),
    ...endOf(fields.a_terminations, "a"),
    ...endOf(fields.b_terminations, "b"),
    ...(isMap(fields.assigned_object) ? { interface: fields.assigned_object, device: fields.assigned_object.device } : {}),
  };
  return new Map(Object.entries(all).flatMap(([field, value]) => (textOf(value) === "" ? [] : [[field, textOf(value)]])));
}

/** An end of a cable, as the bulk import has it. */
function endOf(terminations: unknown, side: "a" | "b"): Readonly<Record<string, unknown>> {
  const [first] = Array.isArray(terminations) ? (terminations as readonly unknown[]) : [];
  const object = isMap(first) ? first.object : undefined;
  return isMap(object) ? { [`side_${side}_device`]: object.device, [`side_${side}_name`]: object.name } : {};
}

/** The far end of a cable as the list view shows it: `device > interface`. */
function peerOf(peer: unknown): string {
  return isMap(peer) ? `${textOf(peer.device)} > ${textOf(peer.name)}` : "";
}

/** A value of the REST API as a text: a choice by its value, a related object by its name, a range of numbers by its ends. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) {
    const isRange = value.length === 2 && value.every((part) => typeof part === "number");
    return value.map(textOf).join(isRange ? "-" : ",");
  }
  if (!isMap(value)) return "";
  const naming = ["value", "name", "model", "address", "prefix", "mac_address", "asn", "display"].find((key) => textOf(value[key]) !== "");
  return naming === undefined ? "" : textOf(value[naming]);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readCsvList(file: string, text: string): ListFile {
  const at = (line: number) => ({ file, line, column: 1 });
  try {
    const [header, ...records] = parse(text, {
      info: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count_less: true,
      delimiter: delimiterOf(text),
    }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    if (!header) return bad(file, [wholeFile(file, "the file is empty; expected a list that NetBox exported")]);
    const columns = header.record.map(columnOf);
    const kind = kindOfFields(new Set(columns));
    if (!kind)
      return bad(file, [{ position: at(1), message: `nothing tells what this lists (its columns are ${listed(columns)}); ${known}` }]);
    const fields = columns.map((column) => fieldOf(kind, column));
    const lacking = lackingFields(kind, new Set(fields));
    if (lacking.length > 0) return bad(file, [{ position: at(1), message: lackWords(kind, lacking) }]);
    const rows = records.map(({ record, info }): Row => {
      const values = new Map<string, string>();
      for (const [index, field] of fields.entries()) {
        const value = record[index] ?? "";
        if (value !== "" && value !== "—" && !values.has(field)) values.set(field, value);
      }
      return { kind, values, at: () => at(info.lines) };
    });
    return { file, kind, rows, problems: [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return bad(file, [{ position: at(Number(error.lines)), message: `not valid CSV: ${error.message}` }]);
  }
}

/** NetBox exports with a comma, a semicolon, a bar or a tab, as its user's settings say: the one that the header has most of. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/\r?\n|$/));
  const count = (mark: string): number => header.split(mark).length;
  return [",", ";", "|", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** A column's name in any form: `Facility ID`, `facility_id` and `cf_…` of a custom field. */
function columnOf(header: string): string {
  return header
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .replace(/^cf_/, "");
}

function listed(names: Iterable<string>): string {
  return render([...names].join(", "));
}
