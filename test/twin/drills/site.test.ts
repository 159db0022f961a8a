import { Unfinished } from "../../../lib/twin/drill";
import { site } from "../../../lib/twin/drills/site";
import type { Messenger } from "../../../lib/request/messenger";
import { FakeCluster } from "../../support/fakeCluster";
import { exampleOf, stageOn, startClock, stopClock, timed } from "../../support/stage";

beforeEach(stopClock);
afterEach(startClock);

/** Sohreh at thr1 and mhd1, to survive the loss of either. */
function ground() {
  const { messengers, ...rest } = exampleOf("sohreh");
  const surviving = messengers.map((each): Messenger => ({ ...each, placement: { ...each.placement, survives: "site" } }));
  const request = { ...rest, messengers: surviving };
  const clusters = ["mhd1", "thr1"].map((name) => new FakeCluster(request, name));
  return { clusters, stage: stageOn(request, clusters) };
}

test("each site is lost, and the other one carries what survives", async () => {
  const { clusters, stage } = ground();
  const { value } = await timed(site.run(stage));
  expect(value.map(({ about, kept }) => [about, kept])).toEqual([
    ["sohreh.thr1", true],
    ["sohreh.mhd1", true],
  ]);
  expect(value[0]?.done).toMatch(/^lost mhd1 with its \d+ nodes; ran \d+ pods of it, and who shares its servers at peak$/);
  expect(value[0]?.seen).toMatch(/^0 pods pending; sohreh's group all is fullest, threads at \d+(\.\d)?% \(u_degraded 85%\)$/);
  expect(
    clusters.map(({ pods, nodes }) => [pods.length, nodes.filter(({ spec }) => JSON.stringify(spec).includes("rehearsal")).length]),
  ).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test("what was judged before the next site failed is not lost", async () => {
  const { clusters, stage } = ground();
  const [, thr1] = clusters;
  if (!thr1) throw new Error("there are two sites");
  thr1.intercept = (request) =>
    request.startsWith("PATCH /api/v1/nodes/") ? { status: 422, body: { message: "no such taint" } } : undefined;
  const failed: unknown = await timed(site.run(stage)).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(Unfinished);
  expect((failed as Unfinished).message).toContain("no such taint");
  expect((failed as Unfinished).verdicts.map(({ about }) => about)).toEqual(["sohreh.thr1"]);
});

test("where nobody is to survive a site, nothing is tried", async () => {
  const { value } = await timed(site.run(stageOn(exampleOf("homa"), [])));
  expect(value).toMatchObject([{ about: "all messengers", done: "nothing" }]);
});
