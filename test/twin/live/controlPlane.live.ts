/** The control planes of the twin: raised once, mended after any death, thrown away whole, closed to everybody else. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { findTwinProcesses } from "../../../lib/twin/control/component";
import { TwinFolder, twinFolderOf } from "../../../lib/twin/control/folder";
import { isFree } from "../../../lib/twin/control/port";
import { isAlive, type Running } from "../../../lib/twin/control/process";
import { readRecord } from "../../../lib/twin/control/siteRecord";
import { twinStatus } from "../../../lib/twin/control/status";
import { openTwin } from "../../../lib/twin/control/twin";
import { describeLive, OwnTwin, sharedWorkingFolder } from "./twin";

const everyProgram = [
  "baremetal-operator",
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "metallb-controller",
  "nfd-master",
];

const pidsOf = (running: readonly Running[]): Record<string, number> =>
  Object.fromEntries(running.map(({ program, pid }): [string, number] => [program, pid]).sort());

async function kill(pids: readonly number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, "SIGKILL");
  while (pids.some(isAlive)) await pause(10);
}

const portsOf = (twin: OwnTwin): number[] => Object.values(readRecord(new TwinFolder(twin.folder).site("own1"))?.ports ?? {});

async function isUp(twin: OwnTwin): Promise<boolean> {
  const sites = await twinStatus(twin.folder);
  return sites.length === 1 && sites.every(({ components }) => components.every(({ state }) => state === "runs"));
}

describeLive("a twin of one site", () => {
  // A comma and a space in the path: both mean something to some program.
  const twin = new OwnTwin("a, b");

  beforeAll(async () => {
    await twin.raise();
  });
  afterAll(() => twin.throwAway());

  test("up over a running twin starts nothing, and is quick", async () => {
    const before = pidsOf(await findTwinProcesses(twin.folder));
    const began = performance.now();
    const { sites } = await twin.raise();
    const seconds = (performance.now() - began) / 1000;
    expect(sites.map(({ started }) => started)).toEqual([[]]);
    expect(pidsOf(await findTwinProcesses(twin.folder))).toEqual(before);
    expect(Object.keys(before)).toEqual(everyProgram);
    expect(seconds).toBeLessThan(10);
  });

  test.each(everyProgram)("up after kill -9 of %s starts that one anew", async (program) => {
    const before = pidsOf(await findTwinProcesses(twin.folder));
    await kill([before[program] ?? 0]);
    await expect(isUp(twin)).resolves.toBe(false);
    const { sites } = await twin.raise();
    expect(sites[0]?.started).toContain(program);
    await expect(isUp(twin)).resolves.toBe(true);
  });

  test("up over a program that is stuck starts it anew", async () => {
    const before = pidsOf(await findTwinProcesses(twin.folder));
    process.kill(before["kube-scheduler"] ?? 0, "SIGSTOP");
    const { sites } = await twin.raise();
    expect(sites[0]?.started).toEqual(["kube-scheduler"]);
  });

  test("a twin whose folder was moved is found at its new place", async () => {
    const [before, moved] = [pidsOf(await findTwinProcesses(twin.folder)), `${twin.workingFolder} moved`];
    renameSync(twin.workingFolder, moved);
    try {
      expect(pidsOf(await findTwinProcesses(twinFolderOf(moved)))).toEqual(process.platform === "linux" ? before : {});
    } finally {
      renameSync(moved, twin.workingFolder);
    }
  });

  test("status and a deploy do not wait for an API server that hangs", async () => {
    const { etcd = 0 } = pidsOf(await findTwinProcesses(twin.folder));
    process.kill(etcd, "SIGSTOP");
    try {
      // What it last saw of etcd is good to it for some seconds.
      await pause(6000);
      const began = performance.now();
      const isOpen = await openTwin(twin.folder).then(
        () => "open",
        (error: unknown) => String(error),
      );
      expect(isOpen).toContain("the API server of own1 does not answer");
      await expect(isUp(twin)).resolves.toBe(false);
      expect(performance.now() - began).toBeLessThan(30_000);
    } finally {
      process.kill(etcd, "SIGCONT");
    }
    await twin.raise();
  });

  test("up after kill -9 of everything starts everything, and what was written is there", async () => {
    const before = (await openTwin(twin.folder)).get("own1");
    await (await before?.admin())?.demand("POST", "/api/v1/namespaces", { body: { metadata: { name: "kept" } } });
    await before?.close();
    await kill((await findTwinProcesses(twin.folder)).map(({ pid }) => pid));
    await expect(openTwin(twin.folder)).rejects.toThrow(
      "the twin is not up: the API server of own1 does not answer; start it with `npx zirsakht twin up`",
    );
    const { sites } = await twin.raise();
    expect([...(sites[0]?.started ?? [])].sort()).toEqual(everyProgram);
    const after = (await openTwin(twin.folder)).get("own1");
    const { metadata } = (await (await after?.admin())?.demand("GET", "/api/v1/namespaces/kept")) ?? {};
    await after?.close();
    expect(metadata).toMatchObject({ name: "kept" });
  });

  test("a port that somebody took meanwhile is given up for another", async () => {
    await kill((await findTwinProcesses(twin.folder)).map(({ pid }) => pid));
    const { apiServer } = readRecord(new TwinFolder(twin.folder).site("own1"))?.ports ?? { apiServer: 0 };
    const thief = createServer().listen(apiServer, "127.0.0.1");
    try {
      const { sites } = await twin.raise();
      expect(sites[0]?.server).not.toContain(String(apiServer));
      await expect(isUp(twin)).resolves.toBe(true);
    } finally {
      thief.close();
    }
  });

  test("a program that cannot live is named, with the end of its log", async () => {
    await kill((await findTwinProcesses(twin.folder)).map(({ pid }) => pid));
    const wal = join(new TwinFolder(twin.folder).site("own1").etcd, "member", "wal");
    for (const file of readdirSync(wal)) writeFileSync(join(wal, file), "no log of etcd's");
    await expect(twin.raise()).rejects.toThrow(/^etcd of own1 ended with \d; its data are damaged: .*; the last lines of its log:\n {2}.*/);
  });

  test("down leaves no process, no file and no open port", async () => {
    const ports = portsOf(twin);
    expect(ports).toHaveLength(5);
    const processes = await findTwinProcesses(twin.folder);
    await twin.throwAway();
    expect(processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
    await expect(findTwinProcesses(twin.folder)).resolves.toEqual([]);
    expect(existsSync(join(twin.workingFolder, ".zirsakht"))).toBe(false);
    await expect(Promise.all(ports.map(isFree))).resolves.toEqual(ports.map(() => true));
    await expect(openTwin(twin.folder)).rejects.toThrow("there is no twin here; start it with `npx zirsakht twin up`");
  });
});

