import { SiteLoad } from "../../../lib/twin/load/siteLoad";
import { peaksOf, workloadsAt } from "../../../lib/twin/load/carried";
import type { Workload } from "../../../lib/twin/load/workload";
import { FakeCluster } from "../../support/fakeCluster";
import { exampleOf, stageOn, startClock, stopClock, timed } from "../../support/stage";

beforeEach(stopClock);
afterEach(startClock);

function siteOf(...ids: string[]): { cluster: FakeCluster; load: SiteLoad; workloads: Workload[]; end: () => void } {
  const request = exampleOf(...ids);
  const cluster = new FakeCluster(request, "mhd1");
  const ending = new AbortController();
  const stage = stageOn(request, [cluster], ending.signal);
  const workloads = workloadsAt(stage, "mhd1", peaksOf(stage));
  return { cluster, load: new SiteLoad(cluster.twinSite, "peak", ending.signal), workloads, end: () => ending.abort() };
}
const applied = ({ asked }: FakeCluster): number => asked.filter((each) => each.startsWith("APPLY ")).length;

test("told to end, it brings nothing more, and takes all of it away", async () => {
  const { cluster, load, workloads, end } = siteOf("homa", "chakavak");
  cluster.intercept = () => {
    if (applied(cluster) === 3) end();
    return undefined;
  };
  await expect(timed(load.bring(workloads))).rejects.toThrow(/abort/);
  // One more of each that was at work.
  expect(applied(cluster)).toBeLessThanOrEqual(4);
  await timed(load.takeAway());
  expect([...cluster.deployments]).toEqual([]);
  expect(load.isIdle).toBe(true);
});

test("who was brought earlier is taken away too where the next was not brought to the end", async () => {
  const { cluster, load, workloads, end } = siteOf("homa", "chakavak");
  const [first, second] = workloads;
  if (!first || !second) throw new Error("both run at mhd1");
  await timed(load.bring([first]));
  cluster.intercept = () => {
    end();
    return undefined;
  };
  await expect(timed(load.bring([second]))).rejects.toThrow(/abort/);
  await timed(load.takeAway());
  expect([...cluster.deployments]).toEqual([]);
});

test("pods that do not go are told with their site", async () => {
  const { cluster, load, workloads } = siteOf("homa");
  await timed(load.bring(workloads));
  cluster.intercept = (request) => (request.startsWith("DELETE ") ? { status: 200, body: {} } : undefined);
  await expect(timed(load.takeAway())).rejects.toThrow("pods of the peak drill do not go from mhd1");
});
