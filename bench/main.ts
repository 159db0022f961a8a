/** `npm run bench [name…]`: runs the benchmarks one after the other and prints their figures; exits with 1 where a limit does not hold. */
import { allocation } from "./allocate";
import { difference } from "./diff";
import type { Figure } from "./measure";
import { sizing } from "./size";
import { start } from "./start";
import { synth } from "./synth";

const benchmarks: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  start,
  size: sizing,
  allocate: allocation,
  synth,
  diff: difference,
};
/** Run by name only: they need programs that are built first, and time. */
const byName: typeof benchmarks = {
  twin: async () => (await import("./twin.js")).twin(),
  scale: async () => (await import("./scale.js")).scale(),
  growth: async () => (await import("./growth.js")).growth(),
};

async function run(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const benchmark = benchmarks[name] ?? byName[name];
    if (!benchmark) throw new RangeError(`there is no benchmark ${name}, only ${Object.keys({ ...benchmarks, ...byName }).join(", ")}`);
    for (const { name: what, value, limit = "", holds = true } of await benchmark()) {
      if (!holds) process.exitCode = 1;
      console.log(`${what.padEnd(52)} ${value.padStart(12)}   ${limit}${holds ? "" : ": NOT HELD"}`);
    }
  }
}

const asked = process.argv.slice(2);
void run(asked.length > 0 ? asked : Object.keys(benchmarks));
