import { dateOf, dayNumber } from "../../lib/sizing/day";

test.each(["1970-01-01", "2000-02-29", "2026-11-24", "2027-03-21"])("%s is its number's day", (date) => {
  expect(dateOf(dayNumber(date))).toBe(date);
});

test("days follow each other over leap days and time zones", () => {
  expect(dayNumber("1970-01-02")).toBe(1);
  expect(dayNumber("2028-03-01") - dayNumber("2028-02-28")).toBe(2);
  expect(dayNumber("2026-03-23") - dayNumber("2026-03-21")).toBe(2);
});
