/** The change report of two git refs, from start to exit, against plain cdktf's synthesis of one side. */
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readRequest } from "../lib/request/read";
import { allocateAll } from "./allocate";
import { cacheOf, idOf, withFleet, writeMessenger, type FleetSize } from "./fleet";
import { aimedAt, alternate, partOf, runNode, runZirsakht, type Figure, type Run } from "./measure";

const count = 1000;
const size: FleetSize = { messengers: count, sites: 4, racks: 8 + Math.ceil(count / 20), kind: () => "own" };

/** A commit of everything in the folder. */
function commit(folder: string, message: string): void {
  const git = (...args: string[]) => execFileSync("git", ["-C", folder, ...args], { stdio: "ignore" });
  git("add", "stacks");
  git("-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "-q", "-m", message);
}

/** Grows messengers, each so that its stack changes. */
function grow(root: string, numbers: readonly number[]): void {
  for (const number of numbers) {
    const active = 2_000_000 + 10_000 * number;
    writeMessenger(root, number, size, { audience: { registered: 2 * active, active, source: "made up" }, growth: {} });
    runZirsakht("allocate", idOf(number), "--root", root);
  }
}

export function difference(): Figure[] {
  return withFleet(size, (root) => {
    const folder = dirname(root);
    execFileSync("git", ["-C", folder, "init", "-q", "-b", "main"]);
    allocateAll(root);
    const { estate, messengers, lock } = readRequest(root);
    const data = join(folder, "request.json");
    writeFileSync(data, JSON.stringify({ estate, messengers, lock }));
    commit(folder, "the fleet");
    grow(root, [1]);
    commit(folder, "first");
    grow(root, [2]);
    commit(folder, "one");
    grow(root, [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    commit(folder, "ten");
    const out = join(folder, "out");
    const plain = () => {
      rmSync(out, { recursive: true, force: true });
      return runNode([join(__dirname, "plain/main.js"), data, out]);
    };
    const of = (base: string, head: string) => (): Run => runZirsakht("diff", base, head, "--root", root);
    const fromNothing = () => {
      rmSync(cacheOf(root), { recursive: true, force: true });
      return of("main~3", "main~2")();
    };
    // The head of each is the base of the next: known as a base is in CI, where no run has seen the head yet.
    const [whole, first, one, ten, again] = alternate(3, [
      plain,
      fromNothing,
      of("main~2", "main~1"),
      of("main~1", "main"),
      of("main~1", "main"),
    ]);
    if (!whole || !first || !one || !ten || !again) throw new Error("nothing was measured");
    return [
      { name: `plain cdktf's synth of ${count} messengers`, value: `${whole.seconds.toFixed(2)} s` },
      partOf("  zirsakht diff of two refs, one of them changed", one, whole, 5, 8),
      aimedAt("  the same", one.seconds, 1),
      aimedAt("  ten changed", ten.seconds, 1),
      { name: "  ten, both sides known", value: `${again.seconds.toFixed(2)} s` },
      { name: "  one, from nothing", value: `${first.seconds.toFixed(2)} s` },
      { name: "  peak of memory", value: `${one.peakMiB.toFixed(0)} MiB` },
    ];
  });
}
