/** The whole example on the shared twin, by manifests: every object, every host, every node, and nothing the second time. */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { serverMbps } from "../../../lib/network/bandwidth";
import { quantity } from "../../../lib/cluster/quantity";
import { type ApiObject, objects, valueAt } from "../../../lib/manifests/apiObject";
import { readRequest } from "../../../lib/request/read";
import { serverOf } from "../../../lib/request/server";
import { applyAll } from "../../../lib/twin/apply";
import { TwinFolder, twinFolderOf } from "../../../lib/twin/control/folder";
import { resourcesOf } from "../../../lib/twin/nodes/node";
import type { TwinSite } from "../../../lib/twin/control/twinSite";
import { runCli } from "./command";
import { held, manifestsOf, written } from "./held";
import { describeLive, livePrograms, openShared, sharedWorkingFolder } from "./twin";

const hosts = "/apis/metal3.io/v1alpha1/namespaces/zirsakht-hardware/baremetalhosts";

interface Deployed {
  readonly sites: readonly {
    readonly site: string;
    readonly brought: { readonly created: number; readonly changed: number; readonly unchanged: number; readonly removed: number };
    readonly seconds: number;
    readonly settled: {
      readonly provisioned: number;
      readonly adopted: number;
      readonly nodes: number;
      readonly joined: number;
      readonly left: number;
    };
  }[];
}

describeLive("the example, deployed by manifests", () => {
  const { estate, messengers, lock } = readRequest("stacks");
  const siteNames = Object.keys(estate.sites).sort();
  const deploy = async () => (await runCli(sharedWorkingFolder(), ["twin", "deploy", "--root", resolve("stacks")])) as Deployed;
  const twin = (): TwinFolder => new TwinFolder(twinFolderOf(sharedWorkingFolder()));
  const wanted = (site: string): ApiObject[] => manifestsOf(join(twin().path, "cdktf.out"), site);
  let sites: ReadonlyMap<string, TwinSite> = new Map();
  const adminOf = (site: string) => {
    const found = sites.get(site);
    if (!found) throw new Error(`the twin has no site ${site}`);
    return found.admin();
  };
  /** The servers of a site that become nodes, by name. */
  const joining = (site: string) =>
    Object.entries(lock?.sites[site]?.servers ?? {}).filter(
      ([, { messenger }]) =>
        messenger === undefined || messengers.some((each) => each.messenger === messenger && each.needs.includes("cluster")),
    );

  beforeAll(async () => {
    sites = await openShared();
    await deploy();
  }, 900_000);
  afterAll(() => Promise.all([...sites.values()].map((site) => site.close())));

  test.each(siteNames)("%s has every object of its manifests, as they say it", async (site) => {
    const objects = wanted(site);
    const found = Object.values(await held(await adminOf(site), objects));
    expect(objects.length).toBeGreaterThan(200);
    expect(found).toMatchObject(objects.map(written));
  });

  test("a second deploy changes nothing", async () => {
    const before = await Promise.all(siteNames.map(async (site) => held(await adminOf(site), wanted(site))));
    const { sites: deployed } = await deploy();
    expect(deployed.map(({ site, brought, settled: { joined, left } }) => ({ site, brought, joined, left }))).toEqual(
      siteNames.map((site) => ({
        site,
        brought: { created: 0, changed: 0, unchanged: wanted(site).length, removed: 0 },
        joined: 0,
        left: 0,
      })),
    );
    await expect(Promise.all(siteNames.map(async (site) => held(await adminOf(site), wanted(site))))).resolves.toEqual(before);
  });

  test.each(siteNames)("%s has a Ready node for every granted server of its cluster, and no other", async (site) => {
    const nodes = (await (await adminOf(site)).list("/api/v1/nodes")).filter(({ metadata }) => serverOf(estate, metadata.name));
    expect(nodes.map(({ metadata }) => metadata.name).sort()).toEqual(
      joining(site)
        .map(([name]) => name)
        .sort(),
    );
    for (const [name, line] of joining(site)) {
      const node = nodes.find(({ metadata }) => metadata.name === name);
      const server = serverOf(estate, name);
      const [serverClass, rack] = [estate.classes[server?.class ?? ""], estate.sites[site]?.racks[server?.rack ?? ""]];
      if (!server || !serverClass || !rack) throw new Error(`the estate has no ${name}`);
      const holder = line.messenger ?? "pool";
      const mbps = quantity(serverMbps(estate, rack), "");
      expect(node).toMatchObject({
        metadata: {
          labels: {
            "zirsakht.ir/messenger": holder,
            "zirsakht.ir/group": line.group,
            "topology.kubernetes.io/zone": server.rack,
            "topology.kubernetes.io/region": site,
          },
        },
        status: { allocatable: { ...resourcesOf(serverClass), ...(line.pool && { "zirsakht.ir/egress-mbps": mbps }) } },
      });
      const taints = objects(valueAt(node, "spec", "taints")).map(({ key, value, effect }) => ({ key, value, effect }));
      expect({ name, taints }).toEqual({
        name,
        taints: line.pool ? [] : [{ key: "zirsakht.ir/messenger", value: holder, effect: "NoSchedule" }],
      });
      const ready = objects(valueAt(node, "status", "conditions")).find(({ type }) => type === "Ready");
      expect({ name, ready: ready?.status }).toEqual({ name, ready: "True" });
    }
  });

  test.each(siteNames)("%s has every granted host provisioned, and every adopted one left alone", async (site) => {
    const found = await (await adminOf(site)).list(hosts);
    const states = Object.fromEntries(found.map((host) => [host.metadata.name, valueAt(host, "status", "provisioning", "state")]));
    const lines = Object.entries(lock?.sites[site]?.servers ?? {});
    expect(states).toEqual(
      Object.fromEntries(lines.map(([name, { adopted }]) => [name, adopted ? "externally provisioned" : "provisioned"])),
    );
    const images = found
      .filter((host) => valueAt(host, "spec", "externallyProvisioned") === true)
      .map((host) => valueAt(host, "status", "provisioning", "image", "url"));
    expect(images.every((url) => url === undefined || url === "")).toBe(true);
  });

  test("is not slower than kubectl, which applies the same objects to the same end", async () => {
    const [site = ""] = siteNames;
    const api = await adminOf(site);
    const items = wanted(site).map((object) => ({ object }));
    const kubectl = (await livePrograms()).path("kubectl");
    const context = estate.sites[site]?.context ?? "";
    const args = [
      "apply",
      "--server-side",
      "--force-conflicts",
      "--field-manager=zirsakht",
      "-f",
      join(twin().path, "cdktf.out/manifests", site),
    ];
    const seconds = async (work: () => unknown): Promise<number> => {
      const began = performance.now();
      await work();
      return (performance.now() - began) / 1000;
    };
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < 3; round++) {
      ours.push(await seconds(async () => expect(await applyAll(api, items)).toMatchObject({ unchanged: items.length, refused: [] })));
      theirs.push(
        await seconds(() => {
          const { status } = spawnSync(kubectl, ["--kubeconfig", twin().kubeconfig, "--context", context, ...args]);
          expect(status).toBe(0);
        }),
      );
    }
    const [our, their] = [Math.min(...ours), Math.min(...theirs)];
    console.info(`${items.length} objects of ${site}: twin deploy ${our.toFixed(2)} s, kubectl apply --server-side ${their.toFixed(2)} s`);
    expect(our).toBeLessThan(their * 1.2);
  });
});
