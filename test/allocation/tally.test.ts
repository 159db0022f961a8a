import { Journal } from "../../lib/allocation/journal";
import { linesOf } from "../../lib/allocation/lines";
import { emptyLockSite } from "../../lib/allocation/lockText";
import { Tally } from "../../lib/allocation/tally";

const quota = { cpu: 8, memoryGiB: 32, nvmeTiB: 1, objectTiB: 0, rf: 3, shards: 16, parity: 4 };
const bandwidth = { egressMbps: 100, ingressMbps: 30, groups: { compute: 60 } };

function counting() {
  const journal = new Journal();
  const lines = linesOf(
    {
      ...emptyLockSite(),
      vlans: { "1000": { messenger: "bale" }, "1001": { pool: true } },
      egress: { "198.51.100.0/31": { messenger: "bale", servers: ["thr1-r01-s01", "thr1-r02-s01"] } },
      bandwidth: { bale: bandwidth, soroush: bandwidth },
      quotas: { bale: quota },
    },
    journal,
  );
  return { journal, lines, tally: new Tally(lines) };
}

test("what stands in the lock is counted; the pool carries what its messengers send beside their own servers", () => {
  const { tally } = counting();
  expect(tally.promised).toEqual({
    cpu: 8,
    memoryGiB: 32,
    nvmeTiB: 1,
    objectTiB: 0,
    egressMbps: 200,
    ingressMbps: 60,
    poolEgressMbps: 40,
    poolIngressMbps: 30,
  });
  expect(tally.dataRules).toEqual([{ rf: 3, shards: 16, parity: 4 }]);
  expect([...tally.namesOf("vlans", "bale"), ...tally.namesOf("vlans", "pool")]).toEqual(["1000", "1001"]);
  expect(["thr1-r01-s01", "thr1-r03-s01"].map((server) => tally.egressOn(server))).toEqual([1, 0]);
});

test("a line that is replaced, removed or handed on counts as it is now, and as it was once that is undone", () => {
  const { journal, lines, tally } = counting();
  lines.quotas.set("bale", { ...quota, cpu: 2, nvmeTiB: 0 });
  lines.bandwidth.delete("soroush");
  lines.vlans.set("1000", { messenger: "gap" });
  lines.egress.clear();
  expect(tally.promised).toMatchObject({ cpu: 2, egressMbps: 100, poolEgressMbps: 40 });
  expect(tally.dataRules).toEqual([]);
  expect([[...tally.namesOf("vlans", "bale")], [...tally.namesOf("vlans", "gap")]]).toEqual([[], ["1000"]]);
  expect(tally.egressOn("thr1-r01-s01")).toBe(0);
  journal.undo();
  expect(tally.promised).toEqual(counting().tally.promised);
  expect(tally.dataRules).toEqual(counting().tally.dataRules);
  expect([[...tally.namesOf("vlans", "bale")], [...tally.namesOf("vlans", "gap")]]).toEqual([["1000"], []]);
  expect(tally.egressOn("thr1-r01-s01")).toBe(1);
});
