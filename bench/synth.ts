/** Synthesis against plain cdktf: the same inputs, the same constructs, the same bytes; from start to files. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRequest } from "../lib/request/read";
import { allocateAll } from "./allocate";
import { withFleet } from "./fleet";
import { alternate, runNode, runZirsakht, type Figure, type Run } from "./measure";

/** The least that the fast way must win, and how many messengers that is asserted for: with few, loading takes the time. */
const leastRatio = 2;
const asserted = 100;

/** Messengers, and how often each way is run. */
const rounds = [
  { messengers: 10, times: 7 },
  { messengers: 100, times: 5 },
  { messengers: 1000, times: 3 },
];

/** A digest of every file in a folder, with its path. */
function digest(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort())
    hash.update(path.slice(folder.length)).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

function compare(count: number, times: number): Figure[] {
  return withFleet({ messengers: count, sites: 4, racks: 8 + Math.ceil(count / 20), kind: () => "own" }, (root) => {
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
    const verb = into(() => runZirsakht("synth", "--root", root, "--out", out));
    const [plain, fast, whole] = alternate(times, [program("plain/main.js"), program("fast.js"), verb]);
    if (!plain || !fast || !whole || written.size !== 1) throw new Error(`${count} messengers: the files differ from plain cdktf's`);
    const ratio = plain.seconds / fast.seconds;
    return [
      { name: `synth of ${count} messengers`, value: `${fast.seconds.toFixed(2)} s` },
      { name: "  by plain cdktf, the same bytes", value: `${plain.seconds.toFixed(2)} s` },
      {
        name: "  plain cdktf against it",
        value: `${ratio.toFixed(1)} times`,
        ...(count < asserted ? {} : { limit: `at least ${leastRatio} times`, holds: ratio >= leastRatio }),
      },
      { name: "  zirsakht synth: checked, with manifests", value: `${whole.seconds.toFixed(2)} s` },
      { name: "  peak of memory, and plain cdktf's", value: `${fast.peakMiB.toFixed(0)} / ${plain.peakMiB.toFixed(0)} MiB` },
    ];
  });
}

export function synth(): Figure[] {
  return rounds.flatMap(({ messengers, times }) => compare(messengers, times));
}
