import * as fc from "fast-check";
import type { Messenger } from "../../lib/request/messenger";
import { valuesOf } from "../../lib/sizing/coefficient";
import { dateOf, dayNumber } from "../../lib/sizing/day";
import { activeOn, audienceOn, mostOf, timelineOf, type Calendar } from "../../lib/sizing/timeline";
import { calendar, messengerOf } from "./messenger";

const values = valuesOf();
const grown = messengerOf({
  growth: [
    { date: "2026-12-04", active: 6e6 },
    { date: "2026-12-14", active: 4e6 },
  ],
});
const active = (messenger: Messenger, date: string, days = calendar) => activeOn(timelineOf(messenger, days), dayNumber(date));

describe("the growth curve", () => {
  test.each([
    ["2026-11-24", 5e6],
    ["2026-11-29", 5.5e6],
    ["2026-12-04", 6e6],
    ["2026-12-09", 5e6],
    ["2026-12-14", 4e6],
    ["2027-02-01", 4e6],
  ])("has straight lines between its points, and is level after the last: %s", (date, expected) => {
    expect(active(grown, date)).toBe(expected);
  });

  test("starts on the day of the audience's figure where that is given", () => {
    const older = { ...grown, audience: { ...grown.audience, asOf: "2026-11-04" } };
    expect(active(older, "2026-11-24")).toBeCloseTo(5e6 + (20 / 30) * 1e6, 6);
  });

  test("is level before the day of the audience's figure", () => {
    const later = { ...grown, audience: { ...grown.audience, asOf: "2026-11-30" } };
    expect(active(later, "2026-11-24")).toBe(5e6);
  });

  test("leaves out points that have passed", () => {
    const passed = messengerOf({
      growth: [
        { date: "2026-11-20", active: 9e6 },
        { date: "2026-11-24", active: 8e6 },
        { date: "2026-12-04", active: 6e6 },
      ],
    });
    expect(active(passed, "2026-11-29")).toBe(5.5e6);
  });
});

describe("surges", () => {
  const surging = (surges: Messenger["surges"], company: Calendar["surges"] = []) =>
    timelineOf(messengerOf({ surges }), { ...calendar, surges: company });
  const at = (timeline: ReturnType<typeof surging>, date: string) => audienceOn(timeline, dayNumber(date), values);
  const newYear = { name: "new-year", from: "2026-12-01", to: "2026-12-10" };

  test("hold on their first and last day, and not around them", () => {
    const timeline = surging([{ ...newYear, factor: 2 }]);
    const days = ["2026-11-30", "2026-12-01", "2026-12-10", "2026-12-11"].map((date) => at(timeline, date).active);
    expect(days).toEqual([5e6, 10e6, 10e6, 5e6]);
  });

  test("take active users in place of a factor", () => {
    expect(at(surging([{ ...newYear, active: 7e6 }]), "2026-12-05")).toMatchObject({ active: 7e6, cause: "surge new-year" });
  });

  test("multiply by surge_users where they state neither", () => {
    expect(at(surging([newYear]), "2026-12-05").active).toBe(15e6);
  });

  test("never make an audience smaller", () => {
    expect(at(surging([{ ...newYear, factor: 0.5 }]), "2026-12-05")).toMatchObject({ active: 5e6, cause: "audience" });
  });

  test("of the company and of the messenger overlap as the larger, not as their product", () => {
    const both = surging([{ ...newYear, factor: 1.4 }], [{ name: "arrival", from: "2026-12-05", to: "2026-12-20", factor: 2 }]);
    expect(at(both, "2026-12-04")).toMatchObject({ active: 7e6, cause: "surge new-year" });
    expect(at(both, "2026-12-05")).toMatchObject({ active: 10e6, cause: "surge arrival (all messengers)" });
  });

  test("use bw_elasticity times the bandwidth for what they add", () => {
    expect(at(surging([{ ...newYear, factor: 2 }]), "2026-12-05").bandwidth).toBe(5e6 + 5e6 * 1.75);
  });
});

describe("the most of a period", () => {
  test("is on the earliest of equal days", () => {
    const { users } = mostOf(
      timelineOf(messengerOf({ surges: [{ name: "s", from: "2026-12-01", to: "2026-12-10", factor: 2 }] }), calendar),
      values,
    );
    expect(dateOf(users.day)).toBe("2026-12-01");
  });

  test("is on the book date where the audience shrinks", () => {
    const { users } = mostOf(timelineOf(messengerOf({ growth: [{ date: "2027-06-01", active: 1e6 }] }), calendar), values);
    expect(users).toMatchObject({ day: dayNumber("2026-11-24"), cause: "audience", active: 5e6 });
  });

  test("ends with the horizon, that day included", () => {
    const growing = messengerOf({ growth: [{ date: "2027-11-24", active: 10e6 }] });
    const { users } = mostOf(timelineOf(growing, calendar), values);
    expect(users).toMatchObject({ day: dayNumber("2027-02-22"), cause: "growth" });
    const afterwards = messengerOf({ surges: [{ name: "s", from: "2027-02-23", to: "2027-03-10", factor: 2 }] });
    expect(mostOf(timelineOf(afterwards, calendar), values).users.cause).toBe("audience");
  });

  test("is bandwidth's on another day where newcomers of a smaller crowd use more", () => {
    const crowded = messengerOf({
      growth: [{ date: "2027-02-22", active: 10e6 }],
      surges: [{ name: "s", from: "2026-11-24", to: "2026-11-24", active: 9.5e6 }],
    });
    const { users, bandwidth } = mostOf(timelineOf(crowded, calendar), values);
    expect([dateOf(users.day), dateOf(bandwidth.day)]).toEqual(["2027-02-22", "2026-11-24"]);
  });

  const day = fc.integer({ min: -40, max: 130 }).map((after) => dateOf(dayNumber(calendar.asOf) + after));
  const surge = fc
    .record({
      name: fc.constantFrom("a", "b"),
      days: fc.tuple(day, day),
      size: fc.oneof(
        fc.record({ factor: fc.double({ min: 0.2, max: 4, noNaN: true }) }),
        fc.record({ active: fc.integer({ min: 0, max: 2e7 }) }),
        fc.constant({}),
      ),
    })
    .map(({ name, days, size }) => ({ name, from: days.toSorted()[0] ?? "", to: days.toSorted()[1] ?? "", ...size }));

  test("is what trying every day finds", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ date: day, active: fc.integer({ min: 0, max: 2e7 }) }), { maxLength: 4, selector: ({ date }) => date }),
        fc.array(surge, { maxLength: 3 }),
        fc.array(surge, { maxLength: 2 }),
        fc.option(day, { nil: undefined }),
        (growth, surges, company, asOf) => {
          const messenger = messengerOf({
            growth,
            surges,
            audience: { registered: 3e7, active: 5e6, source: "test", ...(asOf ? { asOf } : {}) },
          });
          const all = company.map((one) => ({ ...one, factor: 2.5 }));
          const timeline = timelineOf(messenger, { ...calendar, surges: all });
          const every = Array.from({ length: calendar.horizon + 1 }, (_, after) => audienceOn(timeline, timeline.asOf + after, values));
          const { users, bandwidth } = mostOf(timeline, values);
          const most = Math.max(...every.map((audience) => audience.active));
          expect(users.active).toBe(most);
          expect(users.day).toBe(
            every.filter((audience) => audience.active === most).sort((a, b) => b.bandwidth - a.bandwidth || a.day - b.day)[0]?.day,
          );
          expect(bandwidth.bandwidth).toBe(Math.max(...every.map((audience) => audience.bandwidth)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
