/** Large sites of equal racks, of which messengers ask for a thousand servers and more; and law 6's sum for them. */
import * as fc from "fast-check";
import type { Group } from "../../../lib/request/estate";
import type { GroupDemand } from "../../../lib/sizing/demand";
import { Ground } from "./ground";
import { emptySite, siteOf } from "./judge";
import { fairOrder, type Scene } from "./story";
import { leastFor, turnsOf } from "./tight";
import type { MessengerSpec, World } from "./world";

/** Some messengers that share `servers` servers' worth of threads, bytes and bandwidth by their weights. */
function messengers(weights: readonly number[], servers: number, split: boolean): World["messengers"] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return Object.fromEntries(
    weights.map((weight, index): [string, MessengerSpec] => {
      const part = (servers * weight) / sum;
      const demand = (threads: number, nvme: number, object: number): GroupDemand => ({
        usedMilliThreads: Math.ceil(27_000 * part * threads),
        usedMemoryMiB: Math.ceil(50_000 * part * threads),
        nvmeGB: Math.ceil(7000 * part * nvme),
        objectGB: Math.ceil(70_000 * part * object),
        egressMbps: Math.ceil(1000 * part * threads),
        ingressMbps: 0,
      });
      const groups = {
        compute: demand(0.4, 0, 0),
        database: demand(0.1, 0.3, 0),
        object: demand(0.05, 0, 0.3),
        all: demand(1, 0.5, 0.5),
      } satisfies Record<Group, GroupDemand>;
      const spec: MessengerSpec = {
        focus: index === 0,
        needs: ["hardware", "network", "cluster"],
        split: split === (index % 2 === 0),
        survives: "rack",
        state: "active",
        shares: { 0: 1000 },
        groups,
        network: {},
        limits: { target: 600, degraded: 850, nic: 600 },
        rf: 3,
        code: index % 3 === 0 ? [4, 2] : [16, 4],
      };
      return [`m${String(index).padStart(2, "0")}`, spec];
    }),
  );
}

/** A site of 30 to 80 equal racks, of whose servers three quarters or so are asked for, a thousand at least. */
export const large: fc.Arbitrary<World> = fc
  .record({
    racks: fc.integer({ min: 36, max: 80 }),
    servers: fc.integer({ min: 38, max: 60 }),
    per: fc.integer({ min: 75, max: 92 }),
    weights: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 25 }),
    split: fc.boolean(),
  })
  .map(({ racks, servers, per, weights, split }) => ({
    sites: [
      {
        racks: Array.from({ length: racks }, () => ({ class: 0, servers, uplink: 100_000, pool: false, state: "up" as const, dead: [] })),
        uplink: 10_000_000,
        vlans: 60,
        private: 12,
        public: [22, 22],
      },
    ],
    classes: [0],
    reserve: { threads: 2000, memory: 16_384 },
    headroom: { uplink: 100, pool: 100 },
    messengers: messengers(weights, Math.floor((racks * servers * per) / 100), split),
  }));

/** How many servers an allocation from nothing gave to groups, and the sum of their least numbers with all free; groups left short count in neither. */
export function againstFree({ input, result }: Scene): { given: number; least: number } {
  const ground = new Ground(input.estate, input.asOf);
  let [given, least] = [0, 0];
  for (const id of fairOrder(input.messengers)) {
    const messenger = input.messengers.find((each) => each.messenger === id);
    const demand = input.demands.find((each) => each.messenger === id);
    for (const turn of messenger ? turnsOf(messenger, demand, result.lock) : []) {
      const lines = Object.values(siteOf(result.lock, turn.site).servers).filter(
        (line) => line.messenger === id && line.group === turn.group,
      );
      if (lines.length === 0) continue;
      given += lines.length;
      least += leastFor(ground, emptySite, turn)?.servers ?? 0;
    }
  }
  return { given, least };
}
