import { valuesOf } from "../../lib/sizing/coefficient";
import { signUps } from "../../lib/sizing/signUp";
import { timelineOf } from "../../lib/sizing/timeline";
import { calendar, messengerOf } from "./messenger";

const surge = (name: string, from: string, to: string) => ({ name, from, to, factor: 2 });

test("seven per cent of the active sign up in a day, a tenth of them in its busiest hour", () => {
  const timeline = timelineOf(messengerOf({ surges: [surge("new-year", "2026-12-01", "2026-12-10")] }), calendar);
  expect(signUps(timeline, valuesOf())).toEqual([{ surge: "new-year", perSecond: expect.closeTo((5e6 * 0.07 * 0.1) / 3600, 9) as number }]);
});

test("surges outside the period are left out, the company's are among them", () => {
  const surges = [
    surge("past", "2026-11-01", "2026-11-23"),
    surge("running", "2026-11-01", "2026-11-24"),
    surge("later", "2027-02-23", "2027-03-01"),
  ];
  const timeline = timelineOf(messengerOf({ surges }), { ...calendar, surges: [surge("all", "2027-02-22", "2027-03-01")] });
  expect(signUps(timeline, valuesOf()).map(({ surge: name }) => name)).toEqual(["running", "all"]);
});
