/** What each messenger gains or gives back, and why. */
import type { Cause, GrantChange } from "../report";
import { scrollBox } from "./findingList";
import { type Markup, markup } from "./markup";
import { code, sentence, type Voice } from "./voice";

/** Longer tables begin folded. */
const longest = 60;

export function grantTable(grants: readonly GrantChange[], voice: Voice): Markup {
  const columns = (["resource", "before", "after", "difference", "cause"] as const).map(
    (word) => markup`<th scope="col">${voice.word(word)}</th>`,
  );
  const table = markup`<table class="grants"><thead><tr>${columns}</tr></thead>${holdersOf(grants).map((rows) => holder(rows, voice))}</table>`;
  const box = scrollBox(voice.word("grants"), table);
  return grants.length > longest ? markup`<details><summary>${voice.count("rows", grants.length)}</summary>${box}</details>` : box;
}

/** Rows of the same messenger and site, in their order. */
function holdersOf(grants: readonly GrantChange[]): GrantChange[][] {
  const holders = new Map<string, GrantChange[]>();
  for (const grant of grants) {
    const key = JSON.stringify([grant.messenger, grant.site]);
    holders.set(key, [...(holders.get(key) ?? []), grant]);
  }
  return [...holders.values()];
}

function holder(rows: readonly GrantChange[], voice: Voice): Markup {
  const [first] = rows;
  if (!first) return markup``;
  const isShared = haveSameCauses(rows);
  const heading = markup`<tr class="holder"><th scope="rowgroup" colspan="5"><bdi>${first.messenger}</bdi> <span class="unit">${voice.word("site")} ${code(first.site)}</span>${isShared ? causeList(first.causes) : undefined}</th></tr>`;
  return markup`<tbody>${heading}${rows.map((row) => grantRow(row, isShared, voice))}</tbody>`;
}

function grantRow({ resource, unit, before, after, added, removed, causes }: GrantChange, isShared: boolean, voice: Voice): Markup {
  const keys = [keyList(voice.count("keysAdded", added.length), added), keyList(voice.count("keysRemoved", removed.length), removed)];
  const sign = after === before ? "" : after > before ? "gain" : "loss";
  return markup`<tr><th scope="row">${voice.term(resource)} <span class="unit">${voice.term(unit)}</span>${keys}</th><td class="n">${voice.number(before)}</td><td class="n">${voice.number(after)}</td><td class="n ${sign}">${voice.number(after - before, true)}</td><td>${isShared ? undefined : causeList(causes)}</td></tr>`;
}

function keyList(summary: string, keys: readonly string[]): Markup | undefined {
  return keys.length === 0 ? undefined : markup`<details class="keys"><summary>${summary}</summary>${code(keys.join(" "))}</details>`;
}

/** Whether several rows have the same causes, which are then said once. */
export function haveSameCauses(rows: readonly { readonly causes: readonly Cause[] }[]): boolean {
  const [first, ...others] = rows.map(({ causes }) => JSON.stringify(causes));
  return others.length > 0 && others.every((causes) => causes === first);
}

/** Causes with the places of the files that they stand in. */
export function causeList(causes: readonly Cause[]): Markup | undefined {
  if (causes.length === 0) return undefined;
  const item = ({ what, place }: Cause): Markup =>
    markup`<li>${sentence(what)}${place === undefined ? undefined : markup` ${code(place)}`}</li>`;
  return markup`<ul class="causes">${causes.map(item)}</ul>`;
}
