/** The site drill: every site is lost for those that survive one, and the living site carries what they need then. */
import { several } from "../../allocation/words";
import type { Messenger } from "../../request/messenger";
import { bringAllBack, carry, peaksOf, pendingWords, podsOf, together, withLoads, workloadsAt } from "../load/carried";
import type { Drill, Stage, Verdict } from "../drill";
import { joinedNodes } from "../nodes/joinedNode";
import { bringBack, lose } from "../nodes/lostNodes";
import type { SiteLoad } from "../load/siteLoad";
import { utilisationOf } from "../load/utilisation";
import { idleBecause } from "../load/workload";
import { fullness } from "./rack";

const promise = "the loss of a site leaves 0 pods pending at the living one, and servers no fuller than u_degraded";

const standsAt = ({ placement: { sites } }: Messenger, { twinSite: { site } }: SiteLoad): boolean => (sites[site] ?? 0) > 0;

/** Loses a site where survivors run, and has the others carry what they need then. */
async function losing(stage: Stage, lost: SiteLoad, living: readonly SiteLoad[], survivors: readonly Messenger[]): Promise<Verdict[]> {
  // A site that has lived through the loss of another carries more than its share already.
  if (lost.isIdle) {
    await carry(
      stage,
      lost,
      peaksOf(stage).filter(({ messenger }) => survivors.includes(messenger)),
    );
    await lost.settle(stage.signal);
  }
  const api = await lost.twinSite.admin();
  const nodes = (await joinedNodes(api)).map(({ name }) => name);
  const loss = `lost ${lost.twinSite.site} with its ${several(nodes.length, "node")}`;
  try {
    stage.progress(`${lost.twinSite.site} is lost`);
    await lose(api, nodes);
    const [, verdicts] = await Promise.all([
      // With a site its controllers are gone too: nobody makes its pods anew.
      lost.takeAway(),
      together(living, (load) => atLiving(stage, load, survivors, loss)),
    ]);
    return verdicts.flat();
  } finally {
    await bringBack(api, nodes);
  }
}

async function atLiving(stage: Stage, load: SiteLoad, all: readonly Messenger[], loss: string): Promise<Verdict[]> {
  const { site } = load.twinSite;
  const survivors = all.filter((messenger) => standsAt(messenger, load));
  const sized = peaksOf(stage).map((each) => (survivors.includes(each.messenger) ? { ...each, carried: "afterSiteLoss" as const } : each));
  // Own servers are shared with nobody; in the pool everybody else is at peak, and nobody may be crowded out.
  const running = workloadsAt(stage, site, sized);
  const servers = new Set(running.filter(({ messenger }) => survivors.includes(messenger)).map(({ nodes }) => nodes));
  const sharing = new Set(running.filter(({ nodes }) => servers.has(nodes)).map(({ messenger }) => messenger));
  const workloads = await carry(
    stage,
    load,
    sized.filter(({ messenger }) => sharing.has(messenger)),
  );
  const { pending } = await load.settle(stage.signal);
  const nodes = await joinedNodes(await load.twinSite.admin());
  return survivors.map((messenger) => {
    const own = workloads.filter((workload) => workload.messenger === messenger);
    const kinds = new Set(own.map((workload) => workload.nodes));
    const [worst] = utilisationOf(
      workloads.filter((workload) => kinds.has(workload.nodes)),
      nodes,
    );
    const tooFull = worst !== undefined && worst.perMille > worst.allowed;
    return {
      promise,
      about: `${messenger.messenger}.${site}`,
      done: `${loss}; ran ${several(podsOf(own), "pod")} of it, and who shares its servers at peak`,
      seen: [pendingWords(pending), worst ? `${tooFull ? "too full: " : ""}${fullness(worst)}` : "it runs nothing here"].join("; "),
      kept: pending.length === 0 && !tooFull && worst !== undefined,
    };
  });
}

export const site: Drill = {
  name: "site",
  async run(stage) {
    const survivors = stage.request.messengers.filter(
      (messenger) => messenger.placement.survives === "site" && idleBecause(messenger) === undefined,
    );
    if (survivors.length === 0)
      return [
        { promise, about: "all messengers", done: "nothing", seen: "no messenger with a namespace is to survive a site", kept: true },
      ];
    return withLoads(stage, "site", async (loads) => {
      const verdicts: Verdict[] = [];
      for (const lost of loads) {
        const here = survivors.filter((messenger) => standsAt(messenger, lost));
        if (here.length === 0) continue;
        const living = loads.filter((load) => load !== lost);
        verdicts.push(...(await losing(stage, lost, living, here)));
      }
      return verdicts;
    });
  },
  clean: bringAllBack,
};
