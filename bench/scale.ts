/** How far one site of the twin carries: ever more messengers and nodes until the machine bends; docs/scale.md has the figures. */
import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { readRequest } from "../lib/request/read";
import { concurrently } from "../lib/twin/concurrent";
import { isReady } from "../lib/twin/condition";
import { TwinFolder, twinFolderOf } from "../lib/twin/control/folder";
import { twinStatus } from "../lib/twin/control/status";
import { lowerTwin, openTwin, raiseTwin } from "../lib/twin/control/twin";
import type { TwinSite } from "../lib/twin/control/twinSite";
import { hostsPath } from "../lib/twin/drills/wipe/hostState";
import { liveHostOf } from "../lib/twin/nodes/liveHost";
import { NodeKeeper } from "../lib/twin/nodes/nodeKeeper";
import { bringPrograms } from "../lib/twin/programs/programs";
import { allocateAll } from "./allocate";
import { makeFleet } from "./fleet";
import type { Figure } from "./measure";

const main = join(__dirname, "../lib/cli/main.js");
/** Messengers of one site; about five nodes come with each. */
const rounds = [100, 1000];
/** Of a thousand: with four servers of their own, and with hundreds. */
const [owning, large] = [500, 17];
/** The operator is looked at for so long, in seconds: thousands of hosts would take it long. */
const watched = 60;
/** How long nodes may take to be Ready, in seconds. */
const patience = 600;
const siteName = "s0";
const progress = (what: string): void => void process.stderr.write(`${what}\n`);

/** What was brought, and how long it took. */
interface Trip {
  readonly objects: number;
  readonly seconds: number;
}

/** `twin deploy` until all objects are there. It is ended then, as it would wait for every host. */
function bring(folder: string): Promise<Trip> {
  const child = spawn(process.execPath, [main, "twin", "deploy"], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let seconds: number | undefined;
  // The site's stack and its messengers' stacks are brought one after the other, each group with a count of its own.
  const groups = new Set<number>();
  createInterface({ input: child.stderr }).on("line", (line) => {
    const [, total] = /of (\d+) objects applied/.exec(line) ?? [];
    if (total !== undefined) groups.add(Number(total));
    const [, found] = /objects are in place after ([\d.]+) s/.exec(line) ?? [];
    if (found === undefined) return;
    seconds = Number(found);
    child.kill("SIGINT");
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (seconds === undefined) reject(new Error(`twin deploy ended with ${code ?? "a signal"} before its objects were there`));
      else resolve({ objects: [...groups].reduce((sum, count) => sum + count, 0), seconds });
    });
  });
}

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
};

/** Makes the Node of every host, provisioned or not, and waits until kwok has them Ready. */
async function joinAll(site: TwinSite, root: string): Promise<{ readonly nodes: number; readonly seconds: number }> {
  const api = await site.admin();
  const hosts = (await api.list(hostsPath)).map(liveHostOf);
  const keeper = await NodeKeeper.of(site, readRequest(root).estate);
  const ready = async (): Promise<number> => (await api.list("/api/v1/nodes")).filter(isReady).length;
  const seconds = await secondsOf(async () => {
    await concurrently(hosts, 16, (host) => keeper.keep(host, undefined));
    const signal = AbortSignal.timeout(patience * 1000);
    while ((await ready()) < keeper.joined) await pause(1000, undefined, { signal });
  });
  if (keeper.problems.length > 0) throw new Error(keeper.problems.slice(0, 3).join("; "));
  return { nodes: keeper.joined, seconds };
}

async function measured(messengers: number, root: string): Promise<Figure[]> {
  const folder = dirname(root);
  const twin = twinFolderOf(folder);
  const programs = await bringPrograms({ progress });
  await raiseTwin({ folder: twin, contexts: new Map([[siteName, siteName]]), programs, progress });
  const site = (await openTwin(twin)).get(siteName);
  if (!site) throw new Error(`the twin has no site ${siteName}`);
  try {
    const first = await bring(folder);
    const api = await site.admin();
    const provisioned = async (): Promise<number> => (await api.list(hostsPath)).filter((host) => liveHostOf(host).isSettled).length;
    const before = await provisioned();
    await pause(watched * 1000);
    const rate = ((await provisioned()) - before) / watched;
    // Beyond some thousand hosts the operator takes the machine for itself; how many nodes the rest carries is another question.
    for (const { program, pid } of (await twinStatus(twin))[0]?.components ?? [])
      if (program === "baremetal-operator" && pid !== undefined) process.kill(pid);
    const { nodes, seconds } = await joinAll(site, root);
    const again = await bring(folder);
    const list = await secondsOf(() => api.list("/api/v1/nodes"));
    const [status] = await twinStatus(twin);
    const database = statSync(join(new TwinFolder(twin).site(siteName).etcd, "member/snap/db")).size;
    const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
    return [
      { name: `${messengers} messengers, ${nodes} nodes: objects`, value: String(first.objects) },
      { name: "  brought for the first time", value: `${(first.objects / first.seconds).toFixed(0)} a second` },
      { name: "  the same again, nothing to change", value: `${(again.objects / again.seconds).toFixed(0)} a second` },
      { name: "  hosts that the operator provisions", value: `${rate.toFixed(1)} a second` },
      { name: "  nodes made and Ready", value: `${(nodes / seconds).toFixed(0)} a second` },
      { name: "  all nodes listed", value: `${list.toFixed(1)} s` },
      { name: "  etcd's database", value: mebibytes(database) },
      ...(status?.components ?? []).map(({ program, memory = 0 }) => ({ name: `  resident: ${program}`, value: mebibytes(memory) })),
    ];
  } finally {
    await site.close();
    await lowerTwin(twin);
  }
}

/** Raises a twin of one site for fleets of rising size, brings everything twice, and looks at what that took. */
export async function scale(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const messengers of rounds) {
    const kind = (index: number) => (index < (large * messengers) / 1000 ? "focus" : index % (1000 / owning) === 0 ? "own" : "pool");
    const { root, remove } = makeFleet({ messengers, sites: 1, racks: 250, kind });
    try {
      allocateAll(root);
      figures.push(...(await measured(messengers, root)));
    } catch (error) {
      // What smaller ones showed is not to be lost.
      const why = error instanceof Error ? error.message : String(error);
      figures.push({ name: `${messengers} messengers`, value: "-", limit: why, holds: false });
    } finally {
      remove();
    }
  }
  return figures;
}
