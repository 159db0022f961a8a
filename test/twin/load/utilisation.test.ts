import { messengerOf } from "../../support/allocation";
import type { JoinedNode } from "../../../lib/twin/nodes/joinedNode";
import { fullness } from "../../../lib/twin/drills/rack";
import { utilisationOf } from "../../../lib/twin/load/utilisation";
import type { Placed } from "../../../lib/twin/load/standing";
import type { Pods, Workload } from "../../../lib/twin/load/workload";

const node = (name: string, holder: string, group: string, threads = 10): JoinedNode => ({
  name,
  holder,
  group,
  rack: "r01",
  allocatable: { milliThreads: threads * 1000, memoryMiB: 1000 },
});
const pods = (group: Pods["group"], replicas: number, milliThreads: number, memoryMiB = 0): Pods => ({
  name: "gateway",
  role: "gateway",
  group,
  replicas,
  each: { milliThreads, memoryMiB, egressMbps: 0 },
  leaves: false,
});
const workload = (id: string, nodes: string, some: readonly Pods[], degraded = 800): Workload => ({
  messenger: messengerOf(id),
  site: "thr1",
  nodes,
  degraded,
  pods: some,
});

/** Pods of workloads, all on one node of each group. */
const placed = (workloads: readonly Workload[], nodeOf: (group: string) => string): Placed[] =>
  workloads.flatMap(({ messenger: { messenger }, pods: all }) =>
    all.flatMap((some) => Array.from({ length: some.replicas }, () => ({ messenger, pods: some, node: nodeOf(some.group) }))),
  );
const reserve = { threads: 1000, memory: 100 };

describe("utilisationOf", () => {
  it("is the placed load's own use of what of its nodes may be planned with, the worse of threads and memory", () => {
    const nodes = [node("a", "gap", "compute"), node("b", "gap", "compute"), node("c", "gap", "object"), node("d", "soroush", "compute")];
    const workloads = [workload("gap", "gap", [pods("compute", 10, 900, 20), pods("object", 1, 100, 450)])];
    const found = utilisationOf(
      workloads,
      placed(workloads, (group) => (group === "object" ? "c" : "a")),
      nodes,
      reserve,
    );
    expect(found).toEqual([
      { holder: "gap", group: "compute", resource: "threads", perMille: 400, allowed: 800, tooFull: false },
      { holder: "gap", group: "object", resource: "memory", perMille: 400, allowed: 800, tooFull: false },
    ]);
  });

  it("is too much where pods lie in the reserve, though all of them have found a place", () => {
    const nodes = [node("a", "gap", "compute")];
    const full = (milliThreads: number) => {
      const workloads = [workload("gap", "gap", [pods("compute", 1, milliThreads)])];
      return utilisationOf(
        workloads,
        placed(workloads, () => "a"),
        nodes,
        reserve,
      );
    };
    expect(full(9000)).toMatchObject([{ perMille: 800, tooFull: false }]);
    const [beyond] = full(9001);
    expect(beyond?.tooFull).toBe(true);
    expect(beyond && fullness(beyond)).toBe("too full: gap's group compute is fullest, threads at 80% (u_degraded 80%)");
  });

  it("counts what is placed on these nodes only", () => {
    const workloads = [workload("gap", "gap", [pods("compute", 2, 900)])];
    const [first, second] = placed(workloads, () => "a");
    if (!first || !second) throw new Error("there are two pods");
    const found = utilisationOf(workloads, [first, { ...second, node: "lost" }], [node("a", "gap", "compute")], reserve);
    expect(found).toMatchObject([{ perMille: 80 }]);
    expect(utilisationOf(workloads, [], [node("a", "gap", "compute")], reserve)).toEqual([]);
  });

  it("adds up those who share the pool, and allows each what it asks for", () => {
    const workloads = [workload("hodhod", "pool", [pods("all", 2, 1000)]), workload("bale", "pool", [pods("all", 2, 2000)], 700)];
    const found = utilisationOf(
      workloads,
      placed(workloads, () => "a"),
      [node("a", "pool", "all")],
      reserve,
    );
    const used = 2000 * 800 + 4000 * 700;
    expect(found).toEqual([
      { holder: "pool", group: "all", resource: "threads", perMille: used / 9000, allowed: used / 6000, tooFull: false },
    ]);
  });
});
