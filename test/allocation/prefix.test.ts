import { addressOf, formatAddress, formatPrefix, gatewayOf, overlaps, parsePrefix } from "../../lib/allocation/prefix";

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
