/** The rack drill: at peak every rack is lost, one after the other, and nobody's pods stay without a place. */
import { grantsOf, poolHolder } from "../../allocation/grant";
import { perCent, several } from "../../allocation/words";
import { bringAllBack, carry, peaksOf, pendingWords, withLoads } from "../load/carried";
import { untried, type Drill, type Stage, type Verdict } from "../drill";
import { lastly } from "../ending";
import { joinedNodes, type JoinedNode } from "../nodes/joinedNode";
import { bringBack, lose } from "../nodes/lostNodes";
import type { SiteLoad } from "../load/siteLoad";
import type { Standing } from "../load/standing";
import { utilisationOf, type Utilisation } from "../load/utilisation";
import { idleBecause } from "../load/workload";

const promise = "the loss of a rack leaves 0 pods pending at peak, and servers no fuller than u_degraded";

/**
 * Racks of a site, in order. A rack begins where the one before has left the pods: law 4 holds however they lie, since none asks for more
 * than the reserve, and nobody would move them back in earnest.
 */
async function atSite(stage: Stage, load: SiteLoad, verdicts: Verdict[]): Promise<void> {
  const { site } = load.twinSite;
  const { reserve } = stage.request.estate;
  const workloads = await carry(stage, load, peaksOf(stage));
  let before = await load.settle();
  const nodes = await joinedNodes(await load.twinSite.admin());
  verdicts.push(spares(stage, site, nodes));
  for (const rack of [...new Set(nodes.map((node) => node.rack))].sort()) {
    const about = `${site}-${rack}`;
    const lost = nodes.filter((node) => node.rack === rack);
    const names = new Set(lost.map(({ name }) => name));
    const evicted = before.placed.filter(({ node }) => names.has(node)).length;
    if (evicted === 0 && before.pending.length === 0) {
      verdicts.push(untried(promise, about, `no pod runs on its ${several(lost.length, "node")}`));
      continue;
    }
    stage.progress(`${site}: rack ${rack} is lost`);
    const after = await without(load, names);
    const left = nodes.filter(({ name }) => !names.has(name));
    // Only of groups that lost something: how full others are is another rack's line.
    const worst = utilisationOf(workloads, after.placed, left, reserve).find(({ holder, group }) =>
      lost.some((node) => node.holder === holder && node.group === group),
    );
    verdicts.push({
      promise,
      about,
      done: `lost ${several(lost.length, "node")}, ${several(evicted, "pod")} with them`,
      seen: [pendingWords(after.pending), ...(worst ? [fullness(worst)] : [])].join("; "),
      kept: after.pending.length === 0 && worst?.tooFull !== true,
    });
    // What has found no place yet would be the next rack's fault.
    before = after.pending.length === 0 ? after : await load.settle();
  }
}

/** Whether every granted server is a node: one that is missing may be the spare of a rack that is not lost today. */
function spares({ request: { estate, lock, messengers } }: Stage, site: string, nodes: readonly JoinedNode[]): Verdict {
  const joining = new Set([poolHolder, ...messengers.filter((each) => idleBecause(each) === undefined).map(({ messenger }) => messenger)]);
  const servers = grantsOf(estate, lock)
    .filter((grant) => grant.site === site && joining.has(grant.holder))
    .flatMap(({ holder, servers: held }) => held.filter(({ state }) => state === "granted").map((server) => ({ ...server, holder })));
  const spare = "every granted server is a node, the spare ones too";
  if (servers.length === 0) return untried(spare, site, "no server is granted here");
  const there = new Set(nodes.map(({ name }) => name));
  const missing = servers.filter(({ name }) => !there.has(name));
  const words = missing.map(({ name, holder, group }) => `${name} of ${holder === poolHolder ? "the pool" : `${holder}'s group ${group}`}`);
  return {
    promise: spare,
    about: site,
    done: `looked for ${several(servers.length, "server")}`,
    seen: missing.length === 0 ? "all are there" : `${several(missing.length, "server")} missing: ${words.join(", ")}`,
    kept: missing.length === 0,
  };
}

/** How things stand without nodes; they are back when this ends. */
async function without(load: SiteLoad, lost: ReadonlySet<string>): Promise<Standing> {
  const api = await load.twinSite.admin();
  return lastly(
    async () => {
      await lose(api, [...lost]);
      return load.settle(lost);
    },
    () => bringBack(api, [...lost]),
  );
}

/** `gap's group compute is fullest, threads at 81.3% (u_degraded 85%)`. */
export function fullness({ holder, group, resource, perMille, allowed, tooFull }: Utilisation): string {
  const whose = holder === poolHolder ? "the pool" : `${holder}'s group ${group}`;
  const share = Number.isFinite(perMille) ? perCent(Math.round(perMille)) : "more than there is";
  return `${tooFull ? "too full: " : ""}${whose} is fullest, ${resource} at ${share} (u_degraded ${perCent(Math.round(allowed))})`;
}

export const rack: Drill = {
  name: "rack",
  run: (stage) => withLoads(stage, "rack", (load, verdicts) => atSite(stage, load, verdicts)),
  clean: bringAllBack,
};
