import { InputError } from "../../../lib/request/problem";
import { type Drill, type DrillName, drillNames, type Stage, Unfinished, type Verdict } from "../../../lib/twin/drill";
import { peaksOf, workloadsAt } from "../../../lib/twin/load/carried";
import { SiteLoad } from "../../../lib/twin/load/siteLoad";
import { loadDrills, rehearse } from "../../../lib/twin/rehearsal/rehearsal";
import { FakeCluster } from "../../support/fakeCluster";
import { exampleOf, stageOn, startClock, stopClock, timed } from "../../support/stage";

const verdict = (about: string, kept = true): Verdict => ({ promise: "something holds", about, done: "tried", seen: "held", kept });
const drill = (name: DrillName, run: Drill["run"]): Drill => ({ name, run });

/** A stage without sites: what drills of these tests do needs none. */
function stageOf(signal = new AbortController().signal): { stage: Stage; said: string[] } {
  const said: string[] = [];
  const request = { estate: {}, messengers: [], lock: {}, host: () => undefined } as unknown as Stage["request"];
  const calendar = {} as Stage["calendar"];
  return { said, stage: { request, calendar, sites: new Map(), progress: (what) => void said.push(what), signal } };
}

test("drills are loaded by name, always in the same order", async () => {
  expect((await loadDrills(["peak", "wipe"])).map(({ name }) => name)).toEqual(["wipe", "peak"]);
  expect((await loadDrills()).map(({ name }) => name)).toEqual(drillNames);
});

test("every drill is run, its progress is told under its name, and its verdicts stay as they are", async () => {
  const { stage, said } = stageOf();
  const first = drill("wipe", async ({ progress }) => {
    progress("trying");
    return Promise.resolve([verdict("thr1"), verdict("mhd1", false)]);
  });
  const second = drill("peak", () => Promise.resolve([verdict("gap.thr1")]));
  const reports = await rehearse([first, second], stage, () => Promise.resolve(void said.push("looked once all was clean")));
  expect(reports.map(({ drill: name, verdicts, failure }) => [name, verdicts.length, failure])).toEqual([
    ["wipe", 2, undefined],
    ["peak", 1, undefined],
  ]);
  expect(said).toEqual(["looked once all was clean", "wipe: trying"]);
});

test("a drill that cannot be run is reported, and the next is run all the same", async () => {
  const { stage } = stageOf();
  const reports = await rehearse(
    [drill("wipe", () => Promise.reject(new Error("no host there"))), drill("peak", () => Promise.resolve([verdict("gap.thr1")]))],
    stage,
  );
  expect(reports.map(({ failure, verdicts }) => [failure, verdicts.length])).toEqual([
    ["no host there", 0],
    [undefined, 1],
  ]);
});

test("what a drill had judged before it failed is reported with its failure", async () => {
  const { stage } = stageOf();
  const failing = drill("peak", () =>
    Promise.reject(new Unfinished([verdict("gap.thr1"), verdict("gap.mhd1", false)], new Error("mhd1 is silent"))),
  );
  const [report] = await rehearse([failing], stage);
  expect(report).toMatchObject({ failure: "mhd1 is silent", verdicts: [{ kept: true }, { kept: false }] });
});

describe("cleaning", () => {
  const request = exampleOf("homa");
  beforeEach(stopClock);
  afterEach(startClock);
  /** A drill that leaves its Deployments, of which the site in memory tells nobody: whatever pods are removed are made again. */
  const leaving = (name: DrillName): Drill =>
    drill(name, async (stage) => {
      for (const twinSite of stage.sites.values())
        await new SiteLoad(twinSite, name, stage.signal).bring(workloadsAt(stage, "mhd1", peaksOf(stage)));
      throw new Unfinished([verdict("mhd1", false)], new Error("out of breath"));
    });

  test("that does not succeed after a drill ends the rehearsal, and what was judged until then is answered", async () => {
    const { value } = await timed(
      rehearse(
        [drill("wipe", () => Promise.resolve([verdict("thr1")])), leaving("peak"), leaving("rack")],
        stageOn(request, [new FakeCluster(request, "mhd1")]),
      ),
    );
    expect(value.map(({ drill: name, verdicts }) => [name, verdicts.map(({ kept }) => kept)])).toEqual([
      ["wipe", [true]],
      ["peak", [false]],
    ]);
    expect(value[1]?.failure).toMatch(
      /^out of breath; what drills made at mhd1 is not removed: still there after 180 s: \/api\/v1\/namespaces\/messenger-homa\/pods\/gateway-1, .*, and 33 others$/,
    );
  });

  test("that does not succeed before the first drill says what is left and what to do", async () => {
    const cluster = new FakeCluster(request, "mhd1");
    const stage = stageOn(request, [cluster]);
    await timed(rehearse([leaving("peak")], stage));
    const begun: string[] = [];
    const peak = drill("peak", () => Promise.resolve(begun.push("peak")).then(() => []));
    const look = (): Promise<void> => Promise.resolve(void begun.push("look"));
    const failed: unknown = await timed(rehearse([peak], stage, look)).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(InputError);
    expect((failed as InputError).problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^an earlier rehearsal is in the way: what drills made at mhd1 is not removed: still there .*; remove it by hand, or begin anew: /,
      ),
    ]);
    expect(begun).toEqual([]);
  });

  test("says all that it could not do", async () => {
    const cluster = new FakeCluster(request, "mhd1");
    jest.spyOn(cluster, "list").mockImplementation((path) => Promise.reject(new Error(`nobody answers for ${path}`)));
    const failed: unknown = await timed(rehearse([], stageOn(request, [cluster]))).catch((error: unknown) => error);
    const messages = (failed as InputError).problems.map(({ message }) => message);
    expect(messages.map((message) => /: (what .*?):/.exec(message)?.[1])).toEqual(
      expect.arrayContaining(["what the drill rack changed is not put back", "what drills made at mhd1 is not removed"]),
    );
  });
});

test("told to end, a drill puts things back, and no further one begins", async () => {
  const ending = new AbortController();
  const { stage } = stageOf(ending.signal);
  const done: string[] = [];
  const waiting = drill("wipe", async ({ signal }) => {
    try {
      setTimeout(() => ending.abort(), 10);
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
      return [];
    } finally {
      done.push("put back");
    }
  });
  const reports = await rehearse([waiting, drill("peak", () => Promise.resolve([]))], stage);
  expect(reports.map(({ drill: name, failure }) => [name, failure])).toEqual([["wipe", "ended early"]]);
  expect(done).toEqual(["put back"]);
});

test("a drill that goes on after it was told to end can say nothing any more, and is left behind after a while", async () => {
  jest.useFakeTimers();
  const ending = new AbortController();
  const { stage } = stageOf(ending.signal);
  const running = rehearse([drill("wipe", () => new Promise(() => undefined))], stage);
  await jest.advanceTimersByTimeAsync(1000);
  ending.abort();
  // Pods may take 120 s to go.
  await jest.advanceTimersByTimeAsync(149_000);
  await expect(Promise.race([running, Promise.resolve("waiting")])).resolves.toBe("waiting");
  await jest.advanceTimersByTimeAsync(1000);
  expect((await running).map(({ failure }) => failure)).toEqual(["ended early"]);
  jest.useRealTimers();
});

test("nothing is run where it was told to end before", async () => {
  const { stage } = stageOf(AbortSignal.abort());
  expect(await rehearse([drill("wipe", () => Promise.resolve([]))], stage)).toEqual([]);
});
