/** The numbers that the sizing model stands on, each with its range and source: coefficients.yaml, read once and checked. */
import { readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { noMemory, type Memory } from "../memory/memory";
import { coefficientNames, type CoefficientName } from "./coefficientNames";

/** Where a shipped coefficient comes from: found in a source, computed from such figures, or judged. */
export const coefficientKinds = ["retrieved", "derived", "assumed"] as const;

const coefficientSchema = z
  .strictObject({
    unit: z.string().min(1),
    value: z.number().positive(),
    low: z.number().positive(),
    high: z.number().positive(),
    kind: z.enum(coefficientKinds),
    source: z.string().min(1),
  })
  .refine(({ value, low, high }) => low <= value && value <= high, "the value lies outside low and high");

const bookSchema = z.strictObject({ version: z.string().min(1), coefficients: z.record(z.enum(coefficientNames), coefficientSchema) });

/** One number of the model: its value, the range it may lie in, and where it comes from. */
export type Coefficient = z.output<typeof coefficientSchema>;
/** All coefficients by name, and the version of the whole that the lock names. */
export type CoefficientBook = z.output<typeof bookSchema>;
/** The value to reckon with for every coefficient. */
export type Values = Readonly<Record<CoefficientName, number>>;

// The compiler copies no YAML, so the built code reads the package's one copy: dist/lib/sizing stands for lib/sizing.
const folder = __dirname.replace(`${sep}dist${sep}lib${sep}sizing`, `${sep}lib${sep}sizing`);

let book: CoefficientBook | undefined;

/** The shipped coefficients, read at the first call. */
export function coefficientBook(memory: Memory = noMemory): CoefficientBook {
  return (book ??= readBook(readFileSync(join(folder, "coefficients.yaml"), "utf8"), memory));
}

let shipped: Values | undefined;

/** The shipped values, with those that a profile overrides by name replaced. */
export function valuesOf(profile: Overrides = {}): Values {
  shipped ??= valuesIn(coefficientBook());
  return valuesWith(shipped, profile);
}

/** Values that a messenger's profile puts in the place of the shipped ones. */
export type Overrides = Readonly<Partial<Record<CoefficientName, number | undefined>>>;

/** The values of a book. */
export function valuesIn({ coefficients }: CoefficientBook): Values {
  return Object.fromEntries(Object.entries(coefficients).map(([name, { value }]) => [name, value])) as Values;
}

/** Values with those that a profile overrides by name replaced. */
export function valuesWith(base: Values, profile: Overrides): Values {
  const values: Record<CoefficientName, number> = { ...base };
  for (const name of coefficientNames) if (profile[name] !== undefined) values[name] = profile[name];
  return values;
}

/**
 * The book that a text holds.
 * @throws ZodError where it is none
 */
export function readBook(text: string, memory: Memory = noMemory): CoefficientBook {
  return memory.recall("coefficients", [text], () => bookSchema.parse(parse(text)));
}
