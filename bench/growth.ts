/** How time and memory of each verb grow with the fleet; writes docs/speed.md. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { dirname, join } from "node:path";
import type { Lock } from "../lib/request/lock";
import { allocateAll } from "./allocate";
import { cacheOf, idOf, serversPerRack, withFleet, writeMessenger, type FleetSize } from "./fleet";
import { alternate, runZirsakht, type Figure, type Run } from "./measure";
import { remembered, speedPage, type FleetFigures, type Machine, type VerbFigures } from "./speedPage";

const page = join(__dirname, "../../docs/speed.md");
/** Of the estate, for each messenger, so that its racks grow with the fleet. */
const serversEach = 8;
/** The fewest racks with which few messengers get what they need: four are the pool. */
const fewestRacks = 8;
/** More messengers than one site has room for are spread over all eight. */
const ofOneSite = 1000;
/** The number of a messenger with servers of its own, which grows. */
const grown = 5;

/** A verb as it is measured. */
interface Step {
  readonly verb: string;
  /** Brings files into the state in which the verb is to find them, before every run. */
  readonly prepare?: () => void;
  readonly run: () => Run;
  /** The verb whose memory it begins with when it is warm. @default itself */
  readonly after?: string;
}

/** The user's cache of the measured processes: a folder that can be emptied, kept under a name and brought back. */
class Cache {
  constructor(
    private readonly folder: string,
    private readonly kept: string,
  ) {}

  empty(): void {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder);
  }

  isEmpty(): boolean {
    return readdirSync(this.folder).length === 0;
  }

  keepAs(name: string): void {
    cpSync(this.folder, join(this.kept, name), { recursive: true });
  }

  bringBack(name: string): void {
    this.empty();
    cpSync(join(this.kept, name), this.folder, { recursive: true });
  }
}

/** Ten times the messengers are ten times the servers: every fifth has its own, the others share the pool. */
function sizeOf(messengers: number): FleetSize {
  const sites = messengers > ofOneSite ? 8 : 1;
  const racks = Math.max(fewestRacks, Math.ceil((serversEach * messengers) / serversPerRack / sites));
  return { messengers, sites, racks, kind: (index) => (index % 5 === 0 ? "own" : "pool") };
}

/** The verbs in the order in which a fleet meets them: each leaves the files as the next one is to find them. */
function stepsOf(root: string, size: FleetSize): Step[] {
  const folder = dirname(root);
  const [lock, lockBefore] = [join(root, "allocations.lock.json"), join(folder, "before.json")];
  const [out, outBefore] = [join(folder, "out"), join(folder, "before")];
  const remove = (path: string) => rmSync(path, { recursive: true, force: true });
  const copy = (from: string, to: string) => {
    remove(to);
    cpSync(from, to, { recursive: true });
  };
  const synth = () => runZirsakht("synth", "--root", root, "--out", out);
  return [
    { verb: "allocate", prepare: () => remove(lock), run: () => allocateAll(root) },
    { verb: "validate", run: () => runZirsakht("validate", "--root", root) },
    { verb: "size", run: () => runZirsakht("size", "--root", root) },
    { verb: "size --format json", run: () => runZirsakht("size", "--root", root, "--format", "json") },
    { verb: "synth", prepare: () => remove(out), run: synth },
    {
      verb: "allocate, one grew",
      after: "allocate",
      prepare: () => {
        if (!existsSync(lockBefore)) copy(lock, lockBefore);
        copy(lockBefore, lock);
        writeMessenger(root, grown, size, { audience: { registered: 4_000_000, active: 2_000_000, source: "made up" }, growth: {} });
      },
      run: () => runZirsakht("allocate", idOf(grown), "--root", root),
    },
    {
      verb: "synth, one grew",
      after: "synth",
      prepare: () => {
        if (!existsSync(outBefore)) copy(out, outBefore);
        copy(outBefore, out);
      },
      run: synth,
    },
  ];
}

/** Measures a verb with an empty memory; and once more with a full one, where it remembers anything. */
function measure(step: Step, times: number, cache: Cache): VerbFigures {
  const { verb, run, prepare = () => undefined, after = verb } = step;
  const median = (name: string, recall: () => void): Run => {
    const [taken = { seconds: NaN, peakMiB: NaN }] = alternate(times, [
      () => {
        prepare();
        recall();
        return run();
      },
    ]);
    process.stderr.write(`  ${name}: ${taken.seconds.toFixed(2)} s, ${taken.peakMiB.toFixed(0)} MiB\n`);
    return taken;
  };
  const fresh = median(verb, () => cache.empty());
  if (cache.isEmpty()) return { verb, fresh };
  cache.keepAs(verb);
  return { verb, fresh, again: median(remembered(verb), () => cache.bringBack(after)) };
}

/** Measures every verb on a fleet of this many messengers. */
function measureFleet(messengers: number): FleetFigures {
  const size = sizeOf(messengers);
  const times = messengers > 1000 ? 1 : 3;
  process.stderr.write(`${messengers} messengers\n`);
  return withFleet(size, (root) => {
    const cache = new Cache(cacheOf(root), join(dirname(root), "kept"));
    const verbs = stepsOf(root, size).map((step) => measure(step, times, cache));
    const { sites } = JSON.parse(readFileSync(join(root, "allocations.lock.json"), "utf8")) as Lock;
    const granted = Object.values(sites).reduce((sum, { servers }) => sum + Object.keys(servers).length, 0);
    return { messengers, sites: size.sites, servers: size.sites * size.racks * serversPerRack, granted, times, verbs };
  });
}

const machine = (): Machine => ({ cpus: availableParallelism(), memoryGiB: totalmem() / 2 ** 30, node: process.versions.node });

/** Measures fleets of rising size and writes the page of what they took. */
export function growth(sizes: readonly number[] = [10, 100, 1000, 10_000], file = page): Figure[] {
  writeFileSync(file, speedPage(machine(), sizes.map(measureFleet)));
  return [{ name: file, value: "written" }];
}
