/** The report as sections of items: what plain text and Markdown have in common. */
import { several } from "../../allocation/words";
import type { Json } from "../../manifests/apiObject";
import type { Body, CapacityLine, Cause, ChangeRow, GrantChange, Report } from "../report";
import type { Finding } from "../rule";
import type { Action } from "../change";
import { countsByRule } from "../verdict";
import { withoutBody } from "./bodies";
import { firstNames } from "./firstNames";
import { boundText, foldFindings, serverIn } from "./foldedFinding";
import type { Ink } from "./ink";

/** A part of the report. */
export interface Section {
  readonly heading: string;
  /** A table in place of items. */
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** Items, each of one or several lines; all that can be left out at the end is left out item by item. */
  readonly items: readonly string[];
  /** Details: what is cut first. @default it is to be read whole */
  readonly isDetail?: boolean;
  /** What stands for the items until the reader asks for them. @default nothing: they are shown */
  readonly folded?: string;
}

const longestValue = 160;

function valueText(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" && value !== "" ? value : JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text;
}

function causeText({ what, place }: Cause, ink: Ink): string {
  return `${ink.words(what)}${place === undefined ? "" : ` (${ink.code(place)})`}`;
}

/** The servers that a finding is about besides the first. */
function serversText(all: readonly Finding[], ink: Ink): string {
  const servers = all.slice(1).flatMap((finding) => serverIn(finding) ?? []);
  return servers.length > 0 ? `; also ${firstNames(servers, ink.code)}` : "";
}

function findingItems(findings: readonly Finding[], ink: Ink): string[] {
  const why = new Set<string>();
  return foldFindings(findings).map(({ finding, all }) => {
    const { rule, object, stack, address, what } = finding;
    const stacks = [...new Set(all.map((each) => each.stack))];
    const where =
      all.length === 1
        ? address === ""
          ? ""
          : ` (${ink.code(stack)} ${ink.code(address)})`
        : ` (${String(all.length)} times, in ${firstNames(stacks, ink.code)}${serversText(all, ink)})`;
    // What goes wrong is said once for each rule.
    const reason = why.has(rule) ? "" : `\n  ${ink.words(finding.why)}`;
    why.add(rule);
    return `${ink.strong(rule)}: ${ink.code(object)} — ${ink.words(`${what}${boundText(all)}`)}${where}${reason}`;
  });
}

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
const moved = (before: number, after: number): string => (before === after ? grouped(after) : `${grouped(before)} → ${grouped(after)}`);

function capacityRow({ what, unit, installed, promised, spare, free, runsOut }: CapacityLine): string[] {
  const pair = (figures: { readonly before: number; readonly after: number }): string => moved(figures.before, figures.after);
  const day = (date: string | null): string => date ?? "–";
  const out = runsOut.before === runsOut.after ? day(runsOut.after) : `${day(runsOut.before)} → ${day(runsOut.after)}`;
  return [what.endsWith(unit) ? what : `${what}, ${unit}`, pair(installed), pair(promised), pair(spare), pair(free), out];
}

function capacitySections({ capacity: { sites } }: Report, ink: Ink): Section[] {
  return sites.map(({ site, lines, deficits }) => ({
    heading: `Capacity of ${ink.words(site)}`,
    table: {
      head: ["", "installed", "promised", "spare", "free", "runs out"],
      rows: lines.map(capacityRow).map(([what = "", ...figures]) => [ink.words(what), ...figures]),
    },
    items: deficits.map(
      ({ what, remedy, isNew }) => `${isNew ? ink.strong("new deficit") : "deficit"}: ${ink.words(what)}; ${ink.words(remedy)}`,
    ),
  }));
}

const mostKeys = 6;

function keysText(sign: string, keys: readonly string[], ink: Ink): string {
  if (keys.length === 0) return "";
  const shown = keys.slice(0, mostKeys).map(ink.code).join(", ");
  return ` ${sign}${shown}${keys.length > mostKeys ? ` and ${String(keys.length - mostKeys)} more` : ""}`;
}

function grantItem(rows: readonly GrantChange[], ink: Ink): string {
  const [first] = rows;
  const causes = new Map(rows.flatMap((row) => row.causes).map((cause) => [JSON.stringify(cause), cause]));
  const isShared = causes.size <= 1;
  const lines = rows.map(({ resource, unit, before, after, added, removed, causes: own }) => {
    const difference = after - before;
    const sign = difference > 0 ? "+" : "";
    const amount =
      difference === 0 ? `${grouped(after)} ${unit}, others` : `${moved(before, after)} ${unit} (${sign}${grouped(difference)})`;
    const why = isShared || own.length === 0 ? "" : ` ← ${own.map((cause) => causeText(cause, ink)).join("; ")}`;
    return `  - ${ink.words(resource)}: ${amount}${keysText("+", added, ink)}${keysText("−", removed, ink)}${why}`;
  });
  const why = isShared ? [...causes.values()].map((cause) => ` ← ${causeText(cause, ink)}`).join("") : "";
  return [`${ink.strong(`${first?.messenger ?? ""} at ${first?.site ?? ""}`)}${why}`, ...lines].join("\n");
}

/** More holders than this are summed up, and stand one by one among the details. */
const mostHolders = 20;

