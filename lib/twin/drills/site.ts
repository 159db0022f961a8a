/** The site drill: every site is lost for those that survive one, and the living site carries what they need then. */
import { several } from "../../allocation/words";
import type { Messenger } from "../../request/messenger";
import { bringAllBack, carry, peaksOf, pendingWords, podsOf, workloadsAt } from "../load/carried";
import { everywhere, untried, type Drill, type Stage, type Verdict } from "../drill";
import { lastly, together } from "../ending";
import { joinedNodes } from "../nodes/joinedNode";
import { bringBack, lose } from "../nodes/lostNodes";
import { SiteLoad } from "../load/siteLoad";
import { utilisationOf } from "../load/utilisation";
import { idleBecause } from "../load/workload";
import { fullness } from "./rack";

const promise = "the loss of a site leaves 0 pods pending at the living one, and servers no fuller than u_degraded";

const standsAt = ({ placement: { sites } }: Messenger, { twinSite: { site } }: SiteLoad): boolean => (sites[site] ?? 0) > 0;

/** Loses a site where survivors run, and has the others carry what they need then. */
async function losing(
  stage: Stage,
  [lost, ...living]: readonly [SiteLoad, ...SiteLoad[]],
  survivors: readonly Messenger[],
  verdicts: Verdict[],
): Promise<void> {
  // A site that has lived through the loss of another carries more than its share already.
  if (lost.isIdle) {
    await carry(
      stage,
      lost,
      peaksOf(stage).filter(({ messenger }) => survivors.includes(messenger)),
    );
    await lost.settle();
  }
  const api = await lost.twinSite.admin();
  const nodes = (await joinedNodes(api)).map(({ name }) => name);
  const loss = `lost ${lost.twinSite.site} with its ${several(nodes.length, "node")}`;
  stage.progress(`${lost.twinSite.site} is lost`);
  await lastly(
    async () => {
      await lose(api, nodes);
      // With a site its controllers are gone too: nobody makes its pods anew.
      await together([lost.takeAway(), ...living.map((load) => atLiving(stage, load, survivors, loss, verdicts))]);
    },
    () => bringBack(api, nodes),
  );
}

async function atLiving(stage: Stage, load: SiteLoad, all: readonly Messenger[], loss: string, verdicts: Verdict[]): Promise<void> {
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
  const { placed, pending } = await load.settle();
  const nodes = await joinedNodes(await load.twinSite.admin());
  for (const messenger of survivors) {
    const about = `${messenger.messenger}.${site}`;
    const own = workloads.filter((workload) => workload.messenger === messenger);
    if (own.length === 0) {
      verdicts.push(untried(promise, about, "it needs nothing here"));
      continue;
    }
    const kinds = new Set(own.map((workload) => workload.nodes));
    const theirs = nodes.filter(({ holder }) => kinds.has(holder));
    const [worst] = utilisationOf(workloads, placed, theirs, stage.request.estate.reserve);
    verdicts.push({
      promise,
      about,
      done: `${loss}; ran ${several(podsOf(own), "pod")} of it, and who shares its servers at peak`,
      seen: [pendingWords(pending), ...(worst ? [fullness(worst)] : [])].join("; "),
      kept: pending.length === 0 && worst?.tooFull !== true,
    });
  }
}

/** Loses every site where survivors run, one after the other. */
async function losingEach(stage: Stage, loads: readonly SiteLoad[], survivors: readonly Messenger[], verdicts: Verdict[]): Promise<void> {
  for (const lost of loads) {
    const here = survivors.filter((messenger) => standsAt(messenger, lost));
    if (here.length > 0) await losing(stage, [lost, ...loads.filter((load) => load !== lost)], here, verdicts);
  }
}

export const site: Drill = {
  name: "site",
  async run(stage) {
    const survivors = stage.request.messengers.filter(
      (messenger) => messenger.placement.survives === "site" && idleBecause(messenger) === undefined,
    );
    if (survivors.length === 0) return [untried(promise, "all messengers", "no messenger with a namespace is to survive a site")];
    const all = Array.from(stage.sites.values(), (twinSite) => new SiteLoad(twinSite, "site", stage.signal));
    // The sites have to do with each other here: together they are one.
    return everywhere([all], (loads, verdicts) =>
      lastly(
        () => losingEach(stage, loads, survivors, verdicts),
        () => together(loads.map((load) => load.takeAway())),
      ),
    );
  },
  clean: bringAllBack,
};
