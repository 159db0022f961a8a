import { type JsonObject, valueAt } from "../../../lib/manifests/apiObject";
import { peaksOf, workloadsAt } from "../../../lib/twin/load/carried";
import { SiteLoad } from "../../../lib/twin/load/siteLoad";
import type { Workload } from "../../../lib/twin/load/workload";
import { FakeCluster } from "../../support/fakeCluster";
import { exampleOf, stageOn, startClock, stopClock, timed } from "../../support/stage";

const namespace = "messenger-homa";
const patches = ({ asked }: FakeCluster): string[] => asked.filter((each) => each.startsWith("PATCH "));

/** Homa's peak at mhd1, brought; its quota is what its pods ask for. */
async function brought(): Promise<{ cluster: FakeCluster; load: SiteLoad; workloads: Workload[]; stop: () => void }> {
  const request = exampleOf("homa");
  const cluster = new FakeCluster(request, "mhd1");
  const ending = new AbortController();
  const stage = stageOn(request, [cluster], ending.signal);
  const workloads = workloadsAt(stage, "mhd1", peaksOf(stage));
  const load = new SiteLoad(cluster.twinSite, "peak", ending.signal);
  await load.bring(workloads);
  return { cluster, load, workloads, stop: () => ending.abort() };
}
/** Nodes of a rack, as a drill loses them. */
function lose({ nodes }: FakeCluster, count: number): ReadonlySet<string> {
  const lost = nodes.filter(({ metadata }) => JSON.stringify(metadata.labels).includes('"homa"')).slice(0, count);
  for (const node of lost) Object.assign(node, { spec: { taints: [{ key: "out-of-service" }] } });
  return new Set(lost.map(({ metadata }) => metadata.name));
}

beforeEach(stopClock);
afterEach(startClock);

test("where everything is placed nobody waits", async () => {
  const { cluster, load } = await brought();
  const { value, seconds } = await timed(load.settle());
  expect([value.placed.length, value.pending, cluster.pods.length]).toEqual([38, [], 38]);
  expect(seconds).toBeLessThan(1);
});

test("the scheduler's words are final", async () => {
  const { cluster, load } = await brought();
  const { value, seconds } = await timed(load.settle(lose(cluster, 5)));
  expect(value.pending.map(({ words }) => words)).toContain("0 nodes are available");
  expect(seconds).toBeGreaterThan(20);
  expect(seconds).toBeLessThan(30);
  expect(patches(cluster)).toEqual([]);
});

test("a ReplicaSet that was refused while lost pods still counted in the quota is made to try again before anybody judges", async () => {
  const { cluster, load } = await brought();
  await timed(load.settle());
  cluster.quotas.set(namespace, cluster.usedIn(namespace));
  cluster.lingering = 3;
  const { value } = await timed(load.settle(lose(cluster, 1)));
  expect(value.pending).toEqual([]);
  expect(patches(cluster)).toContain(`PATCH /apis/apps/v1/namespaces/${namespace}/replicasets/gateway-1/status`);
});

test("while pods are on their way out nobody is judged", async () => {
  const { cluster, load } = await brought();
  await timed(load.settle());
  cluster.quotas.set(namespace, cluster.usedIn(namespace));
  cluster.lingering = 100;
  const { value, seconds } = await timed(load.settle(lose(cluster, 1)));
  expect(value.pending).toEqual([]);
  expect(seconds).toBeGreaterThan(100);
});

test("a quota that is too small is judged by what it says once all is still", async () => {
  const { cluster, load } = await brought();
  await timed(load.settle());
  cluster.quotas.set(namespace, cluster.usedIn(namespace) - 1);
  cluster.lingering = 3;
  const { value, seconds } = await timed(load.settle(lose(cluster, 1)));
  const used = cluster.usedIn(namespace);
  expect(value.pending.map(({ count }) => count)).toEqual([1]);
  // Not what it said when it was first refused: then the lost pods were among those that counted.
  expect(value.pending[0]?.words).toContain(`used: requests.cpu=${used}m`);
  expect(seconds).toBeGreaterThan(60);
});

test("one pod that finds no place does not hurry those that do not exist yet", async () => {
  const { cluster, load } = await brought();
  const spec = (name: string): object => cluster.deployments.get(`${namespace}/${name}`)?.object.spec as object;
  Object.assign(valueAt(spec("gateway") as JsonObject, "template", "spec") as object, { nodeSelector: { nobody: "has it" } });
  // A pod a while; each finds a place at once, so that nothing but the gateway is ever seen to wait for one.
  const slow = cluster.deployments.get(`${namespace}/application-3`);
  if (!slow) throw new Error("homa runs other pods");
  const replicas = Number(valueAt(slow.object, "spec", "replicas"));
  let made = 0;
  const makeOne = (): void => {
    if (made < replicas) Object.assign(spec("application-3"), { replicas: ++made });
    delete slow.words;
    void cluster.list("/api/v1/pods");
    if (made < replicas) slow.words = "exceeded quota";
  };
  makeOne();
  setInterval(makeOne, 15_000);
  const { value, seconds } = await timed(load.settle());
  expect(value.pending.map(({ pods, count }) => [pods.name, count])).toEqual([["gateway", 1]]);
  expect(seconds).toBeGreaterThan((replicas - 1) * 15);
});

test("what moves without end is no broken promise", async () => {
  const { cluster, load } = await brought();
  cluster.quotas.set(namespace, 0);
  let used = 0;
  jest.spyOn(cluster, "usedIn").mockImplementation(() => ++used);
  await expect(timed(load.settle())).rejects.toThrow("mhd1: not settled after 900 s, still moving; 38 pods pending");
});

test("told to end, it waits no more", async () => {
  const { cluster, load, stop } = await brought();
  cluster.quotas.set(namespace, 0);
  setTimeout(stop, 1000);
  await expect(timed(load.settle())).rejects.toThrow(/abort/);
});
