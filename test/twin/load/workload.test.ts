import * as fc from "fast-check";
import { join } from "node:path";
import { allocate } from "../../../lib/allocation/allocate";
import { divideUp } from "../../../lib/allocation/integer";
import { grantOf, poolHolder } from "../../../lib/allocation/grant";
import { usableOf } from "../../../lib/allocation/usable";
import { egressResource } from "../../../lib/network/bandwidth";
import { quantity } from "../../../lib/cluster/quantity";
import { hardLimits } from "../../../lib/cluster/quota";
import { objects, valueAt, type ApiObject } from "../../../lib/manifests/apiObject";
import type { AllocatedRequest } from "../../../lib/request/allocated";
import type { Group } from "../../../lib/request/estate";
import type { Messenger } from "../../../lib/request/messenger";
import { readRequest } from "../../../lib/request/read";
import { demandOf } from "../../../lib/sizing/demand";
import { sizeMessenger } from "../../../lib/sizing/size";
import { calendarOf, type Calendar } from "../../../lib/sizing/timeline";
import { amountOf } from "../../../lib/twin/amount";
import { deploymentsOf } from "../../../lib/twin/load/deployment";
import { requested } from "../../../lib/twin/load/podSize";
import { idleBecause, workloadOf, type Carried, type Workload } from "../../../lib/twin/load/workload";

const stacks = join(__dirname, "../../../stacks");
const read = (): AllocatedRequest => {
  const { lock, ...request } = readRequest(stacks);
  if (!lock) throw new Error("the example has a lock");
  return { ...request, lock };
};
const example = read();
const calendar = calendarOf(example.estate, example.lock.asOf);
const named = (id: string): Messenger => {
  const messenger = example.messengers.find((each) => each.messenger === id);
  if (!messenger) throw new Error(`the example has no ${id}`);
  return messenger;
};
const workload = (id: string, site: string, carried?: Carried): Workload => {
  const found = workloadOf(example, named(id), sizeMessenger(named(id), calendar), site, carried);
  if (!found) throw new Error(`${id} runs nothing at ${site}`);
  return found;
};

type Figures = Record<(typeof requested)[number], number>;
const sumOf = ({ pods }: Workload, group: Group): Figures => {
  const sum: Figures = { milliThreads: 0, memoryMiB: 0, egressMbps: 0 };
  for (const some of pods) if (some.group === group) for (const key of requested) sum[key] += some.replicas * some.each[key];
  return sum;
};

/** Everything that must hold of any workload; throws where it does not. */
function check(request: AllocatedRequest, messenger: Messenger, dates: Calendar, site: string, carried: Carried): void {
  const size = sizeMessenger(messenger, dates);
  const made = workloadOf(request, messenger, size, site, carried);
  const { sites, limits } = demandOf(size, messenger);
  const groups = Object.entries(sites[site]?.[carried] ?? {}) as [
    Group,
    { usedMilliThreads: number; usedMemoryMiB: number; egressMbps: number },
  ][];
  if (idleBecause(messenger) !== undefined || groups.length === 0) {
    expect(made).toBeUndefined();
    return;
  }
  if (!made) throw new Error(`${messenger.messenger} runs nothing at ${site}`);
  expect(made).toEqual(workloadOf(request, messenger, size, site, carried));
  const pooled = made.nodes === poolHolder;
  for (const [group, demand] of groups)
    expect(sumOf(made, group)).toEqual({
      milliThreads: divideUp(demand.usedMilliThreads * 1000, limits.degraded),
      memoryMiB: divideUp(demand.usedMemoryMiB * 1000, limits.degraded),
      egressMbps: pooled && messenger.needs.includes("network") ? demand.egressMbps : 0,
    });
  const { servers } = grantOf(request.estate, request.lock, made.nodes, site);
  const granted = servers.filter(({ state }) => state === "granted");
  for (const { each, group, replicas } of made.pods) {
    expect([replicas, ...requested.map((key) => each[key])].every((figure) => Number.isSafeInteger(figure) && figure >= 0)).toBe(true);
    const usable = granted.filter((server) => pooled || server.group === group).map((server) => usableOf(request.estate, server.class));
    for (const key of ["milliThreads", "memoryMiB"] as const)
      expect(each[key]).toBeLessThanOrEqual(Math.max(1, Math.floor(Math.min(...usable.map((server) => server[key])) / 2)));
  }
  // What was granted whole takes all of it; a grant in part is short, and known to be.
  if (request.lock.sites[site]?.short[messenger.messenger] === undefined) {
    const hard = hardLimits(request.estate.classes, grantOf(request.estate, request.lock, messenger.messenger, site));
    const all = (key: keyof Figures): number => made.pods.reduce((sum, { replicas, each }) => sum + replicas * each[key], 0);
    expect(all("milliThreads")).toBeLessThanOrEqual(amountOf(hard["requests.cpu"]) * 1000);
    expect(all("memoryMiB")).toBeLessThanOrEqual(amountOf(hard["requests.memory"]) / 2 ** 20);
    expect(all("egressMbps")).toBeLessThanOrEqual(amountOf(hard[`requests.${egressResource}`]));
    expect(made.pods.reduce((sum, { replicas }) => sum + replicas, 0)).toBeLessThanOrEqual(amountOf(hard.pods));
    expect(made.pods.length).toBeLessThanOrEqual(amountOf(hard["count/deployments.apps"]));
  }
  const names = made.pods.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
}

