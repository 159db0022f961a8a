/** The workloads of a drill on one site, brought and taken away by their messengers' own people. */
import { namespaceOf } from "../../cluster/namespace";
import type { Messenger } from "../../request/messenger";
import { ApiError, isDone, messageOf, type Api, type Ask } from "../api";
import { persistently } from "../apply";
import { concurrently } from "../concurrent";
import { deploymentsOf } from "./deployment";
import { rehearsalLabel, type DrillName } from "../drill";
import { deployerOf } from "./people";
import { settled } from "./settled";
import { refusalKey, type Standing } from "./standing";
import type { TwinSite } from "../control/twinSite";
import { until } from "../wait";
import type { Workload } from "./workload";

/** What of a namespace a Deployment brings, in the order in which it is taken away, so that nothing makes it anew. */
const brought = [
  { base: "/apis/apps/v1", resource: "deployments" },
  { base: "/apis/apps/v1", resource: "replicasets" },
  { base: "/api/v1", resource: "pods" },
];
/** Messengers whose people are at work at once. */
const atOnce = 8;
/** How long pods may take to go, in seconds. */
export const leaving = 120;

export class SiteLoad {
  private workloads: readonly Workload[] = [];
  private readonly refused = new Map<string, string>();
  /** Whoever had something brought, by id: it is all taken away in the end. */
  private readonly messengers = new Map<string, Messenger>();

  /** @param signal aborted when the drill is to end: then nothing more is brought or waited for, and all can be taken away */
  constructor(
    readonly twinSite: TwinSite,
    private readonly drill: DrillName,
    private readonly signal: AbortSignal,
  ) {}

  /** Whether nothing was brought, or all of it was taken away. */
  get isIdle(): boolean {
    return this.workloads.length === 0;
  }

  /**
   * Brings workloads, in place of those that are there.
   * @throws AbortError once the signal is aborted
   */
  async bring(workloads: readonly Workload[]): Promise<void> {
    const before = this.workloads;
    this.workloads = workloads;
    this.refused.clear();
    await concurrently(workloads, atOnce, async (workload) => {
      const { messenger } = workload;
      this.messengers.set(messenger.messenger, messenger);
      const identity = deployerOf(messenger);
      const api = await this.twinSite.as(identity);
      for (const deployment of deploymentsOf(workload, this.drill)) {
        // An error would leave the others at work beside whoever takes all of it away.
        if (this.signal.aborted) return;
        const answer = await persistently(() => api.apply(deployment, identity.user));
        if (!isDone(answer)) this.refused.set(refusalKey(messenger.messenger, deployment.metadata.name), messageOf(answer));
      }
    });
    this.signal.throwIfAborted();
    for (const { messenger, pods } of before) {
      const now = workloads.find((workload) => workload.messenger.messenger === messenger.messenger);
      const gone = pods.filter(({ name }) => !now?.pods.some((some) => some.name === name));
      const api = await this.twinSite.as(deployerOf(messenger));
      for (const { name } of gone)
        await demandDelete(api, `/apis/apps/v1/namespaces/${namespaceOf(messenger.messenger)}/deployments/${name}`);
    }
  }

  /** Waits until all pods are placed beside the lost nodes, or nothing moves any more. */
  async settle(lost: ReadonlySet<string> = new Set()): Promise<Standing> {
    const { drill, workloads, refused } = this;
    const { site } = this.twinSite;
    return settled({ site, api: await this.twinSite.admin(), drill, workloads, refused, lost }, this.signal);
  }

  /** Takes everything of the drill away, whatever ended it, and waits until it is gone. */
  async takeAway(): Promise<void> {
    const { drill } = this;
    await concurrently([...this.messengers.values()], atOnce, async (messenger) => {
      await clear(await this.twinSite.as(deployerOf(messenger)), messenger, drill);
    });
    const api = await this.twinSite.admin();
    const query = { labelSelector: `${rehearsalLabel}=${drill}` };
    const gone = await until(async () => ((await api.list("/api/v1/pods", query)).length === 0 ? true : undefined), {
      seconds: leaving,
      // Putting things back is not hurried: the rehearsal that ends waits for it.
      signal: new AbortController().signal,
    });
    if (!gone) throw new Error(`pods of the ${drill} drill do not go from ${this.twinSite.site}`);
    this.workloads = [];
    this.messengers.clear();
  }
}

async function clear(api: Api, { messenger }: Messenger, drill: DrillName): Promise<void> {
  for (const { base, resource } of brought)
    await demandDelete(api, `${base}/namespaces/${namespaceOf(messenger)}/${resource}`, {
      query: { labelSelector: `${rehearsalLabel}=${drill}` },
      // Nothing of it runs in earnest: there is nobody to say goodbye to.
      body: { kind: "DeleteOptions", apiVersion: "v1", gracePeriodSeconds: 0, propagationPolicy: "Background" },
    });
}

/** Deletes, with patience: hundreds of pods at once may take the API server longer than it gives a request. */
async function demandDelete(api: Api, path: string, ask: Ask = {}): Promise<void> {
  const answer = await persistently(() => api.request("DELETE", path, ask));
  if (!isDone(answer) && answer.status !== 404) throw new ApiError(`DELETE ${path}`, answer);
}
