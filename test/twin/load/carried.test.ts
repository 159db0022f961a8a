import { pendingWords } from "../../../lib/twin/load/carried";
import type { Pending } from "../../../lib/twin/load/standing";

const pending = (messenger: string, name: string, group: "compute" | "object", count: number, words?: string): Pending => ({
  messenger,
  pods: { name, role: "gateway", group, replicas: 10, each: { milliThreads: 1, memoryMiB: 1, egressMbps: 0 }, leaves: false },
  count,
  ...(words !== undefined && { words }),
});

describe("pendingWords", () => {
  it("says so where nothing is pending", () => expect(pendingWords([])).toBe("0 pods pending"));

  it("names the messenger, the group, the pods and the scheduler's words, once", () =>
    expect(
      pendingWords([
        pending("gap", "gateway", "compute", 3, "0/9 nodes are available. Preemption does not help."),
        pending("gap", "application", "compute", 1, "0/9 nodes are available. Preemption does not help."),
        pending("gap", "object", "object", 1),
      ]),
    ).toBe(
      "4 pods of gap's group compute pending (3 of 10 gateway, 1 of 10 application): 0/9 nodes are available; 1 pod of gap's group object pending (1 of 10 object): nobody says why",
    ));
});