describe("the workload of a messenger at a site", () => {
  it("asks for what its quota was computed from and no more, in pods of at most half a server, for every messenger of the example", () => {
    for (const messenger of example.messengers)
      for (const site of Object.keys(example.estate.sites))
        for (const carried of ["groups", "afterSiteLoss"] as const) check(example, messenger, calendar, site, carried);
  });

  it("does so for any audience, once it was allocated for", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("soroush", "gap", "hodhod", "homa", "chakavak", "sohreh"),
        fc.integer({ min: 1, max: 6_000_000 }),
        fc.constantFrom<Messenger["stackClass"]>("A", "B", "C"),
        (id, active, stackClass) => {
          const messenger: Messenger = {
            ...named(id),
            stackClass,
            audience: { registered: active, active, source: "test" },
            growth: [],
            load: undefined,
          };
          const { lock } = allocate({
            estate: example.estate,
            messengers: [messenger],
            demands: [demandOf(sizeMessenger(messenger, calendar), messenger)],
            lock: undefined,
            asOf: calendar.asOf,
            partial: true,
            coefficients: "1",
          });
          for (const site of Object.keys(messenger.placement.sites))
            for (const carried of ["groups", "afterSiteLoss"] as const) check({ ...example, lock }, messenger, calendar, site, carried);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("splits a group over its roles, each with two pods at least, a database with its replicas", () => {
    const pods = new Map<string, number>();
    for (const { role, replicas } of workload("sohreh", "thr1").pods) pods.set(role, (pods.get(role) ?? 0) + replicas);
    expect([...pods]).toEqual([
      ["gateway", 2],
      ["application", expect.any(Number)],
      ["database", 3],
      ["object", 2],
      ["relay", 2],
    ]);
  });

  it("makes pods no larger than the reserve where a fleet of them still fits", () => {
    const { threads, memory } = example.estate.reserve;
    for (const { each } of workload("soroush", "thr1").pods) {
      expect(each.milliThreads).toBeLessThanOrEqual(threads);
      expect(each.memoryMiB).toBeLessThanOrEqual(memory);
    }
  });

  it("makes larger pods rather than too many, up to half a server", () => {
    const base = named("gap");
    const messenger = { ...base, load: undefined, audience: { ...base.audience, active: 40_000_000, dailyActive: 21_000_000 } };
    const made = workloadOf(example, messenger, sizeMessenger(messenger, calendar), "thr1");
    const compute = (made?.pods ?? []).filter(({ group }) => group === "compute").reduce((sum, { replicas }) => sum + replicas, 0);
    expect(compute).toBeGreaterThan(600);
    expect(compute).toBeLessThan(2100);
  });

  it("carries all of the peak once the other site is lost", () => {
    expect(sumOf(workload("soroush", "mhd1", "afterSiteLoss"), "compute").milliThreads).toBeGreaterThan(
      2 * sumOf(workload("soroush", "mhd1"), "compute").milliThreads,
    );
  });

  it.each([
    ["kabootar", "it needs network only and has no namespace"],
    ["parastoo", "it needs hardware and network only and has no namespace"],
    ["dorna", "it is retired"],
  ])("is nothing for %s, and says why", (id, why) => {
    expect(idleBecause(named(id))).toBe(why);
    const { sites } = named(id).placement;
    for (const site of Object.keys(sites)) expect(workloadOf(example, named(id), sizeMessenger(named(id), calendar), site)).toBeUndefined();
  });
});

describe("its Deployments", () => {
  const spec = (deployment: ApiObject | undefined, ...path: string[]) => valueAt(deployment, "spec", "template", "spec", ...path);
  const byName = (id: string, site: string): Map<string, ApiObject> =>
    new Map(deploymentsOf(workload(id, site), "peak").map((deployment) => [deployment.metadata.name, deployment]));

  it("keep to the group's own servers and tolerate their taint", () => {
    const gateway = byName("soroush", "thr1").get("gateway");
    expect(gateway?.metadata.namespace).toBe("messenger-soroush");
    expect(spec(gateway, "nodeSelector")).toEqual({ "zirsakht.ir/messenger": "soroush", "zirsakht.ir/group": "compute" });
    expect(spec(gateway, "tolerations")).toEqual([{ key: "zirsakht.ir/messenger", value: "soroush", effect: "NoSchedule" }]);
    expect(spec(gateway, "priorityClassName")).toBe("zirsakht-focus");
    expect(valueAt(gateway, "spec", "template", "metadata", "labels", "zirsakht.ir/egress")).toBe("true");
    expect(valueAt(gateway, "spec", "template", "metadata", "annotations")).toBeUndefined();
  });

  it("run in the pool with as much bandwidth as they are shaped to", () => {
    const deployments = byName("hodhod", "thr1");
    for (const deployment of deployments.values()) {
      const [container] = objects(spec(deployment, "containers"));
      const asked = valueAt(container, "resources", "requests", egressResource);
      const leaves = valueAt(deployment, "spec", "template", "metadata", "labels", "zirsakht.ir/egress") === "true";
      expect(asked !== undefined).toBe(leaves);
      expect(valueAt(container, "resources", "limits", egressResource)).toEqual(asked);
      const shaped = valueAt(deployment, "spec", "template", "metadata", "annotations", "kubernetes.io/egress-bandwidth");
      expect(shaped).toBe(
        leaves
          ? quantity(workload("hodhod", "thr1").pods.find(({ name }) => name === deployment.metadata.name)?.each.egressMbps ?? 0, "M")
          : undefined,
      );
      expect(spec(deployment, "nodeSelector")).toEqual({ "zirsakht.ir/messenger": "pool" });
      expect(spec(deployment, "tolerations")).toBeUndefined();
    }
    expect(valueAt(deployments.get("application"), "spec", "template", "metadata", "labels", "zirsakht.ir/egress")).toBeUndefined();
  });

  it("have no way out without a need for a network", () => {
    for (const [id, site] of [
      ["chakavak", "mhd1"],
      ["simorgh", "thr1"],
    ] as const)
      for (const deployment of byName(id, site).values())
        expect(valueAt(deployment, "spec", "template", "metadata", "labels", "zirsakht.ir/egress")).toBeUndefined();
  });

  it("carry the drill's name, so that a later rehearsal finds them", () => {
    for (const deployment of byName("homa", "mhd1").values()) {
      expect(valueAt(deployment, "metadata", "labels", "zirsakht.ir/rehearsal")).toBe("peak");
      expect(valueAt(deployment, "spec", "template", "metadata", "labels", "zirsakht.ir/rehearsal")).toBe("peak");
    }
  });
});
