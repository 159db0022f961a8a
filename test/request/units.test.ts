import fc from "fast-check";
import { bandwidth, count, date, days, drives, memory, ports, power, share, storage } from "../../lib/request/units";

const types = { bandwidth, count, date, days, drives, memory, ports, power, share, storage };

test.each<[keyof typeof types, unknown, unknown]>([
  ["count", "10M", 10_000_000],
  ["count", "1.3M", 1_300_000],
  ["count", "4.35M", 4_350_000],
  ["count", ".5M", 500_000],
  ["count", "5_000_000", 5_000_000],
  ["count", "250k", 250_000],
  ["count", 0, 0],
  ["count", "10G", 1e10],
  ["bandwidth", "40 Gbit/s", 40_000],
  ["bandwidth", "2.3Gbit/s", 2300],
  ["memory", "512GiB", 524_288],
  ["memory", "1.5MiB", 1],
  ["memory", "1GB", 953],
  ["storage", "1.92TB", 1920],
  ["storage", "1TiB", 1099],
  ["power", "14kW", 14_000],
  ["power", "1.2345kW", 1234],
  ["share", "2.5%", 25],
  ["share", "100 %", 1000],
  ["share", "0%", 0],
  ["days", "90d", 90],
  ["date", "2028-02-29", "2028-02-29"],
  ["ports", "2 x 25 Gbit/s", { count: 2, each: 25_000 }],
  ["drives", "4x18TB", { count: 4, each: 18_000 }],
])("%s reads %j as %j", (type, text, expected) => {
  expect(types[type].parse(text)).toEqual(expected);
});

test.each<[keyof typeof types, unknown]>([
  ["count", "-3"],
  ["count", -3],
  ["count", 1.5],
  ["count", "1.0005k"],
  ["count", "10.1G"],
  ["count", "1e7"],
  ["count", "۱۰M"],
  ["count", "10m"],
  ["count", "1__0"],
  ["count", "_1"],
  ["count", ""],
  ["count", true],
  ["count", "9".repeat(50)],
  ["bandwidth", "40"],
  ["bandwidth", "40 GB/s"],
  ["bandwidth", "0 Gbit/s"],
  ["memory", "1KiB"],
  ["memory", "512 Gi"],
  ["storage", "999MB"],
  ["power", 650],
  ["share", "100.1%"],
  ["share", "2.55%"],
  ["share", "-1%"],
  ["share", 60],
  ["days", "4000d"],
  ["days", 90],
  ["date", "2027-02-29"],
  ["date", "2027-2-9"],
  ["date", "1403-01-01"],
  ["date", "2200-01-01"],
  ["ports", "0 x 25 Gbit/s"],
  ["ports", "25 Gbit/s"],
  ["drives", "2 x 18 Gbit/s"],
])("%s refuses %j and says what it expects", (type, text) => {
  const { success, error } = types[type].safeParse(text);
  expect(success).toBe(false);
  expect(error?.issues[0]?.message).toMatch(/^expected /);
});

test("a decimal fraction is exact, whatever binary fractions make of it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999_999 }), (thousandths) => {
      const text = `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, "0")}`;
      expect(count.parse(`${text}k`)).toBe(thousandths);
    }),
  );
});
