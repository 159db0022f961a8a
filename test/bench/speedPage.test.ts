import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { speedPage, type FleetFigures } from "../../bench/speedPage";

const machine = { cpus: 4, memoryGiB: 31.6, node: "20.1.2" };
const run = (seconds: number, peakMiB: number) => ({ seconds, peakMiB });
const fleets: FleetFigures[] = [
  { messengers: 100, sites: 1, servers: 800, granted: 240, times: 3, verbs: [{ verb: "validate", fresh: run(0.0444, 71) }] },
  {
    messengers: 1000,
    sites: 1,
    servers: 8000,
    granted: 960,
    times: 3,
    verbs: [
      { verb: "validate", fresh: run(1.26, 110), again: run(0.5, 90.4) },
      { verb: "synth", fresh: run(9.96, 345) },
    ],
  },
  {
    messengers: 10_000,
    sites: 8,
    servers: 80_000,
    granted: 9280,
    times: 1,
    verbs: [
      { verb: "validate", fresh: run(12.9, 220), again: run(5.2, 1000) },
      { verb: "synth", fresh: run(127.4, 3478) },
    ],
  },
];

const expected = `<!-- Made by \`npm run bench:growth\`, which writes the whole page: change bench/speedPage.ts instead. -->

# Speed

How time and memory of the verbs grow with the fleet. Each figure is of a whole process, from start to exit: the seconds that passed, and
the most memory that it ever had. Both are rounded to two digits.

- Measured on 4 CPUs with 32 GiB of memory, with Node 20.1.2, and files in the system's folder for temporary ones.
- 100, 1,000 messengers: the median of 3 runs; 10,000 messengers: one run.
- **growth** is from 1,000 to 10,000 messengers: 10 times the work.

The fleets are made up, the same every time: one messenger of five has servers of its own, the others share the pool.

| messengers      | 100 | 1,000 | 10,000 |
| --------------- | --: | ----: | -----: |
| sites           |   1 |     1 |      8 |
| servers         | 800 | 8,000 | 80,000 |
| granted servers | 240 |   960 |  9,280 |

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

| seconds              |   100 | 1,000 | 10,000 |   growth |
| -------------------- | ----: | ----: | -----: | -------: |
| validate             | 0.044 |   1.3 |     13 | 10 times |
| validate; remembered |     - |  0.50 |    5.2 | 10 times |
| synth                |     - |    10 |    130 | 13 times |

## Memory

| MiB                  | 100 | 1,000 | 10,000 |    growth |
| -------------------- | --: | ----: | -----: | --------: |
| validate             |  71 |   110 |    220 | 2.0 times |
| validate; remembered |   - |    90 |  1,000 |  11 times |
| synth                |   - |   350 |  3,500 |  10 times |

## What grows faster than the fleet

- **validate; remembered**: 10 times the work took 10 times the time and 11 times the memory.
- **synth**: 10 times the work took 13 times the time and 10 times the memory.
`;

test("the page has every figure rounded, the growth of the last step, and a line for what outgrows the fleet", () => {
  expect(speedPage(machine, fleets)).toBe(expected);
});

test("prettier has nothing to change", () => {
  const prettier = join(__dirname, "../../node_modules/prettier/bin/prettier.cjs");
  const page = speedPage(machine, fleets);
  const { stdout } = spawnSync(process.execPath, [prettier, "--stdin-filepath", "docs/speed.md"], {
    cwd: join(__dirname, "../.."),
    input: page,
    encoding: "utf8",
  });
  expect(stdout).toBe(page);
});

test("says so where nothing outgrows the fleet", () => {
  const alike = fleets.slice(1).map((fleet) => ({ ...fleet, verbs: [{ verb: "size", fresh: run(fleet.messengers / 1000, 100) }] }));
  expect(speedPage(machine, alike)).toMatch(/\n\nNothing took more than 10 times as much for 10 times the work\.\n$/);
});

test("one size shows no growth", () => {
  expect(() => speedPage(machine, fleets.slice(2))).toThrow(new RangeError("growth is seen from two sizes on, not from 1"));
});
