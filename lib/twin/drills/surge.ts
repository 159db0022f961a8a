/** The surge drill: every dated surge at full size, with those who share its servers as they are on those days. */
import { several } from "../../allocation/words";
import type { Messenger } from "../../request/messenger";
import { valuesOf } from "../../sizing/coefficient";
import { dateOf, dayNumber } from "../../sizing/day";
import { sizeWith } from "../../sizing/size";
import { timelineOf } from "../../sizing/timeline";
import { pendingWords, podsOf, withLoads, workloadsAt, type Sized } from "../load/carried";
import { untried, type Drill, type Stage, type Verdict } from "../drill";
import type { SiteLoad } from "../load/siteLoad";
import { idleBecause } from "../load/workload";

/** A surge that somebody has dated. */
export interface DatedSurge {
  readonly name: string;
  /** Whose it is; all messengers' where it is nobody's. */
  readonly messenger?: Messenger;
  /** Days; both ends belong to it. */
  readonly from: string;
  readonly to: string;
}

/** Every dated surge that is not over on the book date, of all messengers first; each by its first day. */
export function surgesOf({ request, calendar }: Pick<Stage, "request" | "calendar">): DatedSurge[] {
  const own = request.messengers.flatMap((messenger) => messenger.surges.map(({ name, from, to }) => ({ name, messenger, from, to })));
  const all = calendar.surges.map(({ name, from, to }) => ({ name, from, to }));
  const byDay = (a: DatedSurge, b: DatedSurge): number => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);
  return [...all.sort(byDay), ...own.sort(byDay)].filter(({ to }) => to >= calendar.asOf);
}

/** The last day that is allocated for. */
const endOf = ({ calendar }: Pick<Stage, "calendar">): string => dateOf(dayNumber(calendar.asOf) + calendar.horizon);

/** Every messenger as it is in a surge's days, as far as they are allocated for. */
export function sizedIn(stage: Pick<Stage, "request" | "calendar">, { from, to }: DatedSurge): Sized[] {
  const { request, calendar } = stage;
  const first = dayNumber(from > calendar.asOf ? from : calendar.asOf);
  const last = Math.min(dayNumber(to), dayNumber(endOf(stage)));
  return request.messengers.map((messenger) => ({
    messenger,
    size: sizeWith(messenger, valuesOf(messenger.profile), { ...timelineOf(messenger, calendar), asOf: first, end: last }),
  }));
}

const promiseOf = ({ name, from, to }: DatedSurge): string => `the surge ${name} (${from} to ${to}) leaves 0 pods pending at full size`;

async function atSite(stage: Stage, load: SiteLoad, surges: readonly DatedSurge[], verdicts: Verdict[]): Promise<void> {
  const { site } = load.twinSite;
  for (const surge of surges) {
    const sized = sizedIn(stage, surge);
    const all = workloadsAt(stage, site, sized);
    const about = surge.messenger ? `${surge.messenger.messenger}.${site}` : `all messengers at ${site}`;
    const surging = surge.messenger && all.find(({ messenger }) => messenger === surge.messenger);
    // Whoever runs nothing here has no share of this site, or no pods anywhere: that is named below.
    if (surge.messenger && !surging) continue;
    // Own servers are shared with nobody, so that others have no part in it.
    const workloads = surging ? all.filter(({ nodes }) => nodes === surging.nodes) : all;
    if (workloads.length === 0) {
      verdicts.push(untried(promiseOf(surge), about, "nobody runs pods here on those days"));
      continue;
    }
    stage.progress(`${site}: ${surge.name}, ${several(podsOf(workloads), "pod")}`);
    await load.bring(workloads);
    const { pending } = await load.settle();
    const active = surge.messenger && sized.find(({ messenger }) => messenger === surge.messenger)?.size.peak.active;
    const who =
      active === undefined ? "all of them at once" : `${Math.round(active)} active users, and who shares its servers as on those days`;
    const far = surge.to > endOf(stage) ? `, as far as ${endOf(stage)}` : "";
    verdicts.push({
      promise: promiseOf(surge),
      about,
      done: `ran ${several(podsOf(workloads), "pod")}: ${who}${far}`,
      seen: pendingWords(pending),
      kept: pending.length === 0,
    });
  }
}

/** Surges that cannot be tried are named, not passed over. */
function outOfReach(stage: Stage, surges: readonly DatedSurge[]): Verdict[] {
  return surges.flatMap((surge) => {
    const idle = surge.messenger && idleBecause(surge.messenger);
    const why =
      surge.from > endOf(stage)
        ? `not yet allocated for: it begins after ${endOf(stage)}, where the lock's horizon ends`
        : idle === undefined
          ? undefined
          : `${idle}: it runs no pods here`;
    return why === undefined ? [] : untried(promiseOf(surge), surge.messenger?.messenger ?? "all messengers", why);
  });
}

export const surge: Drill = {
  name: "surge",
  async run(stage) {
    const all = surgesOf(stage);
    const near = all.filter(({ from }) => from <= endOf(stage));
    if (all.length === 0) return [untried("dated surges leave 0 pods pending", "all messengers", "nobody has dated one")];
    const verdicts = await withLoads(stage, "surge", (load, judged) => atSite(stage, load, near, judged));
    return [...verdicts, ...outOfReach(stage, all)];
  },
};
