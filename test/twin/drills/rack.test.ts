import { Unfinished } from "../../../lib/twin/drill";
import { rack } from "../../../lib/twin/drills/rack";
import type { AllocatedRequest } from "../../../lib/request/allocated";
import { FakeCluster } from "../../support/fakeCluster";
import { exampleOf, stageOn, startClock, stopClock, timed } from "../../support/stage";

beforeEach(stopClock);
afterEach(startClock);

const ofHoma = /^mhd1-r0[4-7]-s03$/;
const fill = "messenger-homa";

/** Homa alone at mhd1: one server in each of the racks r04 to r07. */
function ground(change: (request: AllocatedRequest) => AllocatedRequest = (same) => same) {
  const request = change(exampleOf("homa"));
  const cluster = new FakeCluster(request, "mhd1");
  return { cluster, stage: stageOn(request, [cluster]) };
}
/** Which nodes were lost and brought back, and when all pods were looked at, once in a row. */
function traceOf(cluster: FakeCluster): string[] {
  const trace: string[] = [];
  const usual = cluster.list.bind(cluster);
  const add = (what: string): void => {
    if (trace.at(-1) !== what) trace.push(what);
  };
  jest.spyOn(cluster, "list").mockImplementation((path, query) => {
    if (path.endsWith("/pods") && query?.fieldSelector === undefined) add("look");
    return usual(path, query);
  });
  cluster.intercept = (request) => {
    const [, node] = /^PATCH \/api\/v1\/nodes\/(.*)$/.exec(request) ?? [];
    if (node !== undefined && ofHoma.test(node)) add(node);
    return undefined;
  };
  return trace;
}

test("every rack that carries something is lost, and the others are named", async () => {
  const { stage } = ground();
  const { value } = await timed(rack.run(stage));
  expect(value.filter(({ kept }) => !kept)).toEqual([]);
  expect(value[0]).toMatchObject({
    about: "mhd1",
    done: expect.stringMatching(/^looked for \d+ servers$/) as string,
    seen: "all are there",
  });
  expect(value.find(({ about }) => about === "mhd1-r04")).toMatchObject({
    done: expect.stringMatching(/^lost 5 nodes, \d+ pods with them$/) as string,
    seen: expect.stringMatching(/^0 pods pending; homa's group all is fullest, threads at \d\d\.\d% \(u_degraded 85%\)$/) as string,
  });
  expect(value.find(({ about }) => about === "mhd1-r08")).toMatchObject({ done: "nothing", seen: "no pod runs on its 4 nodes" });
});

test("pods that were refused while the lost ones still counted are no broken promise", async () => {
  const { cluster, stage } = ground();
  cluster.lingering = 3;
  const usual = cluster.list.bind(cluster);
  // The quota is what the peak asks for, as the lock has it.
  jest.spyOn(cluster, "list").mockImplementation(async (path, query) => {
    const found = await usual(path, query);
    if (!cluster.quotas.has(fill) && path === "/api/v1/nodes") cluster.quotas.set(fill, cluster.usedIn(fill));
    return found;
  });
  const { value } = await timed(rack.run(stage));
  expect(value.filter(({ kept }) => !kept)).toEqual([]);
  expect(cluster.asked.filter((each) => each.includes("/replicasets/"))).not.toEqual([]);
});

test("a rack is lost by a site that has come to rest after the one before", async () => {
  const { cluster, stage } = ground();
  const gone = cluster.nodes.filter(({ metadata: { name } }) => /^mhd1-r0[67]-s03$/.test(name));
  cluster.nodes.splice(0, cluster.nodes.length, ...cluster.nodes.filter((node) => !gone.includes(node)));
  const trace = traceOf(cluster);
  const { value } = await timed(rack.run(stage));
  expect(value.flatMap(({ about, kept }) => (kept ? [] : about))).toEqual(["mhd1", "mhd1-r04", "mhd1-r05"]);
  const [first, second] = ["mhd1-r04-s03", "mhd1-r05-s03"];
  expect(trace).toEqual(["look", first, "look", first, "look", second, "look", second, "look"]);
});

test("pods in the reserve are too many, though all of them have found a place", async () => {
  const { stage } = ground((request) => ({
    ...request,
    estate: { ...request.estate, reserve: { ...request.estate.reserve, threads: 40_000 } },
  }));
  const { value } = await timed(rack.run(stage));
  const [broken] = value.filter(({ kept }) => !kept);
  expect(broken).toMatchObject({
    about: "mhd1-r04",
    seen: expect.stringMatching(/^0 pods pending; too full: homa's group all is fullest/) as string,
  });
});

test("a site without a server has nothing to lose, and says so", async () => {
  const { stage } = ground((request) => ({ ...request, lock: { ...request.lock, sites: {} }, messengers: [] }));
  const { value } = await timed(rack.run(stage));
  expect(value).toEqual([
    {
      promise: "every granted server is a node, the spare ones too",
      about: "mhd1",
      done: "nothing",
      seen: "no server is granted here",
      kept: true,
    },
  ]);
});

test("what was judged before it failed is not lost, nor is an error by what failed after it", async () => {
  const { cluster, stage } = ground();
  cluster.intercept = (request) => {
    if (request.endsWith("/mhd1-r05-s03")) return { status: 422, body: { message: "no such taint" } };
    return request.startsWith("DELETE ") ? { status: 403, body: { message: "no such right" } } : undefined;
  };
  const failed: unknown = await timed(rack.run(stage)).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(Unfinished);
  expect((failed as Unfinished).message).toMatch(/mhd1-r05-s03: no such taint; DELETE .*: no such right$/);
  expect((failed as Unfinished).verdicts.map(({ about }) => about)).toEqual(expect.arrayContaining(["mhd1", "mhd1-r04"]));
});
