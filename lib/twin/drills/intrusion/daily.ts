/** What a site does by itself all day goes on under all policies: for real, not as a dry run. */
import { several } from "../../../allocation/words";
import { messengerLabel, stateLabel } from "../../../cluster/labels";
import { hardwareNamespace } from "../../../hardware/namespace";
import { objects, valueAt, type ApiObject } from "../../../manifests/apiObject";
import { egressResource } from "../../../network/bandwidth";
import { isDone, messageOf, type Api } from "../../api";
import { rehearsalLabel, untried, type Stage, type Verdict } from "../../drill";
import type { TwinSite } from "../../control/twinSite";
import { until } from "../../wait";
import { across, inside } from "./attempt";
import type { Target } from "./target";
import type { Cast } from "./trial";
import { foundVerdict } from "./verdicts";
import { object, running, standing, tried } from "./wellFormed";

const promise = "a site's own work goes on under all policies";
const byControllerToo = "what a person may not do, his Deployment may not either";
const nobody = "no messenger has a namespace here";
/** Controllers on a machine under load, in seconds. */
const patience = 60;
const itself = "kube-system";
const labelSelector = `${rehearsalLabel}=intrusion`;
const thrownAway = { kind: "DeleteOptions", apiVersion: "v1", gracePeriodSeconds: 0, propagationPolicy: "Background" };

/** Where the daily work of a site is looked at. */
interface Site {
  readonly stage: Stage;
  readonly site: string;
  readonly api: Api;
  readonly casts: ReadonlyMap<Target, Cast>;
}

const nodeOf = (pod: ApiObject): string | undefined => {
  const node = valueAt(pod, "spec", "nodeName");
  return typeof node === "string" ? node : undefined;
};

/** As the site's CNI runs: in the servers' own network, with all privileges, wherever it may. */
const daemonSet = object("apps/v1", "DaemonSet", {
  spec: {
    selector: { matchLabels: { app: tried } },
    updateStrategy: { rollingUpdate: { maxUnavailable: "100%" } },
    template: {
      metadata: { labels: { app: tried, [rehearsalLabel]: "intrusion" } },
      spec: {
        hostNetwork: true,
        priorityClassName: "system-node-critical",
        tolerations: [{ operator: "Exists" }],
        containers: [{ name: "main", image: "images.example/rehearsal:1", securityContext: { privileged: true } }],
        volumes: [{ name: "server", hostPath: { path: "/" } }],
      },
    },
  },
});

/** The site's DaemonSet comes to every node, and its pods go when it does. */
async function daemons({ stage, site, api }: Site): Promise<Verdict[]> {
  const path = inside(itself, "apps/v1", "daemonsets");
  const pods = () => api.list(inside(itself, "v1", "pods"), { labelSelector });
  await api.demand("POST", path, { body: daemonSet });
  try {
    const nodes = (await api.list(across("v1", "nodes"))).map(({ metadata }) => metadata.name);
    const lacking = async (): Promise<string[]> => {
      const found = new Set((await pods()).filter((pod) => valueAt(pod, "status", "phase") === "Running").map(nodeOf));
      return nodes.filter((node) => !found.has(node));
    };
    await until(async () => ((await lacking()).length === 0 ? true : undefined), { seconds: patience, signal: stage.signal });
    const left = await lacking();
    const seen = `${nodes.length - left.length} of ${several(nodes.length, "node")} run it`;
    const problems = left.length > 0 ? [`${seen}; not ${left.slice(0, 5).join(", ")}`] : [];
    return [foundVerdict(promise, site, "started a DaemonSet of the site's own that tolerates all and has all privileges", seen, problems)];
  } finally {
    await api.request("DELETE", `${path}/${tried}`, { body: thrownAway });
    await until(async () => ((await pods()).length === 0 ? true : undefined), { seconds: patience, signal: new AbortController().signal });
  }
}

/** Controllers make a Deployment's pods, and the garbage collector takes what it owned. */
async function collection({ stage, site, api, casts }: Site): Promise<Verdict> {
  const problems: string[] = [];
  const live = [...casts].filter(([{ live: has }]) => has);
  if (live.length === 0) return untried(promise, site, nobody);
  for (const [{ messenger, namespace }, { people }] of live) {
    const query = { labelSelector: `app=${standing},pod-template-hash` };
    const owned = async (): Promise<[sets: number, pods: number]> => [
      (await api.list(inside(namespace, "apps/v1", "replicasets"), query)).length,
      (await api.list(inside(namespace, "v1", "pods"), query)).length,
    ];
    const waits = { seconds: patience, signal: stage.signal };
    const came = async (): Promise<true | undefined> => ((await owned()).every((count) => count > 0) ? true : undefined);
    const gone = async (): Promise<true | undefined> => ((await owned()).every((count) => count === 0) ? true : undefined);
    if (!(await until(came, waits))) problems.push(`${messenger}: no pod of its Deployment came`);
    const answer = await people.deployer?.request("DELETE", inside(namespace, "apps/v1", "deployments", standing), {
      body: { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy: "Background" },
    });
    if (answer && !isDone(answer)) problems.push(`${messenger}: ${messageOf(answer)}`);
    if (!(await until(gone, waits))) problems.push(`${messenger}: what its Deployment owned is not collected`);
  }
  const done = `deleted a Deployment of each of ${several(live.length, "messenger")}, as its own people`;
  return foundVerdict(promise, site, done, "its pods had come; its ReplicaSet and pods were collected", problems);
}

