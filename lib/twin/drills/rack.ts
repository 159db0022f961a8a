/** The rack drill: at peak every rack is lost, one after the other, and nobody's pods stay without a place. */
import { grantsOf, poolHolder } from "../../allocation/grant";
import { perCent, several } from "../../allocation/words";
import { bringAllBack, carry, peaksOf, pendingWords, together, withLoads } from "../load/carried";
import type { Drill, Stage, Verdict } from "../drill";
import { joinedNodes, type JoinedNode } from "../nodes/joinedNode";
import { bringBack, lose } from "../nodes/lostNodes";
import type { SiteLoad } from "../load/siteLoad";
import type { Standing } from "../load/standing";
import { utilisationOf, type Utilisation } from "../load/utilisation";
import { idleBecause, type Workload } from "../load/workload";

const promise = "the loss of a rack leaves 0 pods pending at peak, and servers no fuller than u_degraded";

/**
 * Racks of a site, in order. A rack begins where the one before has left the pods: law 4 holds however they lie, since none asks for more
 * than the reserve, and nobody would move them back in earnest.
 */
async function atSite(stage: Stage, load: SiteLoad): Promise<Verdict[]> {
  const { site } = load.twinSite;
  const workloads = await carry(stage, load, peaksOf(stage));
  let standing = await load.settle(stage.signal);
  const nodes = await joinedNodes(await load.twinSite.admin());
  const verdicts = [spares(stage, site, nodes)];
  for (const rack of [...new Set(nodes.map((node) => node.rack))].sort()) {
    stage.progress(`${site}: rack ${rack} is lost`);
    const before = standing;
    standing = await without(stage, load, nodes, rack);
    verdicts.push(judged({ site, rack, workloads, nodes, before, after: standing }));
  }
  return verdicts;
}

/** Whether every granted server is a node: one that is missing may be the spare of a rack that is not lost today. */
function spares({ request: { estate, lock, messengers } }: Stage, site: string, nodes: readonly JoinedNode[]): Verdict {
  const joining = new Set([poolHolder, ...messengers.filter((each) => idleBecause(each) === undefined).map(({ messenger }) => messenger)]);
  const servers = grantsOf(estate, lock)
    .filter((grant) => grant.site === site && joining.has(grant.holder))
    .flatMap(({ holder, servers: held }) => held.filter(({ state }) => state === "granted").map((server) => ({ ...server, holder })));
  const there = new Set(nodes.map(({ name }) => name));
  const missing = servers.filter(({ name }) => !there.has(name));
  const words = missing.map(({ name, holder, group }) => `${name} of ${holder === poolHolder ? "the pool" : `${holder}'s group ${group}`}`);
  return {
    promise: "every granted server is a node, the spare ones too",
    about: site,
    done: `looked for ${several(servers.length, "server")}`,
    seen: missing.length === 0 ? "all are there" : `${several(missing.length, "server")} missing: ${words.join(", ")}`,
    kept: missing.length === 0,
  };
}

/** How things stand without a rack; it is back when this ends. */
async function without(stage: Stage, load: SiteLoad, nodes: readonly JoinedNode[], rack: string): Promise<Standing> {
  const lost = nodes.filter((node) => node.rack === rack).map(({ name }) => name);
  const api = await load.twinSite.admin();
  try {
    await lose(api, lost);
    return await load.settle(stage.signal, new Set(lost));
  } finally {
    await bringBack(api, lost);
  }
}

interface Loss {
  readonly site: string;
  readonly rack: string;
  readonly workloads: readonly Workload[];
  readonly nodes: readonly JoinedNode[];
  readonly before: Standing;
  readonly after: Standing;
}

function judged({ site, rack, workloads, nodes, before, after }: Loss): Verdict {
  const lost = new Map(nodes.filter((node) => node.rack === rack).map((node) => [node.name, node]));
  const evicted = before.placed.filter(({ node }) => lost.has(node)).length;
  const left = nodes.filter(({ name }) => !lost.has(name));
  // Only of groups that lost something: how full others are is another rack's line.
  const worst = utilisationOf(workloads, left).find(({ holder, group }) =>
    [...lost.values()].some((node) => node.holder === holder && node.group === group),
  );
  const tooFull = worst !== undefined && worst.perMille > worst.allowed;
  return {
    promise,
    about: `${site}-${rack}`,
    done: `lost ${several(lost.size, "node")}, ${several(evicted, "pod")} with them`,
    seen: [pendingWords(after.pending), worst ? `${tooFull ? "too full: " : ""}${fullness(worst)}` : "nobody runs here"].join("; "),
    kept: after.pending.length === 0 && !tooFull,
  };
}

/** `gap's group compute is fullest, threads at 81.3% (u_degraded 85%)`. */
export function fullness({ holder, group, resource, perMille, allowed }: Utilisation): string {
  const whose = holder === poolHolder ? "the pool" : `${holder}'s group ${group}`;
  const share = Number.isFinite(perMille) ? perCent(Math.round(perMille)) : "more than there is";
  return `${whose} is fullest, ${resource} at ${share} (u_degraded ${perCent(allowed)})`;
}

export const rack: Drill = {
  name: "rack",
  async run(stage) {
    return (await withLoads(stage, "rack", (loads) => together(loads, (load) => atSite(stage, load)))).flat();
  },
  clean: bringAllBack,
};
