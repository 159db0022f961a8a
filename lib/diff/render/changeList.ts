/** Changed objects, by the stacks in which they change; drift looks and is called differently. */
import type { Json } from "../../manifests/apiObject";
import { type Action, actions } from "../change";
import type { Body, ChangeRow } from "../report";
import { linesOf, withoutBody } from "./bodies";
import { causeList, haveSameCauses } from "./grantTable";
import { type Markup, markup } from "./markup";
import { code, type Voice } from "./voice";
import type { Word } from "./words";

/** What is called how: a change, or what happened outside. */
export type Manner = "change" | "drift";

const actionWords: Readonly<Record<Manner, Readonly<Record<Action, Word>>>> = {
  change: { create: "create", update: "update", replace: "replace", destroy: "destroy" },
  drift: { create: "driftCreate", update: "driftUpdate", replace: "driftReplace", destroy: "driftDestroy" },
};
/** With more rows than this, each group begins folded. */
const mostOpen = 30;
/** More stacks than these are a number, their names folded. */
const mostNames = 4;
/** A longer value is folded. */
const longestValue = 240;
/** A longer body is cut. */
const longestBody = { line: 4000, text: 20_000 };

/** The rows in groups, one for each set of stacks, in the order of its first row. */
export function changeList(rows: readonly ChangeRow[], manner: Manner, voice: Voice): Markup {
  const groups = new Map<string, ChangeRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(row.stacks);
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  return markup`${[...groups.values()].map((group) => changeGroup(group, manner, rows.length <= mostOpen, voice))}`;
}

function changeGroup(rows: readonly ChangeRow[], manner: Manner, isOpen: boolean, voice: Voice): Markup {
  const [{ stacks, causes } = { stacks: [], causes: [] }] = rows;
  const isShared = haveSameCauses(rows);
  const isLong = stacks.length > mostNames;
  const name = isLong ? markup`${voice.count("stacks", stacks.length)}` : code(stacks.join(" "));
  const list = isLong
    ? markup`<details class="keys"><summary>${voice.word("names")}</summary>${code(stacks.join(" "))}</details>`
    : undefined;
  const items = rows.map((row) => changeItem(row, manner, isShared, voice));
  return markup`<details class="group"${isOpen ? markup` open` : undefined}><summary><b>${name}</b> ${countsOf(rows, manner, voice)}</summary>${list}${isShared ? causeList(causes) : undefined}<ul class="rows">${items}</ul></details>`;
}

function countsOf(rows: readonly ChangeRow[], manner: Manner, voice: Voice): Markup[] {
  return actions.flatMap((action) => {
    const count = rows.filter((row) => row.action === action).reduce((sum, row) => sum + row.count, 0);
    return count === 0 ? [] : [markup`<span class="count">${voice.figure(count)} ${voice.word(actionWords[manner][action])}</span> `];
  });
}

function changeItem(row: ChangeRow, manner: Manner, isShared: boolean, voice: Voice): Markup {
  const { action, kind, object, address, count, attributes, causes } = row;
  const name = object.startsWith(kind) ? object : `${kind} ${object}`;
  const many = times(count, voice);
  return markup`<li><span class="badge ${action}">${voice.word(actionWords[manner][action])}</span> <b>${code(name)}</b>${many} <code class="at" dir="ltr">${address}</code>${attributeList(attributes, voice)}${bodyList(row, voice)}${isShared ? undefined : causeList(causes)}</li>`;
}

function times(count: number, voice: Voice): Markup | undefined {
  return count > 1 ? markup` <bdi dir="ltr" class="count">×${voice.figure(count)}</bdi>` : undefined;
}

/** What a row's objects hold, folded; where that is not the same, each time with the names of those that hold it. */
function bodyList(row: ChangeRow, voice: Voice): Markup | undefined {
  const { bodies = [] } = row;
  const left = withoutBody(row);
  const isShared = bodies.length === 1 && left === 0;
  const item = (body: Body): Markup => {
    const { object, count, stacks } = body;
    const [first = ""] = stacks;
    const where = stacks.length === 1 ? code(first) : voice.count("stacks", stacks.length);
    const title = isShared ? voice.word("body") : markup`${code(object)}${times(count, voice)} <span class="at">${where}</span>`;
    return markup`<details class="body"><summary>${title}</summary><pre lang="en" dir="ltr">${linesOf(body, longestBody).join("\n")}</pre></details>`;
  };
  return markup`${bodies.map(item)}${left > 0 ? markup`<p class="left">${voice.count("bodiesLeft", left)} ${code("--format json")}</p>` : undefined}`;
}

function attributeList(attributes: ChangeRow["attributes"], voice: Voice): Markup | undefined {
  if (attributes.length === 0) return undefined;
  const item = ({ path, before, after }: ChangeRow["attributes"][number]): Markup =>
    markup`<li>${code(path)}<div><del dir="ltr">${valueOf(before, voice)}</del> ${voice.arrow} <ins dir="ltr">${valueOf(after, voice)}</ins></div></li>`;
  return markup`<ul class="attributes">${attributes.map(item)}</ul>`;
}

/** A value as people write it: texts bare, all else as JSON. */
function valueOf(value: Json | undefined, voice: Voice): Markup {
  if (value === undefined) return markup`<i>${voice.word("notSet")}</i>`;
  const text = typeof value === "string" && value !== "" ? value : JSON.stringify(value);
  if (text.length <= longestValue) return markup`${text}`;
  return markup`<details class="value"><summary>${voice.word("value")}</summary><pre>${text}</pre></details>`;
}
