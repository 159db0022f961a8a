/** What really stands in a messenger's namespace while others try to change it: made by its own people, taken away afterwards. */
import { isDone, messageOf, type Api } from "../../api";
import { rehearsalLabel } from "../../drill";
import { until } from "../../wait";
import { create, inside, type Call } from "./attempt";
import type { Target } from "./target";
import type { Cast } from "./trial";
import { claim, pod, running, service, standing, waiting } from "./wellFormed";

/** What the drill makes in a namespace, in the order in which it is taken away, so that nothing makes it anew. */
const kinds: readonly (readonly [apiVersion: string, resource: string])[] = [
  ["apps/v1", "deployments"],
  ["apps/v1", "replicasets"],
  ["v1", "pods"],
  ["v1", "services"],
  ["v1", "persistentvolumeclaims"],
];
const labelSelector = `${rehearsalLabel}=intrusion`;
/** How long it may take to go, in seconds. */
const leaving = 60;

function things(target: Target): Call[] {
  const { namespace } = target;
  return [
    create(inside(namespace, "v1", "pods"), pod(target, { labels: { app: standing } }, standing)),
    create(inside(namespace, "v1", "pods"), pod(target, { spec: { schedulerName: "nobody" } }, waiting)),
    create(inside(namespace, "v1", "services"), service({}, standing)),
    create(inside(namespace, "v1", "persistentvolumeclaims"), claim({}, standing)),
    create(inside(namespace, "apps/v1", "deployments"), running("apps/v1", "Deployment", target, {}, standing)),
  ];
}

/** Makes it, as who deploys for the messenger; answers what was refused. */
export async function bring(target: Target, { people }: Cast): Promise<string[]> {
  const refused: string[] = [];
  for (const { path, body } of things(target)) {
    const answer = await people.deployer?.request("POST", path, body === undefined ? {} : { body });
    if (answer && !isDone(answer)) refused.push(messageOf(answer));
  }
  return refused;
}

/** Takes everything of the drill away from a namespace, whoever made it, and waits until it is gone. */
export async function takeAway(api: Api, namespace: string): Promise<void> {
  const body = { kind: "DeleteOptions", apiVersion: "v1", gracePeriodSeconds: 0, propagationPolicy: "Background" };
  const left = async (): Promise<true | undefined> => {
    let some = false;
    for (const [apiVersion, resource] of kinds) {
      const path = inside(namespace, apiVersion, resource);
      if ((await api.list(path, { labelSelector })).length === 0) continue;
      some = true;
      await api.demand("DELETE", path, { query: { labelSelector }, body });
    }
    return some ? undefined : true;
  };
  // Putting things back is not hurried: the rehearsal that ends waits for it.
  const gone = await until(left, { seconds: leaving, signal: new AbortController().signal });
  if (!gone) throw new Error(`${namespace}: what the intrusion drill made does not go`);
}
