/** When a site has come to rest: every pod is placed, or nothing moves any more and whoever keeps a pod from its place has said so. */
import { several } from "../../allocation/words";
import { type ApiObject, valueAt } from "../../manifests/apiObject";
import { ApiError, isDone } from "../api";
import { persistently } from "../apply";
import { concurrently } from "../concurrent";
import { until } from "../wait";
import { listPods, lookAt, type Standing, type Watched } from "./standing";

/** What does not run yet is a short list; all pods are looked at only when it is empty or has been the same for so many seconds. */
const moment = 5;
/** Nothing moves any more: longer than the scheduler waits before it tries a pod again (10 s) and quotas go uncounted (15 s). In seconds. */
const quiet = 20;
/** The same while nobody has said yet why something is pending: a machine under load is slow, not stuck. */
const quietWithoutWords = 90;
/** How long a site may take, in seconds. */
const patience = 900;
const atOnce = 16;

/**
 * Waits until every pod is placed, or nothing moves any more; answers how things stand then.
 *
 * The scheduler tries a pod again within seconds, so its words are final. A ReplicaSet that is refused a pod tries again later and later,
 * up to 1000 s, and says all the while what it was told first: often only that the pods of a lost node still counted in the quota. So it
 * is made to try once more when they no longer do, and is judged by what it is told then.
 *
 * @throws Error where it moves without end, AbortError once the signal is aborted
 */
export async function settled(watched: Watched, signal: AbortSignal): Promise<Standing> {
  const queueStill = stillness();
  const siteStill = stillness();
  let [retries, retriedAt, lacking] = [0, "", 0];
  const look = async (): Promise<Standing | undefined> => {
    const queue = (await listPods(watched, { fieldSelector: "status.phase!=Running" })).map(nameOf).join();
    if (queue !== "" && queueStill(queue) < moment) return undefined;
    const { placed, pending, stuck, leaving } = await lookAt(watched);
    if (pending.length === 0) return { placed, pending };
    lacking = pending.reduce((sum, { count }) => sum + count, 0);
    const counts = pending.map(({ messenger, pods, count }) => [messenger, pods.name, count]);
    const now = JSON.stringify([queue, counts, await quotasUsed(watched)]);
    const enough = pending.every(({ words }) => words !== undefined) ? quiet : quietWithoutWords;
    if (siteStill(`${retries} ${now}`) < enough || leaving) return undefined;
    if (stuck.length === 0 || retriedAt === now) return { placed, pending };
    await retry(watched, stuck);
    [retries, retriedAt] = [retries + 1, now];
    return undefined;
  };
  const standing = await until(look, { seconds: patience, signal });
  if (!standing) throw new Error(`${watched.site}: not settled after ${patience} s, still moving; ${several(lacking, "pod")} pending`);
  return standing;
}

/** Tells of something how many seconds it has been as it is. */
function stillness(): (now: string) => number {
  let [seen, since] = ["", performance.now()];
  return (now) => {
    if (now !== seen) [seen, since] = [now, performance.now()];
    return (performance.now() - since) / 1000;
  };
}

const nameOf = ({ metadata: { namespace = "", name } }: ApiObject): string => `${namespace}/${name}`;

/** What the quotas count, which pods that have gone leave a while later. */
async function quotasUsed({ api }: Watched): Promise<unknown[]> {
  return (await api.list("/api/v1/resourcequotas")).map((quota) => [nameOf(quota), valueAt(quota, "status", "used") ?? {}]);
}

/** Has ReplicaSets forget what they were told: any change of one makes it try at once, and words that it has are never renewed. */
async function retry({ api }: Watched, sets: readonly ApiObject[]): Promise<void> {
  await concurrently(sets, atOnce, async ({ metadata: { namespace = "", name } }) => {
    const path = `/apis/apps/v1/namespaces/${namespace}/replicasets/${name}/status`;
    const answer = await persistently(() => api.request("PATCH", path, { body: { status: { conditions: null } } }));
    if (!isDone(answer) && answer.status !== 404) throw new ApiError(`PATCH ${path}`, answer);
  });
}
