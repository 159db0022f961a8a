/** docs/speed.md: from figures to text. */
import type { Run } from "./measure";

/** What the figures were measured on. */
export interface Machine {
  readonly cpus: number;
  readonly memoryGiB: number;
  readonly node: string;
}

/** What a verb took of one fleet. */
export interface VerbFigures {
  readonly verb: string;
  /** With nothing remembered. */
  readonly fresh: Run;
  /** With what the run before remembered; none of a verb that remembers nothing. */
  readonly again?: Run;
}

/** A fleet, and what each verb took of it. */
export interface FleetFigures {
  readonly messengers: number;
  readonly sites: number;
  readonly servers: number;
  /** Servers that the lock grants, when one messenger has grown. */
  readonly granted: number;
  /** How many runs a figure is the median of. */
  readonly times: number;
  readonly verbs: readonly VerbFigures[];
}

/** A verb in one state of the memory: a run for each fleet that has it. */
interface Row {
  readonly name: string;
  readonly runs: readonly (Run | undefined)[];
}

/** The name of a verb's row with a full memory. */
export const remembered = (verb: string): string => `${verb}; remembered`;

const whole = (value: number): string => value.toLocaleString("en");
/** To two significant digits: a second run differs in the third. */
const rounded = (value: number): number => Number(value.toPrecision(2));
const figure = (value: number): string => (rounded(value) < 10 ? value.toPrecision(2) : whole(rounded(value)));
const times = (value: number): string => `${figure(value)} times`;

/** A table as prettier writes it: the first column to the left, the others, numbers, to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.slice(1).map(line)].join("\n");
}

function rowsOf(fleets: readonly FleetFigures[]): Row[] {
  const verbs = new Set(fleets.flatMap((fleet) => fleet.verbs.map(({ verb }) => verb)));
  return [...verbs].flatMap((verb) => {
    const figures = fleets.map((fleet) => fleet.verbs.find((each) => each.verb === verb));
    const fresh = { name: verb, runs: figures.map((each) => each?.fresh) };
    const again = { name: remembered(verb), runs: figures.map((each) => each?.again) };
    return again.runs.some((run) => run !== undefined) ? [fresh, again] : [fresh];
  });
}

/** How many times as much the last fleet took as the one before. */
function growthOf({ runs }: Row, of: keyof Run): number {
  const [before, last] = runs.slice(-2);
  return before && last ? last[of] / before[of] : NaN;
}

function figures(rows: readonly Row[], fleets: readonly FleetFigures[], unit: string, of: keyof Run): string {
  const shown = (value: number | undefined, words: (value: number) => string) =>
    value === undefined || Number.isNaN(value) ? "-" : words(value);
  return table([
    [unit, ...fleets.map(({ messengers }) => whole(messengers)), "growth"],
    ...rows.map((row) => [row.name, ...row.runs.map((run) => shown(run?.[of], figure)), shown(growthOf(row, of), times)]),
  ]);
}

/** A line for every row of which time or memory grows faster than the work. */
function remarks(rows: readonly Row[], work: number): string {
  const lines = rows.flatMap((row) => {
    const [seconds, memory] = [growthOf(row, "seconds"), growthOf(row, "peakMiB")];
    if (!(rounded(seconds) > work || rounded(memory) > work)) return [];
    return [`- **${row.name}**: ${times(work)} the work took ${times(seconds)} the time and ${times(memory)} the memory.`];
  });
  return lines.length > 0 ? lines.join("\n") : `Nothing took more than ${times(work)} as much for ${times(work)} the work.`;
}

/** A sentence of how many runs a figure stands for. */
function runsOf(fleets: readonly FleetFigures[]): string {
  const sizes = (which: (fleet: FleetFigures) => boolean) =>
    fleets
      .filter(which)
      .map(({ messengers }) => whole(messengers))
      .join(", ");
  const counts = [...new Set(fleets.map((fleet) => fleet.times))];
  const parts = counts.map((count) => {
    const of = sizes((fleet) => fleet.times === count);
    return count === 1 ? `${of} messengers: one run` : `${of} messengers: the median of ${count} runs`;
  });
  return `${parts.join("; ")}.`;
}

/**
 * The whole page.
 *
 * @param fleets two or more, from the smallest to the largest
 */
export function speedPage({ cpus, memoryGiB, node }: Machine, fleets: readonly FleetFigures[]): string {
  const [before, last] = fleets.slice(-2);
  if (!before || !last) throw new RangeError(`growth is seen from two sizes on, not from ${fleets.length}`);
  const rows = rowsOf(fleets);
  const work = last.messengers / before.messengers;
  return `<!-- Made by \`npm run bench:growth\`, which writes the whole page: change bench/speedPage.ts instead. -->

# Speed

How time and memory of the verbs grow with the fleet. Each figure is of a whole process, from start to exit: the seconds that passed, and
the most memory that it ever had. Both are rounded to two digits.

- Measured on ${cpus} CPUs with ${whole(Math.round(memoryGiB))} GiB of memory, with Node ${node}, and files in the system's folder for temporary ones.
- ${runsOf(fleets)}
- **growth** is from ${whole(before.messengers)} to ${whole(last.messengers)} messengers: ${times(work)} the work.

The fleets are made up, the same every time: one messenger of five has servers of its own, the others share the pool.

${table([
  ["messengers", ...fleets.map(({ messengers }) => whole(messengers))],
  ["sites", ...fleets.map(({ sites }) => whole(sites))],
  ["servers", ...fleets.map(({ servers }) => whole(servers))],
  ["granted servers", ...fleets.map(({ granted }) => whole(granted))],
])}

## The verbs

In this order, each on the files that the one before left:

- **allocate** all messengers, from an empty lock;
- **validate** all files;
- **size** all messengers, as a page and as JSON;
- **synth** all stacks, into an empty folder;
- **allocate, one grew**: one messenger has many more users, and is named;
- **synth, one grew**: all stacks again, over those of before.

\`status\` is not measured, as it needs clusters.

## What is remembered

The command line keeps results in the user's cache, \`$XDG_CACHE_HOME/zirsakht\`, else \`~/.cache/zirsakht\`, each by the content of all that it
was computed from; the folder may be deleted at any time. The benchmark has a cache of its own. A plain row begins with an empty one, a row
that says **remembered** with what the same verb left there: before one grew, where one did. A verb without such a row left nothing.

## Time

${figures(rows, fleets, "seconds", "seconds")}

## Memory

${figures(rows, fleets, "MiB", "peakMiB")}

## What grows faster than the fleet

${remarks(rows, work)}
`;
}
