/** What a messenger's need follows: the keys of its file, the surges of all, and the coefficients that move it. */
import type { SiteNeed } from "../allocation/need";
import type { Ground } from "../diff/ground";
import { pathText } from "../diff/cause/changedValue";
import { placeText } from "../diff/cause/input";
import { needsIn, settingOf, type Setting } from "../diff/cause/setting";
import { figure } from "../page/page";
import type { Messenger } from "../request/messenger";
import type { Path } from "../request/source";
import { usedCoefficients } from "../sizing/basis";
import { coefficientBook } from "../sizing/coefficient";
import { calendarOf } from "../sizing/timeline";
import { estatePlace, valueAt } from "./reason";

/** One number that the need follows. */
export interface Influence {
  /** `audience.active 5M`, or `coefficient conn_node 100,000`. */
  readonly what: string;
  /** The line of the messenger's or the estate's file. @default it is a coefficient */
  readonly place?: string;
  /** Where a coefficient comes from. @default a file says it */
  readonly source?: string;
  /** By how much the need grows, in per cent, where this is a tenth larger. */
  readonly percent: number;
}

/** The figures of a need that a question is about; those that follow the load. */
export type Part = (need: SiteNeed | undefined) => readonly number[];

const step = 1.1;

/** The numbers of a messenger, each with its path in the file and the messenger in which it is a tenth larger. */
function numbersOf(messenger: Messenger): { path: Path; larger: Messenger }[] {
  const found: { path: Path; larger: Messenger }[] = [];
  const walk = (value: unknown, path: Path, put: (larger: unknown) => Messenger): void => {
    if (typeof value === "number") found.push({ path, larger: put(value * step) });
    else if (Array.isArray(value))
      value.forEach((item: unknown, index) => {
        walk(item, [...path, index], (larger) => put(value.map((each: unknown, other) => (other === index ? larger : each))));
      });
    else if (typeof value === "object" && value !== null)
      for (const [key, item] of Object.entries(value)) walk(item, [...path, key], (larger) => put({ ...value, [key]: larger }));
  };
  walk(messenger, [], (larger) => larger as Messenger);
  // The shares of the sites are one whole: none of them is larger alone.
  const own = found.filter(({ path: [key] }) => key !== "placement");
  // Growth stands in the file by its dates.
  return own.map(({ path, larger }) => {
    const [key, index] = path;
    return { larger, path: key === "growth" && typeof index === "number" ? [key, messenger.growth[index]?.date ?? ""] : path };
  });
}

/** What makes the audience as large as it is comes first, then what else the file says, then the coefficients. */
function rankOf({ what, source }: Influence): number {
  if (source !== undefined) return what.startsWith("coefficient surge_users ") ? 2 : 3;
  return /^(?:audience|growth|surges|estate surges)\b/.test(what) ? 0 : 1;
}

/** What moves a part of a messenger's need at a site; the active users are told even where other figures stand in their place. */
export function influencesOf(ground: Ground, messenger: Messenger, site: string, part: Part): Influence[] {
  const setting = settingOf(ground, messenger);
  const { estate, asOf, values } = setting;
  const figuresOf = (tried: Setting): readonly number[] => part(needsIn(tried).get(site));
  const now = figuresOf(setting);
  const percentOf = (change: Partial<Setting>): number => {
    const then = figuresOf({ ...setting, ...change });
    const changes = now.flatMap((figure, index) => (figure === 0 ? [] : [((then[index] ?? 0) - figure) / figure]));
    const largest = changes.reduce((top, change) => (Math.abs(change) > Math.abs(top) ? change : top), 0);
    return Math.round(largest * 1000) / 10;
  };
  const source = ground.messengerSource(messenger.messenger);
  const ofFile = numbersOf(messenger).flatMap(({ path, larger }): Influence[] => {
    const raw = valueAt(source, path);
    const percent = percentOf({ messenger: larger });
    if (percent === 0 && pathText(path) !== "audience.active") return [];
    const what = `${pathText(path)}${typeof raw === "string" || typeof raw === "number" ? ` ${raw}` : ""}`;
    return [{ what, ...(source && { place: placeText(source.position(path)) }), percent }];
  });
  const ofEstate = estate.surges.map(({ name, factor }, index): Influence => {
    const surges = estate.surges.map((surge, other) => (other === index ? { ...surge, factor: factor * step } : surge));
    const path = ["surges", index, "factor"];
    return {
      what: `estate ${pathText(path)} ${String(factor)} (${name})`,
      place: estatePlace(ground, path),
      percent: percentOf({ estate: { ...estate, surges } }),
    };
  });
  const book = coefficientBook().coefficients;
  const ofBook = usedCoefficients(messenger, calendarOf(estate, asOf))
    .filter((name) => messenger.profile[name] === undefined)
    .map((name): Influence => ({
      what: `coefficient ${name} ${figure(values[name])}`,
      source: `${book[name].kind}: ${book[name].source}`,
      percent: percentOf({ values: { ...values, [name]: values[name] * step } }),
    }));
  return [...ofFile, ...[...ofEstate, ...ofBook].filter(({ percent }) => percent !== 0)].sort(
    (a, b) => rankOf(a) - rankOf(b) || Math.abs(b.percent) - Math.abs(a.percent),
  );
}
