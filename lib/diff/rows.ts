/** The same change over many stacks as one row. */
import { poolHolder } from "../allocation/grant";
import type { Json } from "../manifests/apiObject";
import { isObject } from "../manifests/apiObject";
import type { ObjectChange } from "./change";
import { changedName } from "./name";
import type { ChangeRow } from "./report";

/** A row with one of the changes that it stands for. */
export interface Row {
  readonly change: Omit<ChangeRow, "causes">;
  readonly example: ObjectChange;
}

/** A text with the names of its stack in place of the real ones, so that what differs in them alone is alike. */
function namelessly({ stack, site, address }: ObjectChange, isOneStack: boolean): (text: string) => string {
  const messenger = stack.slice(0, -site.length - 1);
  const server = /(?:^|_)([a-z0-9-]+-s\d\d)$/.exec(address)?.[1] ?? "";
  const marks = new Map([
    ...(isOneStack ? [] : [[site, "<site>"] as const]),
    ...(isOneStack || messenger === "site" || messenger === poolHolder ? [] : [[messenger, "<messenger>"] as const]),
    [server, "<server>"],
  ]);
  marks.delete("");
  if (marks.size === 0) return (text) => text;
  // All at once, the longer first: what stands for a name is no name.
  const names = [...marks.keys()].sort((a, b) => b.length - a.length).map((name) => name.replace(/\W/g, "\\$&"));
  const pattern = new RegExp(`(?<![a-z0-9])(?:${names.join("|")})(?![a-z0-9])`, "g");
  return (text) => text.replace(pattern, (name) => marks.get(name) ?? name);
}

function mapTexts(value: Json, map: (text: string) => string): Json {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => mapTexts(item, map));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [map(key), mapTexts(item, map)]));
  return value;
}

function namelessRow(change: ObjectChange, isOneStack: boolean): Omit<ChangeRow, "causes" | "stacks" | "count"> {
  const map = namelessly(change, isOneStack);
  return {
    action: change.action,
    kind: (change.after ?? change.before)?.object.kind ?? "",
    object: map(changedName(change)),
    address: map(change.address),
    attributes: change.attributes.map(({ path, before, after }) => ({
      path: map(path),
      ...(before !== undefined && { before: mapTexts(before, map) }),
      ...(after !== undefined && { after: mapTexts(after, map) }),
    })),
  };
}

/** Rows in the order of their first change. A change that is alone stands under its own names. */
export function rowsOf(changes: readonly ObjectChange[]): Row[] {
  const alike = new Map<string, { readonly row: ReturnType<typeof namelessRow>; readonly changes: ObjectChange[] }>();
  for (const change of changes) {
    const row = namelessRow(change, false);
    const key = JSON.stringify(row);
    const known = alike.get(key);
    if (known) known.changes.push(change);
    else alike.set(key, { row, changes: [change] });
  }
  return [...alike.values()].flatMap(({ row, changes: members }) => {
    const [example] = members;
    if (!example) return [];
    const stacks = [...new Set(members.map(({ stack }) => stack))];
    const own = { object: changedName(example), address: example.address, attributes: [...example.attributes] };
    const shown = members.length === 1 ? { ...row, ...own } : stacks.length === 1 ? namelessRow(example, true) : row;
    return [{ change: { ...shown, stacks, count: members.length }, example }];
  });
}