/** What a person may not do, his Deployment may not either: its controller is refused in his stead. */
async function byController({ stage, site, api, casts }: Site): Promise<Verdict> {
  const problems: string[] = [];
  const live = [...casts].filter(([{ live: has }]) => has);
  if (live.length === 0) return untried(byControllerToo, site, nobody);
  for (const [target, { people }] of live) {
    const { messenger, namespace } = target;
    const template = { spec: { tolerations: [{ operator: "Exists" }] } };
    const body = running("apps/v1", "Deployment", target, { template });
    const answer = await people.deployer?.request("POST", inside(namespace, "apps/v1", "deployments"), { body });
    if (!answer || !isDone(answer)) {
      problems.push(`${messenger}: ${answer ? messageOf(answer) : "nobody deploys"}`);
      continue;
    }
    const query = { labelSelector: `app=${tried}` };
    const words = await until(
      async () => {
        if ((await api.list(inside(namespace, "v1", "pods"), query)).length > 0) return "a pod came";
        const sets = await api.list(inside(namespace, "apps/v1", "replicasets"), query);
        const failure = sets.flatMap((set) => objects(valueAt(set, "status", "conditions"))).find(({ type }) => type === "ReplicaFailure");
        return typeof failure?.message === "string" ? failure.message : undefined;
      },
      { seconds: patience, signal: stage.signal },
    );
    if (!words?.includes("spec.tolerations may hold")) problems.push(`${messenger}: ${words ?? "no controller tried to make its pods"}`);
  }
  const done = `made a Deployment of pods that tolerate every taint in ${several(live.length, "namespace")}`;
  return foundVerdict(byControllerToo, site, done, "no pod of it came", problems);
}

/** The Baremetal Operator still acts on granted hosts: it restarts one when it is told to, and says so. */
async function operator({ stage, site, api }: Site): Promise<Verdict | undefined> {
  const hosts = inside(hardwareNamespace, "metal3.io/v1alpha1", "baremetalhosts");
  const granted = await api.list(hosts, { labelSelector: `${stateLabel}=granted` });
  const host = granted.find((each) => valueAt(each, "status", "provisioning", "state") === "provisioned");
  if (!host) return undefined;
  const path = `${hosts}/${host.metadata.name}`;
  const annotation = "reboot.metal3.io";
  await api.demand("PATCH", path, { body: { metadata: { annotations: { [annotation]: "" } } } });
  const done = async (): Promise<true | undefined> => {
    const now = await api.demand("GET", path);
    const asked = valueAt(now, "metadata", "annotations", annotation) !== undefined;
    return !asked && valueAt(now, "status", "poweredOn") === true ? true : undefined;
  };
  const well = await until(done, { seconds: patience, signal: stage.signal });
  if (!well) await api.request("PATCH", path, { body: { metadata: { annotations: { [annotation]: null } } } });
  const problems = well ? [] : [`the operator has not restarted ${host.metadata.name} in ${patience} s`];
  return foundVerdict(
    promise,
    site,
    `asked the Baremetal Operator to restart the granted host ${host.metadata.name}`,
    "restarted, and on",
    problems,
  );
}

/** Node Feature Discovery's master still gives the pool's nodes their bandwidth. */
async function features({ stage, site, api }: Site): Promise<Verdict | undefined> {
  const nodes = () => api.list(across("v1", "nodes"), { labelSelector: `${messengerLabel}=pool` });
  const lacking = async (): Promise<string[]> =>
    (await nodes())
      .filter((node) => valueAt(node, "status", "allocatable", egressResource) === undefined)
      .map(({ metadata }) => metadata.name);
  const count = (await nodes()).length;
  if (count === 0) return undefined;
  await until(async () => ((await lacking()).length === 0 ? true : undefined), { seconds: patience, signal: stage.signal });
  const without = await lacking();
  const problems = without.length > 0 ? [`${without.length} of ${count} have none: ${without.slice(0, 5).join(", ")}`] : [];
  const done = `looked at the bandwidth of ${several(count, "pool node")}`;
  return foundVerdict(promise, site, done, "each has what the site's rule gives it", problems);
}

export async function daily(stage: Stage, twinSite: TwinSite, casts: ReadonlyMap<Target, Cast>): Promise<Verdict[]> {
  const site: Site = { stage, site: twinSite.site, api: await twinSite.admin(), casts };
  stage.progress(`${site.site}: the site's own work`);
  const verdicts = [...(await daemons(site)), await collection(site), await byController(site), await operator(site), await features(site)];
  return verdicts.filter((verdict) => verdict !== undefined);
}
