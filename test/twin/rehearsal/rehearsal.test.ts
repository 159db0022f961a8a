import { type Drill, type DrillName, drillNames, type Stage, type Verdict } from "../../../lib/twin/drill";
import { loadDrills, rehearse } from "../../../lib/twin/rehearsal/rehearsal";

const verdict = (about: string, kept = true): Verdict => ({ promise: "something holds", about, done: "tried", seen: "held", kept });
const drill = (name: DrillName, run: Drill["run"]): Drill => ({ name, run });

/** A stage without sites: what drills of these tests do needs none. */
function stageOf(signal = new AbortController().signal): { stage: Stage; said: string[] } {
  const said: string[] = [];
  const request = { estate: {}, messengers: [], lock: {}, host: () => undefined } as unknown as Stage["request"];
  const calendar = {} as Stage["calendar"];
  return { said, stage: { request, calendar, demands: [], sites: new Map(), progress: (what) => void said.push(what), signal } };
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
  const reports = await rehearse([first, second], stage);
  expect(reports.map(({ drill: name, verdicts, failure }) => [name, verdicts.length, failure])).toEqual([
    ["wipe", 2, undefined],
    ["peak", 1, undefined],
  ]);
  expect(said).toEqual(["wipe: trying"]);
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
  await jest.advanceTimersByTimeAsync(60_000);
  expect((await running).map(({ failure }) => failure)).toEqual(["ended early"]);
  jest.useRealTimers();
});

test("nothing is run where it was told to end before", async () => {
  const { stage } = stageOf(AbortSignal.abort());
  expect(await rehearse([drill("wipe", () => Promise.resolve([]))], stage)).toEqual([]);
});
