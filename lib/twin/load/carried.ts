/** What a drill has a site carry, and how its sites are brought into that state and out of it again. */
import { several } from "../../allocation/words";
import type { Messenger } from "../../request/messenger";
import { sizeMessenger, type Size } from "../../sizing/size";
import { everywhere, type DrillName, type Stage, type Verdict } from "../drill";
import { lastly, together } from "../ending";
import { bringBack, lostNodes } from "../nodes/lostNodes";
import { SiteLoad } from "./siteLoad";
import type { Pending } from "./standing";
import { workloadOf, type Carried, type Workload } from "./workload";

/** A messenger and the size whose peak it is to carry. */
export interface Sized {
  readonly messenger: Messenger;
  readonly size: Size;
  /** @default groups */
  readonly carried?: Carried;
}

/** Every messenger at its peak. */
export function peaksOf({ request, calendar }: Stage): Sized[] {
  return request.messengers.map((messenger) => ({ messenger, size: sizeMessenger(messenger, calendar) }));
}

/** What these messengers run at a site. */
export function workloadsAt({ request }: Stage, site: string, sized: readonly Sized[]): Workload[] {
  return sized.flatMap(({ messenger, size, carried }) => workloadOf(request, messenger, size, site, carried) ?? []);
}

/** The number of pods of workloads. */
export function podsOf(workloads: readonly Workload[]): number {
  return workloads.reduce((sum, { pods }) => sum + pods.reduce((all, { replicas }) => all + replicas, 0), 0);
}

/** Works with a load at every site; whatever happens, it is taken away in the end. */
export function withLoads(
  { sites, signal }: Stage,
  drill: DrillName,
  work: (load: SiteLoad, verdicts: Verdict[]) => Promise<void>,
): Promise<Verdict[]> {
  return everywhere(sites.values(), async (twinSite, verdicts) => {
    const load = new SiteLoad(twinSite, drill, signal);
    await lastly(
      () => work(load, verdicts),
      () => load.takeAway(),
    );
  });
}

/** Has a site carry messengers' needs, and answers with what runs there; `settle` waits for it. */
export async function carry(stage: Stage, load: SiteLoad, sized: readonly Sized[]): Promise<Workload[]> {
  const { site } = load.twinSite;
  const workloads = workloadsAt(stage, site, sized);
  stage.progress(`${site}: ${several(podsOf(workloads), "pod")} of ${several(workloads.length, "messenger")}`);
  await load.bring(workloads);
  return workloads;
}

/** Brings back what a killed rehearsal lost. */
export async function bringAllBack({ sites }: Stage): Promise<void> {
  await together(
    Array.from(sites.values(), async (site) => {
      const api = await site.admin();
      await bringBack(api, await lostNodes(api));
    }),
  );
}

/** What stays pending, by messenger and group, each with the first sentence of what it was told; `0 pods pending` where nothing does. */
export function pendingWords(pending: readonly Pending[]): string {
  if (pending.length === 0) return "0 pods pending";
  const groups = new Map<string, Pending[]>();
  for (const each of pending) {
    const key = `${each.messenger}'s group ${each.pods.group}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups]
    .map(([whose, all]) => {
      const roles = all.map(({ pods, count }) => `${count} of ${pods.replicas} ${pods.name}`).join(", ");
      const words = [...new Set(all.flatMap((each) => each.words?.split(". ", 1) ?? []))];
      const count = all.reduce((sum, each) => sum + each.count, 0);
      return `${several(count, "pod")} of ${whose} pending (${roles}): ${words.join("; ") || "nobody says why"}`;
    })
    .join("; ");
}
