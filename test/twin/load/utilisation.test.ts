import { messengerOf } from "../../support/allocation";
import type { JoinedNode } from "../../../lib/twin/nodes/joinedNode";
import { fullness } from "../../../lib/twin/drills/rack";
import { utilisationOf } from "../../../lib/twin/load/utilisation";
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

describe("utilisationOf", () => {
  it("is the load's own use of what its nodes have, the worse of threads and memory", () => {
    const nodes = [node("a", "gap", "compute"), node("b", "gap", "compute"), node("c", "gap", "object"), node("d", "soroush", "compute")];
    const found = utilisationOf([workload("gap", "gap", [pods("compute", 10, 1500, 20), pods("object", 1, 100, 900)])], nodes);
    expect(found).toEqual([
      { holder: "gap", group: "object", resource: "memory", perMille: 720, allowed: 800 },
      { holder: "gap", group: "compute", resource: "threads", perMille: 600, allowed: 800 },
    ]);
  });

  it("adds up those who share the pool, and allows what the strictest of them does", () => {
    const found = utilisationOf(
      [workload("hodhod", "pool", [pods("all", 2, 1000)]), workload("bale", "pool", [pods("all", 2, 2000)], 700)],
      [node("a", "pool", "all")],
    );
    expect(found).toEqual([{ holder: "pool", group: "all", resource: "threads", perMille: (2000 * 0.8 + 4000 * 0.7) / 10, allowed: 700 }]);
  });

  it("is beyond all bounds where no node is left", () => {
    const [only] = utilisationOf([workload("gap", "gap", [pods("compute", 1, 100)])], []);
    expect(only?.perMille).toBe(Infinity);
    expect(only && fullness(only)).toBe("gap's group compute is fullest, threads at more than there is (u_degraded 80%)");
  });
});
