/** The measure of law 6 is itself measured: against trying every filling of the racks. */
import * as fc from "fast-check";
import { least, leastOfAll, type RackRoom } from "./bound";
import { never } from "./runs";

const rack: fc.Arbitrary<RackRoom> = fc.record({
  held: fc.nat(3),
  free: fc.nat(4),
  room: fc.oneof(fc.constant(100_000), fc.integer({ min: -500, max: 6000 })),
  before: fc.oneof(fc.constant(0), fc.nat(3000)),
});
const amounts = fc.record({
  usedMilliThreads: fc.nat(60_000),
  usedMemoryMiB: fc.nat(60_000),
  nvmeGB: fc.oneof(fc.constant(0), fc.nat(20_000)),
  objectGB: fc.oneof(fc.constant(0), fc.nat(60_000)),
  egressMbps: fc.oneof(fc.constant(0), fc.nat(9000)),
  ingressMbps: fc.constant(0),
});
const aCase = fc.record({
  racks: fc.array(rack, { minLength: 1, maxLength: 5 }),
  need: fc.record({
    share: amounts,
    after: fc.option(amounts, { nil: undefined }),
    limits: fc.constant({ target: 600, degraded: 850, nic: 600 }),
    rf: fc.integer({ min: 1, max: 3 }),
    code: fc.constantFrom<[number, number]>([16, 4], [4, 2], [5, 2]),
  }),
  disks: fc.boolean(),
});

test("least agrees with trying every filling", () => {
  never(aCase, ({ racks, need: { code, ...rest }, disks }) => {
    const need = { ...rest, shards: code[0], parity: code[1] };
    const capacity = { milliThreads: 8000, memoryMiB: 16_000, nvmeGB: 4000, diskGB: disks ? 8000 : 0, nicMbps: 2000 };
    const [quick, slow] = [least(need, capacity, racks, need.share.egressMbps), leastOfAll(need, capacity, racks, need.share.egressMbps)];
    return quick === slow ? [] : [`${String(quick)}, by trial ${String(slow)}`];
  });
});
