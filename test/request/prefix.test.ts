import fc from "fast-check";
import { Address4 } from "ip-address";
import {
  addressOf,
  contains,
  formatAddress,
  formatPrefix,
  gatewayOf,
  hasHostBits,
  overlapping,
  overlaps,
  parsePrefix,
} from "../../lib/request/prefix";

test.each(["0.0.0.0/0", "10.64.8.0/21", "198.51.100.64/30", "255.255.255.255/32", "128.0.0.0/1"])(
  "%s is read and written alike",
  (text) => {
    expect(formatPrefix(parsePrefix(text))).toBe(text);
  },
);

test("addresses are numbers below 2^32", () => {
  expect(addressOf("255.255.255.255")).toBe(4_294_967_295);
  expect(addressOf("10.64.8.11/21")).toBe(addressOf("10.64.8.11"));
  expect(formatAddress(addressOf("10.64.8.11"))).toBe("10.64.8.11");
});

test("an address within a block is lowered to the block's first", () => {
  expect(formatPrefix(parsePrefix("10.64.9.7/21"))).toBe("10.64.8.0/21");
  expect(gatewayOf("10.64.8.0/21")).toBe("10.64.8.1");
});

test.each([
  ["10.0.0.0/24", "10.0.0.255/32", true],
  ["10.0.0.0/24", "10.0.1.0/24", false],
  ["10.0.0.0/8", "10.255.255.255/32", true],
  ["10.0.1.0/24", "10.0.0.0/24", false],
])("%s and %s overlap: %s", (one, other, expected) => {
  expect(overlaps(parsePrefix(one), parsePrefix(other))).toBe(expected);
});

test("blocks are those that a library knows", () => {
  const networks = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${String(bits)}`);
  fc.assert(
    fc.property(networks, networks, (one, other) => {
      const [first, second] = [new Address4(one), new Address4(other)];
      const start = first.startAddress();
      expect(parsePrefix(one)).toEqual({ start: Number(start.bigInt()), size: Number(first.endAddress().bigInt() - start.bigInt()) + 1 });
      expect(formatPrefix(parsePrefix(one))).toBe(`${start.correctForm()}/${String(first.subnetMask)}`);
      expect(hasHostBits(one)).toBe(first.correctForm() !== start.correctForm());
      expect(contains(parsePrefix(one), parsePrefix(other))).toBe(second.isInSubnet(first));
      expect(overlaps(parsePrefix(one), parsePrefix(other))).toBe(second.isInSubnet(first) || first.isInSubnet(second));
    }),
    { numRuns: 2000 },
  );
});

test("of many blocks the pairs that overlap are found", () => {
  const blocks = ["10.0.2.0/24", "10.0.0.0/23", "10.0.1.0/24", "10.0.0.0/25"].map((text) => ({ text, block: parsePrefix(text) }));
  expect(overlapping(blocks).map((pair) => pair.map(({ text }) => text))).toEqual([
    ["10.0.0.0/23", "10.0.0.0/25"],
    ["10.0.0.0/23", "10.0.1.0/24"],
  ]);
});
