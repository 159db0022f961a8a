/**
 * Quantities as people write them, and the integers they become: counts, milli-threads, MiB, GB, Mbit/s, per mille, days, W.
 * GB and TB are decimal, GiB and TiB binary. Every type has its pattern in the JSON Schema too, so that editors refuse what we refuse.
 */
import { z } from "zod";

/** What one of each suffix is worth in the base unit of the dimension. */
const suffixes = {
  count: { "": 1n, k: 10n ** 3n, K: 10n ** 3n, M: 10n ** 6n, G: 10n ** 9n },
  bandwidth: { "Mbit/s": 1n, "Gbit/s": 10n ** 3n, "Tbit/s": 10n ** 6n },
  bytes: {
    MB: 10n ** 6n,
    GB: 10n ** 9n,
    TB: 10n ** 12n,
    PB: 10n ** 15n,
    MiB: 2n ** 20n,
    GiB: 2n ** 30n,
    TiB: 2n ** 40n,
    PiB: 2n ** 50n,
  },
  power: { W: 1n, kW: 10n ** 3n, MW: 10n ** 6n },
} as const;

/** Digits with single underscores between them, and a fraction; or a fraction alone. */
const decimal = String.raw`(?:\d+(?:_\d+)*(?:\.\d+)?|\.\d+)`;

interface Quantity {
  readonly dimension: keyof typeof suffixes;
  /** How many base units one unit of the result is; what does not fill one is dropped. @default 1 */
  readonly per?: bigint;
  /** The least and the most that the result may be. The most keeps sums of all of them within exact integers. */
  readonly least: number;
  readonly most: number;
  readonly expected: string;
}

function patternOf(dimension: keyof typeof suffixes): RegExp {
  const names = Object.keys(suffixes[dimension]).filter((name) => name !== "");
  return new RegExp(`^${decimal}\\s*(?:${names.join("|")})${dimension === "count" ? "?" : ""}$`);
}

/** The exact value of `text` in base units, as a fraction: binary floating point would make 2.3 of 1e6 something else. */
function exactly(dimension: keyof typeof suffixes, text: string): { numerator: bigint; denominator: bigint } | undefined {
  const match = /^([\d_]*)(?:\.(\d+))?\s*([A-Za-z/]*)$/.exec(text);
  const table: Readonly<Record<string, bigint>> = suffixes[dimension];
  const suffix = table[match?.[3] ?? ""];
  if (!match || suffix === undefined || text.length > 40) return undefined;
  const fraction = match[2] ?? "";
  return { numerator: BigInt((match[1] ?? "").replaceAll("_", "") + fraction) * suffix, denominator: 10n ** BigInt(fraction.length) };
}

/** A zod type for a quantity: text with a suffix, for counts also a plain number. Counts must come out whole, others are rounded down. */
function quantity({ dimension, per = 1n, least, most, expected }: Quantity): z.ZodType<number, number | string> {
  const text = z.string({ error: expected }).regex(patternOf(dimension), expected);
  const written =
    dimension === "count" ? z.union([text, z.number().int(expected).min(least, expected).max(most, expected)], { error: expected }) : text;
  return written.transform((input, context) => {
    const exact = exactly(dimension, String(input));
    const whole = exact && (dimension !== "count" || exact.numerator % exact.denominator === 0n);
    const value = exact && whole ? Number(exact.numerator / (exact.denominator * per)) : NaN;
    if (value >= least && value <= most) return value;
    context.issues.push({ code: "custom", message: expected, input });
    return z.NEVER;
  });
}

/** A whole number of people, connections or messages, at most 10G: `10M`, `5_000_000`, `1.3M`. */
export const count = quantity({
  dimension: "count",
  least: 0,
  most: 1e10,
  expected: "expected a whole number up to 10G such as 10M, 250k or 5_000_000",
});
/** A whole number of addresses, at most a million. */
export const addressCount = quantity({
  dimension: "count",
  least: 0,
  most: 1e6,
  expected: "expected a whole number of addresses up to 1M such as 32",
});
/** Bandwidth, as Mbit/s: `40 Gbit/s`. */
export const bandwidth = quantity({
  dimension: "bandwidth",
  least: 1,
  most: 1e9,
  expected: "expected a bandwidth from 1 Mbit/s to 1000 Tbit/s such as 40 Gbit/s",
});
/** Memory, as MiB, rounded down: `512GiB`. */
export const memory = quantity({
  dimension: "bytes",
  per: 2n ** 20n,
  least: 1,
  most: 2 ** 30,
  expected: "expected memory up to 1024TiB such as 512GiB",
});
/** Memory that may be nothing: `0GiB`. */
export const spareMemory = quantity({
  dimension: "bytes",
  per: 2n ** 20n,
  least: 0,
  most: 2 ** 30,
  expected: "expected memory up to 1024TiB such as 16GiB, or 0GiB",
});
/** Storage, as decimal GB, rounded down: `1.92TB`. */
export const storage = quantity({
  dimension: "bytes",
  per: 10n ** 9n,
  least: 1,
  most: 1e9,
  expected: "expected storage from 1GB to 1000PB such as 1.92TB",
});
/** Power, as W: `650W`, `14kW`. */
export const power = quantity({
  dimension: "power",
  least: 1,
  most: 1e9,
  expected: "expected power from 1W to 1000MW such as 650W or 14kW",
});

const shareExpected = "expected a share from 0% to 100% in steps of 0.1% such as 60%";
/** A share, as per mille: `60%` is 600, `2.5%` is 25. */
export const share: z.ZodType<number, string> = z
  .string({ error: shareExpected })
  .regex(/^(?:100(?:\.0)?|\d{1,2}(?:\.\d)?)\s*%$/, shareExpected)
  .transform((text) => {
    const [whole = "0", tenth = "0"] = text.replace(/\s*%$/, "").split(".");
    return Number(whole) * 10 + Number(tenth);
  });

const daysExpected = "expected a number of days from 0d to 3650d such as 90d";
/** A span of time, as days: `90d`; at most ten years. */
export const days: z.ZodType<number, string> = z
  .string({ error: daysExpected })
  .regex(/^(?:\d{1,3}|[12]\d{3}|3[0-5]\d{2}|36[0-4]\d|3650)d$/, daysExpected)
  .transform((text) => Number.parseInt(text, 10));

const dateExpected = "expected a day that exists, between 2000-01-01 and 2199-12-31, as YYYY-MM-DD";
/** A day of the Gregorian calendar, `YYYY-MM-DD`; kept as text, which sorts as days do. */
export const date = z.iso.date({ error: dateExpected }).regex(/^2[01]/, dateExpected);

/** Identical parts, `2 x 25 Gbit/s`, of which each is written as `dimension` says. */
function several(each: z.ZodType<number, number | string>, dimension: keyof typeof suffixes, example: string) {
  const expected = `expected 1 to 99 equal parts such as ${example}`;
  return z
    .string({ error: expected })
    .regex(new RegExp(`^[1-9]\\d?\\s*x\\s*${patternOf(dimension).source.slice(1)}`), expected)
    .transform((text, context) => {
      const [many = "", one = ""] = text.split("x").map((part) => part.trim());
      const part = each.safeParse(one);
      if (part.success) return { count: Number(many), each: part.data };
      context.issues.push({ code: "custom", message: expected, input: text });
      return z.NEVER;
    });
}
/** Ports of a NIC, each in Mbit/s. */
export const ports = several(bandwidth, "bandwidth", "2 x 25 Gbit/s");
/** Drives, each in decimal GB. */
export const drives = several(storage, "bytes", "4 x 18TB");
