/** Everything that a messenger's need is computed from, so that another value of any of it can be tried. */
import { needsOf, type SiteNeed } from "../../allocation/need";
import type { Estate } from "../../request/estate";
import type { Messenger } from "../../request/messenger";
import { valuesWith, type Values } from "../../sizing/coefficient";
import { demandOf } from "../../sizing/demand";
import { sizeWith, type Size } from "../../sizing/size";
import { calendarOf, timelineOf } from "../../sizing/timeline";
import type { Ground } from "../ground";

/** A messenger with all that its need comes from. */
export interface Setting {
  readonly estate: Estate;
  readonly messenger: Messenger;
  /** The book date. */
  readonly asOf: string;
  readonly values: Values;
}

/** A messenger's needs by site. */
export type Needs = ReadonlyMap<string, SiteNeed>;

/** The setting of a messenger on a side. */
export function settingOf({ estate, lock, coefficients }: Ground, messenger: Messenger): Setting {
  return { estate, messenger, asOf: lock.asOf, values: coefficients.values };
}

/** The messenger's size in a setting. */
export function sizeIn({ estate, messenger, asOf, values }: Setting): Size {
  return sizeWith(messenger, valuesWith(values, messenger.profile), timelineOf(messenger, calendarOf(estate, asOf)));
}

/** The messenger's needs in a setting. */
export function needsIn(setting: Setting): Needs {
  const { estate, messenger } = setting;
  return new Map(needsOf(estate, messenger, demandOf(sizeIn(setting), messenger)).map((need) => [need.site, need]));
}