function grantSections({ grants }: Report, ink: Ink): Section[] {
  if (grants.length === 0) return [];
  const holders = new Map<string, GrantChange[]>();
  for (const grant of grants)
    holders.set(`${grant.messenger} ${grant.site}`, [...(holders.get(`${grant.messenger} ${grant.site}`) ?? []), grant]);
  const items = [...holders.values()].map((rows) => grantItem(rows, ink));
  if (holders.size <= mostHolders) return [{ heading: "Grants", items }];
  const sums = new Map<string, { unit: string; gained: number; given: number; holders: Set<string> }>();
  for (const { messenger, resource, unit, before, after } of grants) {
    const sum = sums.get(resource) ?? { unit, gained: 0, given: 0, holders: new Set() };
    if (after > before) sum.gained += after - before;
    else sum.given += before - after;
    sums.set(resource, { ...sum, holders: sum.holders.add(messenger) });
  }
  const table = {
    head: ["", "gained", "given back", "by"],
    rows: [...sums].map(([resource, { unit, gained, given, holders: who }]) => [
      `${ink.words(resource)}, ${unit}`,
      grouped(gained),
      grouped(given),
      several(who.size, "holder"),
    ]),
  };
  return [
    { heading: "Grants", table, items: [] },
    { heading: "Grants, one by one", items, isDetail: true },
  ];
}

/** What an action is called where it was done outside. */
const outside: Readonly<Record<Action, string>> = { create: "appeared", update: "changed", replace: "made anew", destroy: "gone" };

/** What a row's objects hold; where that is not the same, each time with the names of those that hold it. */
function bodyLines(row: ChangeRow, ink: Ink): string[] {
  const { bodies = [] } = row;
  const left = withoutBody(row);
  const isShared = bodies.length === 1 && left === 0;
  const lines = bodies.flatMap((body) => ink.body(body, isShared ? undefined : bodyNames(body)));
  const note =
    lines.length > 0 && left > 0 ? ["", `*What ${several(left, "more object")} ${left === 1 ? "holds" : "hold"} is left out here.*`] : [];
  return [...lines, ...note].map((line) => (line === "" ? "" : `    ${line}`));
}

function bodyNames({ object, stacks, count }: Body): string {
  return `${object}${count > 1 ? ` ×${String(count)}` : ""} in ${firstNames(stacks)}`;
}

function changeLines(row: ChangeRow, causes: readonly Cause[], ink: Ink): string[] {
  const { action, count, object, address, attributes } = row;
  const times = count > 1 ? ` ×${String(count)}` : "";
  const lines = attributes
    .slice(0, ink.most)
    .map(({ path, before, after }) => `    - ${ink.code(path)} ${ink.code(valueText(before))} → ${ink.code(valueText(after))}`);
  if (attributes.length > lines.length) lines.push(`    - and ${several(attributes.length - lines.length, "other field")}`);
  return [
    `  - ${ink.strong("reverted" in row ? outside[action] : action)} ${ink.code(object)}${times} (${ink.code(address)})${causesText(causes, ink)}`,
    ...lines,
    ...bodyLines(row, ink),
  ];
}

function causesText(causes: readonly Cause[], ink: Ink): string {
  return causes.length === 0 ? "" : ` ← ${causes.map((cause) => causeText(cause, ink)).join("; ")}`;
}

/** An item for each set of stacks; what is the cause of all is said once. */
function changeItems(rows: readonly ChangeRow[], ink: Ink): string[] {
  const groups = new Map<string, ChangeRow[]>();
  for (const row of rows) groups.set(row.stacks.join(" "), [...(groups.get(row.stacks.join(" ")) ?? []), row]);
  return [...groups.values()].flatMap((group) => {
    const [{ stacks, causes } = { stacks: [], causes: [] }] = group;
    const isShared = group.every((row) => JSON.stringify(row.causes) === JSON.stringify(causes));
    const head = `${firstNames(stacks, ink.code)}${isShared ? causesText(causes, ink) : ""}`;
    return parted(group, ink.most).map((part) =>
      [head, ...part.flatMap((row) => changeLines(row, isShared ? [] : row.causes, ink))].join("\n"),
    );
  });
}

/** A list in parts of at most so many. */
function parted<Item>(items: readonly Item[], most: number): (readonly Item[])[] {
  return items.length <= most ? [items] : [items.slice(0, most), ...parted(items.slice(most), most)];
}

/** The sections that are not empty, in the order in which a reviewer needs them. */
export function sectionsOf(report: Report, ink: Ink): Section[] {
  const { notes, risk, security, changes, drift = [] } = report;
  const toward = (direction: "widens" | "narrows") => security.filter((finding) => finding.direction === direction);
  const [widens, narrows] = [toward("widens"), toward("narrows")];
  const sections: Section[] = [
    { heading: "To know first", items: notes.map(ink.words) },
    { heading: "Risk", items: findingItems(risk, ink) },
    { heading: "Security: widens", items: findingItems(widens, ink) },
    {
      heading: `Security: narrows (${String(narrows.length)})`,
      items: findingItems(narrows, ink),
      folded: countsByRule(narrows),
    },
    ...capacitySections(report, ink),
    ...grantSections(report, ink),
    { heading: "Changes", items: changeItems(changes, ink), isDetail: true },
    ...[true, false].map((reverted) => ({
      heading: `Drift, changed outside and not by this change: ${reverted ? "an apply takes it back" : "it stays as it is"}`,
      items: changeItems(
        drift.filter((row) => row.reverted === reverted),
        ink,
      ),
      isDetail: true,
    })),
  ];
  return sections.filter(({ items, table }) => items.length > 0 || table !== undefined);
}

/** What is the same on both sides, as a number. */
export function unchangedText({ unchanged }: Report): string {
  return unchanged === 0 ? "" : `${several(unchanged, "stack")} ${unchanged === 1 ? "is" : "are"} unchanged.`;
}
