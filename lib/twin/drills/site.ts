/** The site drill: every site is lost for those that survive one, and the living site carries what they need then. */
import { several } from "../../allocation/words";
import type { Messenger } from "../../request/messenger";
import { bringAllBack, carry, peaksOf, pendingWords, podsOf, together, withLoads } from "../carried";
import type { Drill, Stage, Verdict } from "../drill";
import { joinedNodes } from "../joinedNode";
import { bringBack, lose } from "../lostNodes";
import type { SiteLoad } from "../siteLoad";
import { utilisationOf } from "../utilisation";
import { idleBecause } from "../workload";
import { fullness } from "./rack";

const promise = "the loss of a site leaves 0 pods pending at the living one, and servers no fuller than u_degraded";

const standsAt = ({ placement: { sites } }: Messenger, { twinSite: { site } }: SiteLoad): boolean => (sites[site] ?? 0) > 0;

/** Loses a site that is at its peak, and has the others carry what its survivors need then, beside everybody else's peak. */
async function losing(stage: Stage, lost: SiteLoad, living: readonly SiteLoad[], survivors: readonly Messenger[]): Promise<Verdict[]> {
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
  const survivors = all.filter((messenger) => standsAt(messenger, load));
  const sized = peaksOf(stage).map((each) => (survivors.includes(each.messenger) ? { ...each, carried: "afterSiteLoss" as const } : each));
  const workloads = await carry(stage, load, sized);
  const { pending } = await load.settle(stage.signal);
  const nodes = await joinedNodes(await load.twinSite.admin());
  return survivors.map((messenger) => {
    const own = workloads.filter((workload) => workload.messenger === messenger);
    const [worst] = utilisationOf(own, nodes);
    const tooFull = worst !== undefined && worst.perMille > worst.allowed;
    return {
      promise,
      about: `${messenger.messenger}.${load.twinSite.site}`,
      done: `${loss}; ran ${several(podsOf(own), "pod")} of it beside everybody's peak`,
      // Of anybody: nobody's pods may be crowded out by what came over.
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
        // A site that was lost before begins anew; one that lives still carries what it took over, which is more than its share.
        await together(
          loads.filter((load) => load.isIdle),
          async (load) => {
            await carry(stage, load, peaksOf(stage));
            await load.settle(stage.signal);
          },
        );
        const living = loads.filter((load) => load !== lost);
        verdicts.push(...(await losing(stage, lost, living, here)));
      }
      return verdicts;
    });
  },
  clean: bringAllBack,
};
