import * as fc from "fast-check";
import { AddressSpace } from "../../lib/allocation/addressSpace";
import { formatPrefix, overlaps, parsePrefix } from "../../lib/request/prefix";

test("takes the smallest block that is large enough, at the lowest address", () => {
  const space = new AddressSpace(["198.51.100.0/24"], ["198.51.100.0/26", "198.51.100.96/28"]);
  expect(space.total).toBe(256 - 64 - 16);
  expect(space.take(16)).toBe("198.51.100.112/28");
  expect(space.take(17)).toBe("198.51.100.64/27");
  expect(space.take(1)).toBe("198.51.100.128/32");
  expect(space.take(2)).toBe("198.51.100.130/31");
  expect(space.largest).toBe(64);
  expect(space.take(65)).toBeUndefined();
  expect(space.take(64)).toBe("198.51.100.192/26");
});

test("takes one block for all, or the largest ones that there are until nothing is left; a copy is apart", () => {
  const space = new AddressSpace(["198.51.100.0/28"], ["198.51.100.6/31"]);
  const copy = space.copy();
  expect(space.takeUpTo(0)).toEqual([]);
  expect(space.takeUpTo(5)).toEqual(["198.51.100.8/29"]);
  expect(space.takeUpTo(9)).toEqual(["198.51.100.0/30", "198.51.100.4/31"]);
  expect([space.total, copy.total]).toEqual([0, 14]);
});

test("of several networks the lowest comes first, and what lies outside is ignored", () => {
  const space = new AddressSpace(["203.0.113.0/30", "198.51.100.0/30"], ["192.0.2.0/24", "198.51.100.0/31"]);
  expect([space.take(2), space.take(2), space.take(2), space.take(1)]).toEqual([
    "198.51.100.2/31",
    "203.0.113.0/31",
    "203.0.113.2/31",
    undefined,
  ]);
});

test("networks that lie in each other count once, and a block larger than a network takes it all", () => {
  expect(new AddressSpace(["10.0.0.0/24", "10.0.0.0/25", "10.0.0.0/24"], []).total).toBe(256);
  expect(new AddressSpace(["10.0.0.0/24"], ["10.0.0.0/8"]).largest).toBe(0);
});

test("whatever is taken lies in the network, apart from all else, until nothing is left", () => {
  const block = fc.record({ start: fc.nat(255), power: fc.integer({ min: 0, max: 6 }) }).map(({ start, power }) => {
    const size = 2 ** power;
    return formatPrefix({ start: 10 * 2 ** 24 + start - (start % size), size });
  });
  fc.assert(
    fc.property(fc.array(block, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 40 }), (held, counts) => {
      const space = new AddressSpace(["10.0.0.0/24"], held);
      const taken: string[] = [];
      for (const count of counts) {
        const { largest, total } = space;
        const prefix = space.take(count);
        if (prefix === undefined) {
          expect(count).toBeGreaterThan(largest);
          continue;
        }
        const { size } = parsePrefix(prefix);
        expect(size).toBeGreaterThanOrEqual(count);
        expect(size).toBeLessThan(2 * count);
        expect(space.total).toBe(total - size);
        expect(prefix).toMatch(/^10\.0\.0\./);
        for (const other of [...held, ...taken]) expect(overlaps(parsePrefix(prefix), parsePrefix(other))).toBe(false);
        taken.push(prefix);
      }
    }),
    { numRuns: 300 },
  );
});
