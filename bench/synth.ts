/** Synthesis against plain cdktf: the same inputs, the same constructs, the same bytes; from start to files. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRequest } from "../lib/request/read";
import { allocateAll } from "./allocate";
import { idOf, withFleet, writeMessenger, type FleetSize } from "./fleet";
import { alternate, partOf, runNode, runZirsakht, type Figure, type Run } from "./measure";

/** How many messengers, and how often each way is run; the last must win by this much. With few, loading cdktf takes the time. */
const rounds: readonly Round[] = [
  { count: 10, times: 5 },
  { count: 100, times: 5 },
  { count: 1000, times: 3, leastRatio: 5, mostPart: 5 },
];

/** A digest of every file in a folder, with its path. */
function digest(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort())
    hash.update(path.slice(folder.length)).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

const againName = "  again, one messenger changed, against plain cdktf's";
/** Above this part, in per cent, the gate fails. */
const gatePart = 8;

interface Round {
  readonly count: number;
  readonly times: number;
  readonly leastRatio?: number;
  /** The most that a synth may take after one messenger changed, in percent of plain cdktf's whole. */
  readonly mostPart?: number;
}

function compare({ count, times, leastRatio, mostPart }: Round): Figure[] {
  const size: FleetSize = { messengers: count, sites: 4, racks: 8 + Math.ceil(count / 20), kind: () => "own" };
  return withFleet(size, (root) => {
    allocateAll(root);
    const { estate, messengers, lock } = readRequest(root);
    const data = join(root, "request.json");
    writeFileSync(data, JSON.stringify({ estate, messengers, lock }));
    const out = join(root, "out");
    const into = (run: () => Run) => () => {
      rmSync(out, { recursive: true, force: true });
      mkdirSync(out);
      return run();
    };
    const written = new Set<string>();
    const program = (name: string) =>
      into(() => {
        const run = runNode([join(__dirname, name), data, out]);
        written.add(digest(out));
        return run;
      });
    const [plain, fast] = alternate(times, [program("plain/main.js"), program("fast.js")]);
    const ours = () => runZirsakht("synth", "--root", root, "--out", out);
    const whole = into(ours)();
    let active = 100_000;
    const [again] = alternate(3, [
      () => {
        active += 200_000;
        writeMessenger(root, 1, size, { audience: { registered: 2 * active, active, source: "made up" }, growth: {} });
        runZirsakht("allocate", idOf(1), "--root", root);
        return ours();
      },
    ]);
    if (!plain || !fast || !again || written.size !== 1) throw new Error(`${count} messengers: the files differ from plain cdktf's`);
    const ratio = plain.seconds / fast.seconds;
    return [
      { name: `synth of ${count} messengers`, value: `${fast.seconds.toFixed(2)} s` },
      { name: "  by plain cdktf, the same bytes", value: `${plain.seconds.toFixed(2)} s` },
      {
        name: "  plain cdktf against it",
        value: `${ratio.toFixed(1)} times`,
        ...(leastRatio === undefined ? {} : { limit: `at least ${leastRatio} times`, holds: ratio >= leastRatio }),
      },
      { name: "  zirsakht synth: checked, with manifests", value: `${whole.seconds.toFixed(2)} s` },
      mostPart === undefined
        ? { name: againName, value: `${again.seconds.toFixed(2)} s` }
        : partOf(againName, again, plain, mostPart, gatePart),
      { name: "  peak of memory, and plain cdktf's", value: `${fast.peakMiB.toFixed(0)} / ${plain.peakMiB.toFixed(0)} MiB` },
    ];
  });
}

export function synth(): Figure[] {
  return rounds.flatMap(compare);
}
