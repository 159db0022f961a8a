/** The peak drill: every messenger runs its peak as its own people would, on its own servers or the pool's, within its quota. */
import { poolHolder } from "../../allocation/grant";
import { several } from "../../allocation/words";
import { namespaceOf } from "../../cluster/namespace";
import { isObject, valueAt } from "../../manifests/apiObject";
import { amountOf } from "../amount";
import type { Api } from "../api";
import { carry, peaksOf, pendingWords, podsOf, withLoads } from "../load/carried";
import { untried, type Drill, type Stage, type Verdict } from "../drill";
import { joinedNodes, type JoinedNode } from "../nodes/joinedNode";
import { deployerOf } from "../load/people";
import type { SiteLoad } from "../load/siteLoad";
import type { Placed, Standing } from "../load/standing";
import { idleBecause, type Workload } from "../load/workload";

const promise = "its peak runs: 0 pods pending, on its own servers or the pool only, within its quota";

async function atSite(stage: Stage, load: SiteLoad, verdicts: Verdict[]): Promise<void> {
  const workloads = await carry(stage, load, peaksOf(stage));
  const standing = await load.settle();
  const nodes = new Map((await joinedNodes(await load.twinSite.admin())).map((node) => [node.name, node]));
  for (const workload of workloads) verdicts.push(await judged(load, workload, standing, nodes));
}

async function judged(load: SiteLoad, workload: Workload, standing: Standing, nodes: ReadonlyMap<string, JoinedNode>): Promise<Verdict> {
  const { messenger, site } = workload;
  const placed = standing.placed.filter((pod) => pod.messenger === messenger.messenger);
  const pending = standing.pending.filter((pods) => pods.messenger === messenger.messenger);
  const identity = deployerOf(messenger);
  const quota = await quotaOf(await load.twinSite.as(identity), namespaceOf(messenger.messenger));
  const wrong = [...strays(workload, placed, nodes), ...quota.exceeded];
  const own = workload.nodes === poolHolder ? "of the pool" : "of its own";
  const servers = several(new Set(placed.map(({ node }) => node)).size, "server");
  return {
    promise,
    about: `${messenger.messenger}.${site}`,
    done: `ran ${several(podsOf([workload]), "pod")} as one of ${identity.groups[0] ?? identity.user}`,
    seen: [`${placed.length} placed on ${servers} ${own}, ${pendingWords(pending)}; ${quota.fullest}`, ...wrong].join("; "),
    kept: pending.length === 0 && wrong.length === 0,
  };
}

/** Pods on nodes that are not theirs. */
function strays({ nodes: holder }: Workload, placed: readonly Placed[], nodes: ReadonlyMap<string, JoinedNode>): string[] {
  return placed.flatMap(({ pods, node }) => {
    const there = nodes.get(node);
    const right = there?.holder === holder && (holder === poolHolder || there.group === pods.group);
    return right ? [] : [`a pod of ${pods.name} runs on ${node}, which is ${there?.holder ?? "nobody"}'s`];
  });
}

/** How much of the namespace's quotas is used. */
async function quotaOf(api: Api, namespace: string): Promise<{ readonly fullest: string; readonly exceeded: readonly string[] }> {
  const quotas = await api.list(`/api/v1/namespaces/${namespace}/resourcequotas`);
  const figures = quotas.flatMap((quota) => {
    const hard = valueAt(quota, "status", "hard");
    // What was granted; counts of objects only keep the API server alive.
    const granted = Object.entries(isObject(hard) ? hard : {}).filter(([resource]) => resource.startsWith("requests."));
    return granted.map(([resource, most]) => ({
      resource,
      most: amountOf(most),
      used: amountOf(valueAt(quota, "status", "used", resource)),
    }));
  });
  const share = ({ used, most }: (typeof figures)[number]): number => (used === 0 ? 0 : used / most);
  const [fullest] = [...figures].sort((a, b) => share(b) - share(a));
  return {
    fullest: fullest ? `${(share(fullest) * 100).toFixed(1)} % of its quota of ${fullest.resource}` : "no quota",
    exceeded: figures.filter((figure) => share(figure) > 1).map(({ resource, used, most }) => `uses ${used} of ${most} ${resource}`),
  };
}

/** Those that run nothing in a cluster are named, not passed over. */
function idle({ request: { messengers } }: Stage): Verdict[] {
  return messengers.flatMap((messenger) => {
    const why = idleBecause(messenger);
    return why === undefined ? [] : untried(promise, messenger.messenger, `${why}: it runs no pods here`);
  });
}

export const peak: Drill = {
  name: "peak",
  async run(stage) {
    const verdicts = await withLoads(stage, "peak", (load, judged) => atSite(stage, load, judged));
    return [...verdicts, ...idle(stage)];
  },
};
