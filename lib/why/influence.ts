/** What a messenger's need follows: the keys of its file and the coefficients that move it, the strongest first. */
import type { SiteNeed } from "../allocation/need";
import type { Ground } from "../diff/ground";
import { pathText } from "../diff/cause/changedValue";
import { placeText } from "../diff/cause/input";
import { needsIn, settingOf, type Setting } from "../diff/cause/setting";
import type { Messenger } from "../request/messenger";
import type { Path } from "../request/source";
import { usedCoefficients } from "../sizing/basis";
import { coefficientBook } from "../sizing/coefficient";
import { calendarOf } from "../sizing/timeline";

/** One number that the need follows. */
export interface Influence {
  /** `audience.active 5M`, or `coefficient conn_node 100000`. */
  readonly what: string;
  /** The line of the messenger's file. @default it is a coefficient */
  readonly place?: string;
  /** Where a coefficient comes from. @default it is the file's */
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

/** What moves a part of a messenger's need at a site, the first `most`. */
export function influencesOf(ground: Ground, messenger: Messenger, site: string, part: Part, most: number): Influence[] {
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
  const ofFile = numbersOf(messenger).map(({ path, larger }): Influence => {
    const raw = path.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], source?.value);
    return {
      what: `${pathText(path)}${typeof raw === "string" || typeof raw === "number" ? ` ${raw}` : ""}`,
      ...(source && { place: placeText(source.position(path)) }),
      percent: percentOf({ messenger: larger }),
    };
  });
  const book = coefficientBook().coefficients;
  const ofBook = usedCoefficients(messenger, calendarOf(estate, asOf))
    .filter((name) => messenger.profile[name] === undefined)
    .map((name): Influence => ({
      what: `coefficient ${name} ${String(values[name])}`,
      source: `${book[name].kind}: ${book[name].source}`,
      percent: percentOf({ values: { ...values, [name]: values[name] * step } }),
    }));
  return [...ofFile, ...ofBook]
    .filter(({ percent }) => percent !== 0)
    .sort((a, b) => Math.abs(b.percent) - Math.abs(a.percent))
    .slice(0, most);
}
