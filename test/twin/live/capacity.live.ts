/** The drills peak, rack, site and surge on real control planes, with the small messengers of the example; and what must break them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesize } from "../../../lib/cli/synthesize";
import type { AllocatedRequest } from "../../../lib/request/allocated";
import type { Messenger } from "../../../lib/request/messenger";
import { readRequest } from "../../../lib/request/read";
import { calendarOf } from "../../../lib/sizing/timeline";
import type { Api } from "../../../lib/twin/api";
import { ByManifests } from "../../../lib/twin/deploy/byManifests";
import { deploy } from "../../../lib/twin/deploy/deploy";
import { rehearsalLabel, type Stage, type Verdict } from "../../../lib/twin/drill";
import { peak } from "../../../lib/twin/drills/peak";
import { rack } from "../../../lib/twin/drills/rack";
import { site } from "../../../lib/twin/drills/site";
import { surge } from "../../../lib/twin/drills/surge";
import { TwinFolder, twinFolderOf } from "../../../lib/twin/control/folder";
import { joinedNodes } from "../../../lib/twin/nodes/joinedNode";
import { lose, lostNodes } from "../../../lib/twin/nodes/lostNodes";
import { settle } from "../../../lib/twin/nodes/nodes";
import type { TwinSite } from "../../../lib/twin/control/twinSite";
import { describeLive, openShared, sharedWorkingFolder } from "./twin";

const stacks = {
  thr1: ["site.thr1", "sohreh.thr1"],
  mhd1: ["site.mhd1", "homa.mhd1", "chakavak.mhd1", "sohreh.mhd1"],
};

function readExample(): AllocatedRequest {
  const { lock, messengers, ...request } = readRequest("stacks");
  if (!lock) throw new Error("the example has a lock");
  const some = messengers.filter(({ messenger }) => ["chakavak", "homa", "shahin", "sohreh"].includes(messenger));
  return { ...request, messengers: some, lock };
}

describeLive("capacity drills", () => {
  const request = readExample();
  let sites: ReadonlyMap<string, TwinSite> = new Map();
  const apiOf = async (name: string): Promise<Api> => {
    const found = sites.get(name);
    if (!found) throw new Error(`the twin has no ${name}`);
    return found.admin();
  };
  const stage = (only?: string, change: (messenger: Messenger) => Messenger = (same) => same): Stage => {
    const messengers = request.messengers.filter(({ messenger }) => only === undefined || messenger === only).map(change);
    const calendar = calendarOf(request.estate, request.lock.asOf);
    return {
      request: { ...request, messengers },
      calendar,
      sites: only === undefined ? sites : new Map([...sites].filter(([name]) => name === "mhd1")),
      progress: () => undefined,
      signal: new AbortController().signal,
    };
  };
  const broken = (verdicts: readonly Verdict[]): Verdict[] => verdicts.filter(({ kept }) => !kept);
  const podsLeft = async (): Promise<number> => {
    const all = await Promise.all(
      [...sites.keys()].map(async (name) => (await apiOf(name)).list("/api/v1/pods", { labelSelector: rehearsalLabel })),
    );
    return all.flat().length;
  };

  beforeAll(async () => {
    sites = await openShared();
    const out = mkdtempSync(join(tmpdir(), "zirsakht-"));
    try {
      const { placed } = synthesize(
        { ...readExample(), messengers: readRequest("stacks").messengers },
        { out, stacks: Object.values(stacks).flat() },
      );
      const way = new ByManifests(new TwinFolder(twinFolderOf(sharedWorkingFolder())), placed);
      await deploy({ request, stacks: new Map(Object.entries(stacks)), sites, way, progress: () => undefined, signal: stage().signal });
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });
  afterAll(() => Promise.all(Array.from(sites.values(), (each) => each.close())));

  test("every messenger runs its peak as its own people, and who runs nothing is named", async () => {
    const verdicts = await peak.run(stage());
    expect(broken(verdicts)).toEqual([]);
    expect(verdicts.map(({ about }) => about).sort()).toEqual(["chakavak.mhd1", "homa.mhd1", "shahin", "sohreh.mhd1", "sohreh.thr1"]);
    expect(verdicts.find(({ about }) => about === "homa.mhd1")).toMatchObject({
      done: "ran 38 pods as one of homa-deployers",
      seen: expect.stringMatching(/^38 placed on 4 servers of its own, 0 pods pending; \d+\.\d % of its quota of requests\.cpu$/) as string,
    });
    await expect(podsLeft()).resolves.toBe(0);
  });

  test("a quota that is smaller than the lock says is named, in the API server's words", async () => {
    const api = await apiOf("mhd1");
    const quota = "/api/v1/namespaces/messenger-homa/resourcequotas/grant";
    const { spec } = await api.demand("GET", quota);
    await api.demand("PATCH", quota, { body: { spec: { hard: { "requests.cpu": "60" } } } });
    try {
      const [verdict, ...others] = broken(await peak.run(stage("homa")));
      expect(others).toEqual([]);
      expect(verdict?.about).toBe("homa.mhd1");
      expect(verdict?.seen).toMatch(
        /of homa's group all pending \(.*\): pods ".*" is forbidden: exceeded quota: grant, requested: requests\.cpu=/,
      );
    } finally {
      await api.demand("PATCH", quota, { body: { spec: spec ?? {} } });
    }
  });

  test("every rack is lost, one after the other, and comes back", async () => {
    const verdicts = await rack.run(stage());
    expect(broken(verdicts)).toEqual([]);
    for (const name of sites.keys()) {
      const nodes = await joinedNodes(await apiOf(name));
      const racks = [...new Set(nodes.map((node) => `${name}-${node.rack}`))].sort();
      expect(verdicts.map(({ about }) => about).filter((about) => about.startsWith(`${name}-`))).toEqual(racks);
      await expect(lostNodes(await apiOf(name))).resolves.toEqual([]);
    }
    expect(verdicts.find(({ about }) => about === "mhd1-r05")?.seen).toMatch(
      /^0 pods pending; homa's group all is fullest, threads at 39\.\d% \(u_degraded 85%\)$/,
    );
    await expect(podsLeft()).resolves.toBe(0);
  });

  test("spare servers taken away are named, with the messenger, the group and the rack", async () => {
    const api = await apiOf("mhd1");
    const [first, second, ...left] = (await joinedNodes(api)).filter(({ holder }) => holder === "homa");
    if (!first || !second) throw new Error("homa has no servers");
    for (const { name } of [first, second]) await api.demand("DELETE", `/api/v1/nodes/${name}`);
    try {
      const found = broken(await rack.run(stage("homa")));
      expect(found.map(({ about }) => about)).toEqual(["mhd1", ...left.map((node) => `mhd1-${node.rack}`)]);
      expect(found[0]?.seen).toBe(`2 servers missing: ${first.name} of homa's group all, ${second.name} of homa's group all`);
      for (const { seen } of found.slice(1))
        expect(seen).toMatch(
          /^\d+ pods of homa's group all pending \(.*\): 0\/\d+ nodes are available: .*Insufficient cpu.*; (too full: )?homa's group all is fullest/,
        );
    } finally {
      const mhd1 = sites.get("mhd1");
      if (mhd1) await settle(mhd1, request.estate);
    }
  });

  test("a site is lost for those that survive one", async () => {
    const verdicts = await site.run(
      stage(undefined, (each) => (each.messenger === "sohreh" ? { ...each, placement: { ...each.placement, survives: "site" } } : each)),
    );
    expect(broken(verdicts)).toEqual([]);
    expect(verdicts.map(({ about, done }) => `${about} ${done.replace(/\d+ (nodes|pods)/g, "$1")}`).sort()).toEqual([
      "sohreh.mhd1 lost thr1 with its nodes; ran pods of it, and who shares its servers at peak",
      "sohreh.thr1 lost mhd1 with its nodes; ran pods of it, and who shares its servers at peak",
    ]);
    for (const name of sites.keys()) await expect(lostNodes(await apiOf(name))).resolves.toEqual([]);
    await expect(site.run(stage())).resolves.toMatchObject([{ done: "nothing", kept: true }]);
  });

  test("a surge runs at full size", async () => {
    const verdicts = await surge.run(stage());
    expect(broken(verdicts)).toEqual([]);
    expect(verdicts.map(({ about }) => about).sort()).toEqual(["all messengers at mhd1", "all messengers at thr1"]);
    await expect(podsLeft()).resolves.toBe(0);
  });

  test("a drill that is ended early puts back what it lost, and what a killed one lost comes back with the next", async () => {
    const ending = new AbortController();
    const progress = (what: string): void => {
      ending.signal.throwIfAborted();
      if (what.endsWith("rack r05 is lost")) ending.abort();
    };
    await expect(rack.run({ ...stage("homa"), progress, signal: ending.signal })).rejects.toThrow(/abort/i);
    const api = await apiOf("mhd1");
    await expect(lostNodes(api)).resolves.toEqual([]);
    await expect(podsLeft()).resolves.toBe(0);
    await lose(api, ["mhd1-r08-s01"]);
    await expect(lostNodes(api)).resolves.toEqual(["mhd1-r08-s01"]);
    await rack.clean?.(stage());
    await expect(lostNodes(api)).resolves.toEqual([]);
  });
});
