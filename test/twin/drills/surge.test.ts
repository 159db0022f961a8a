import { join } from "node:path";
import { readRequest } from "../../../lib/request/read";
import { sizeMessenger } from "../../../lib/sizing/size";
import { calendarOf, type Calendar } from "../../../lib/sizing/timeline";
import { sizedIn, surge, surgesOf } from "../../../lib/twin/drills/surge";
import type { Stage } from "../../../lib/twin/drill";
import { FakeCluster } from "../../support/fakeCluster";
import { stageOn } from "../../support/stage";

const { lock, ...request } = readRequest(join(__dirname, "../../../stacks"));
if (!lock) throw new Error("the example has a lock");
const stage = (calendar: Calendar = calendarOf(request.estate, lock.asOf)): Pick<Stage, "request" | "calendar"> => ({
  request: { ...request, lock },
  calendar,
});
const named = (name: string, of = stage()) => {
  const found = surgesOf(of).find((each) => each.name === name);
  if (!found) throw new Error(`no surge ${name}`);
  return found;
};
const activeIn = (name: string, id: string, of = stage()): number | undefined =>
  sizedIn(of, named(name, of)).find(({ messenger }) => messenger.messenger === id)?.size.peak.active;

describe("dated surges", () => {
  it("are everybody's first, then each messenger's own, by their days", () =>
    expect(surgesOf(stage()).map(({ name, messenger }) => [name, messenger?.messenger])).toEqual([
      ["arrival-of-all", undefined],
      ["holy-days", "hodhod"],
      ["new-year", "soroush"],
    ]));

  it("are left out once they are over", () =>
    expect(surgesOf(stage({ ...stage().calendar, asOf: "2027-02-01" })).map(({ name }) => name)).toEqual(["new-year"]));

  it("double everybody's people where the estate says so", () => {
    expect(activeIn("arrival-of-all", "homa")).toBe(600_000);
    expect(activeIn("arrival-of-all", "hodhod")).toBe(700_000);
  });

  it("grow from the curve as it is on their days", () => {
    const grown = activeIn("arrival-of-all", "soroush");
    // Of 5M on 2026-11-24 to 6M on 2027-03-01, 97 days later, the last day of the surge is the 42nd.
    expect(grown).toBeCloseTo(2 * (5_000_000 + (1_000_000 * 42) / 97), 0);
  });

  it("leave the others as they are on those days", () => {
    expect(activeIn("holy-days", "hodhod")).toBe(500_000);
    expect(activeIn("holy-days", "homa")).toBe(300_000);
  });

  it("are never larger than the peak that was allocated for", () => {
    for (const { name } of surgesOf(stage()).filter(({ from }) => from < "2027-02-22"))
      for (const { messenger, size } of sizedIn(stage(), named(name)))
        expect(size.peak.active).toBeLessThanOrEqual(sizeMessenger(messenger, stage().calendar).peak.active);
  });

  it("count as far as the horizon only", () => {
    const short = stage({ ...stage().calendar, horizon: 30 });
    expect(activeIn("arrival-of-all", "soroush", short)).toBeCloseTo(2 * (5_000_000 + (1_000_000 * 30) / 97), 0);
  });
});

describe("the drill", () => {
  it("does not keep a promise where nobody runs anything", async () => {
    const { request: all } = stage();
    const nobody = { ...all, messengers: [] };
    const cluster = new FakeCluster(nobody, "mhd1");
    const verdicts = await surge.run(stageOn(nobody, [cluster]));
    expect(verdicts).toEqual([
      {
        promise: expect.stringMatching(/^the surge arrival-of-all /) as string,
        about: "all messengers at mhd1",
        done: "nothing",
        seen: "nobody runs pods here on those days",
        kept: true,
      },
    ]);
    expect(cluster.asked).toEqual([]);
  });
});
