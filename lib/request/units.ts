/**
 * Quantities as people write them, and the integers they become: counts, milli-threads, MiB, GB, Mbit/s, per mille, days, W.
 * GB and TB are decimal, GiB and TiB binary.
 */
import { z } from "zod";

const factor = {
  count: { "": 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9 },
  bandwidth: { "Mbit/s": 1, "Gbit/s": 1e3, "Tbit/s": 1e6 },
  bytes: { MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40, PiB: 2 ** 50 },
  power: { W: 1, kW: 1e3 },
} as const;

type Dimension = keyof typeof factor;

/** Reads `text` as a number with one of the dimension's suffixes, in the dimension's base unit; `undefined` where it is not one. */
function read(dimension: Dimension, text: string): number | undefined {
  const match = /^(\d[\d_]*(?:\.\d+)?)\s*([A-Za-z/]*)$/.exec(text.trim());
  const suffix = match?.[2] ?? "";
  const table: Readonly<Record<string, number>> = factor[dimension];
  if (!match?.[1] || !(suffix in table)) return undefined;
  const value = Number(match[1].replaceAll("_", ""));
  // 1.3M is 1.3 * 1e6 = 1300000 exactly only after rounding away what binary fractions add.
  return Math.round(value * (table[suffix] ?? NaN) * 1e6) / 1e6;
}

/** A zod type for a quantity of `dimension`, divided by `per` and rounded down; `example` stands in the error. */
function quantity(dimension: Dimension, per: number, example: string): z.ZodType<number, number | string> {
  return z.union([z.number(), z.string()], { error: `expected a quantity such as ${example}` }).transform((input, context) => {
    const value = read(dimension, String(input));
    if (value !== undefined && Number.isSafeInteger(Math.floor(value / per))) return Math.floor(value / per);
    context.issues.push({ code: "custom", message: `expected a quantity such as ${example}`, input });
    return z.NEVER;
  });
}

/** A whole number of people, connections, messages: `10M`, `5_000_000`, `1.3M`. */
export const count = quantity("count", 1, "10M, 250k or 5_000_000");
/** Bandwidth, as Mbit/s: `40 Gbit/s`. */
export const bandwidth = quantity("bandwidth", 1, "40 Gbit/s or 400 Mbit/s");
/** Memory, as MiB, rounded down: `512GiB`. */
export const memory = quantity("bytes", 2 ** 20, "512GiB");
/** Storage, as decimal GB, rounded down: `1.92TB`. */
export const storage = quantity("bytes", 1e9, "1.92TB or 400GB");
/** Power, as W: `650W`, `14kW`. */
export const power = quantity("power", 1, "650W or 14kW");
/** A share, as per mille: `60%` is 600, `2.5%` is 25. */
export const share = z.union([z.string(), z.number()], { error: "expected a share such as 60%" }).transform((input, context) => {
  const match = /^(\d+(?:\.\d)?)\s*%$/.exec(String(input).trim());
  const value = Math.round(Number(match?.[1]) * 10);
  if (match && value <= 1000) return value;
  context.issues.push({ code: "custom", message: "expected a share of at most 100% in steps of 0.1%, such as 60%", input });
  return z.NEVER;
});
/** A span of time, as days: `90d`. */
export const days = z
  .string({ error: "expected a number of days such as 90d" })
  .regex(/^\d{1,5}d$/, "expected a number of days such as 90d")
  .transform((text) => Number.parseInt(text, 10));
/** A day of the proleptic Gregorian calendar, `YYYY-MM-DD`; kept as text, which sorts as days do. */
export const date = z.iso.date("expected a date that exists, as YYYY-MM-DD");
/** Identical parts: `2 x 25 Gbit/s`, `4 x 18TB`. */
function several(each: z.ZodType<number, number | string>, example: string) {
  return z
    .string({ error: `expected a number of equal parts such as ${example}` })
    .transform((text, context) => {
      const match = /^(\d{1,3})\s*x\s*(.+)$/.exec(text.trim());
      const one = each.safeParse(match?.[2] ?? "");
      if (match && one.success && Number(match[1]) > 0) return { count: Number(match[1]), each: one.data };
      context.issues.push({ code: "custom", message: `expected a number of equal parts such as ${example}`, input: text });
      return z.NEVER;
    });
}
/** Ports of a NIC, each in Mbit/s. */
export const ports = several(bandwidth, "2 x 25 Gbit/s");
/** Drives, each in decimal GB. */
export const drives = several(storage, "4 x 18TB");