describeLive("two twins at once", () => {
  const twin = new OwnTwin();
  afterAll(() => twin.throwAway());

  test("do not meet: ports, processes and files are each one's own", async () => {
    const shared = twinFolderOf(sharedWorkingFolder());
    const before = await findTwinProcesses(shared);
    await twin.raise();
    const own = await findTwinProcesses(twin.folder);
    expect(own.filter(({ pid }) => before.some((other) => other.pid === pid))).toEqual([]);
    const others = new TwinFolder(shared).sites().flatMap((site) => Object.values(readRecord(site)?.ports ?? {}));
    expect(portsOf(twin).filter((port) => others.includes(port))).toEqual([]);
    await twin.throwAway();
    expect(pidsOf(await findTwinProcesses(shared))).toEqual(pidsOf(before));
  });
});

describeLive("`zirsakht twin up`", () => {
  const main = resolve("dist/lib/cli/main.js");

  /** An estate of one site, which is all that `up` reads. */
  function writeRoot(twin: OwnTwin): string {
    const root = join(twin.workingFolder, "stacks");
    mkdirSync(root, { recursive: true });
    const estate = parse(readFileSync("stacks/estate.yaml", "utf8")) as { sites: Record<string, object> };
    writeFileSync(join(root, "estate.yaml"), stringify({ ...estate, sites: { thr1: estate.sites.thr1 } }));
    return root;
  }

  const up = (twin: OwnTwin, root: string) =>
    spawn(process.execPath, [main, "twin", "up", "--root", root, "--format", "json"], {
      cwd: twin.workingFolder,
      // Nothing of the environment is needed but the place of the programs.
      env: { XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(process.env.HOME ?? "", ".cache") },
      stdio: ["ignore", "pipe", "pipe"],
    });

  test.each([200, 1000, 2000, 3500, 5500])("killed after %i ms works when it is run again", async (milliseconds) => {
    const twin = new OwnTwin("with space");
    const root = writeRoot(twin);
    try {
      const killed = up(twin, root);
      await pause(milliseconds);
      killed.kill("SIGKILL");
      const again = up(twin, root);
      let said = "";
      again.stderr.on("data", (text: Buffer) => (said += text.toString()));
      const [code, document] = await Promise.all([
        new Promise((ended) => again.once("close", ended)),
        again.stdout.toArray().then((parts) => Buffer.concat(parts as Buffer[]).toString()),
      ]);
      expect({ code, said }).toEqual({ code: 0, said: expect.any(String) as string });
      expect(JSON.parse(document)).toMatchObject({ version: 1, sites: [{ site: "thr1" }] });
      await expect(isUp(twin)).resolves.toBe(true);
      const running = await findTwinProcesses(twin.folder);
      expect(running.map(({ program }) => program).sort()).toEqual(everyProgram);
    } finally {
      await twin.throwAway();
    }
  });
});
