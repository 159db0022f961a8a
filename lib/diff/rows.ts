/** The same change over many stacks as one row. */
import { poolHolder } from "../allocation/grant";
import type { ApiObject, Json } from "../manifests/apiObject";
import { isObject } from "../manifests/apiObject";
import type { ObjectChange } from "./change";
import { changedName } from "./name";
import { holderOfStack } from "./plan/stackName";
import type { Body, ChangeRow } from "./report";
import { withTexts } from "./semantics/hostData";
import { maskedObject } from "./semantics/sensitive";

/** A row with one of the changes that it stands for. */
export interface Row {
  readonly change: Omit<ChangeRow, "causes">;
  readonly example: ObjectChange;
}

/** Writes a text with names, or with what stands for them. */
type Naming = (text: string) => string;
const asItIs: Naming = (text) => text;

/** A text with the names of its stack in place of the real ones, so that what differs in them alone is alike. */
function namelessly({ stack, site, address }: ObjectChange, isOneStack: boolean): Naming {
  const messenger = holderOfStack(stack);
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

function mapTexts(value: Json, map: Naming): Json {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => mapTexts(item, map));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [map(key), mapTexts(item, map)]));
  return value;
}

/** Changes of which the same is said. */
interface Alike<Said> {
  readonly said: Said;
  readonly example: ObjectChange;
  readonly stacks: string[];
  readonly count: number;
  readonly members: readonly ObjectChange[];
}

/** Changes of which the same is said but for names, in the order of the first. One that is alone stands under its own names. */
function alike<Said>(changes: readonly ObjectChange[], say: (change: ObjectChange, naming: Naming) => Said): Alike<Said>[] {
  const groups = new Map<string, ObjectChange[]>();
  for (const change of changes) {
    const key = JSON.stringify(say(change, namelessly(change, false)));
    const known = groups.get(key);
    if (known) known.push(change);
    else groups.set(key, [change]);
  }
  return [...groups.values()].flatMap((members) => {
    const [example] = members;
    if (!example) return [];
    const stacks = [...new Set(members.map(({ stack }) => stack))];
    const naming = members.length === 1 ? asItIs : namelessly(example, stacks.length === 1);
    return [{ said: say(example, naming), example, stacks, count: members.length, members }];
  });
}

function rowText(change: ObjectChange, naming: Naming): Omit<ChangeRow, "causes" | "stacks" | "count"> {
  return {
    action: change.action,
    kind: (change.after ?? change.before)?.object.kind ?? "",
    object: naming(changedName(change)),
    address: naming(change.address),
    attributes: change.attributes.map(({ path, before, after }) => ({
      path: naming(path),
      ...(before !== undefined && { before: mapTexts(before, naming) }),
      ...(after !== undefined && { after: mapTexts(after, naming) }),
    })),
  };
}

/** What objects hold that only one side has. */
function bodiesOf(changes: readonly ObjectChange[]): Body[] {
  const oneSided = changes.filter(({ before, after }) => !before || !after);
  return alike(oneSided, (change, naming) => {
    const side = change.after ?? change.before;
    const manifest = mapTexts(side ? withTexts(maskedObject(side.object)) : {}, naming) as ApiObject;
    return { object: naming(changedName(change)), manifest };
  }).map(({ said, stacks, count }) => ({ ...said, stacks, count }));
}

/** Rows in the order of their first change. */
export function rowsOf(changes: readonly ObjectChange[]): Row[] {
  return alike(changes, rowText).map(({ said, example, stacks, count, members }) => {
    const bodies = bodiesOf(members);
    return { change: { ...said, stacks, count, ...(bodies.length > 0 && { bodies }) }, example };
  });
}
