/** `npm run bench [name…]`: runs the benchmarks one after the other and prints their figures; exits with 1 where a limit does not hold. */
import { allocation } from "./allocate";
import type { Figure } from "./measure";
import { sizing } from "./size";
import { start } from "./start";
import { synth } from "./synth";

const benchmarks: Readonly<Record<string, () => Figure[]>> = { start, size: sizing, allocate: allocation, synth };

const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  const benchmark = benchmarks[name];
  if (!benchmark) throw new RangeError(`there is no benchmark ${name}, only ${Object.keys(benchmarks).join(", ")}`);
  for (const { name: what, value, limit = "", holds = true } of benchmark()) {
    if (!holds) process.exitCode = 1;
    console.log(`${what.padEnd(52)} ${value.padStart(12)}   ${limit}${holds ? "" : ": NOT HELD"}`);
  }
}
