import * as fc from "fast-check";
import { addressesOf, addressText, isEmpty, partsOf, together, without, type AddressSet } from "../../../lib/diff/security/addresses";

const text = ({ ranges }: AddressSet): string => JSON.stringify(ranges);
const prefix = fc.tuple(fc.nat(15), fc.integer({ min: 28, max: 32 })).map(([last, length]) => `10.0.0.${String(last)}/${String(length)}`);
const set = fc.array(prefix, { maxLength: 4 }).map((all) => addressesOf(all));
const members = ({ ranges }: AddressSet): Set<number> =>
  new Set(ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index)));

test("differences and unions hold the addresses that they should", () => {
  fc.assert(
    fc.property(set, set, (a, b) => {
      const [inA, inB] = [members(a), members(b)];
      expect(members(without(a, b))).toEqual(new Set([...inA].filter((one) => !inB.has(one))));
      expect(members(together(a, b))).toEqual(new Set([...inA, ...inB]));
    }),
  );
});

test("the parts of a set are the set, each in another one whole or not at all", () => {
  fc.assert(
    fc.property(set, fc.array(set, { maxLength: 4 }), (all, others) => {
      const parts = partsOf(all, others);
      expect(parts.flatMap((part) => [...members(part)]).sort((a, b) => a - b)).toEqual([...members(all)].sort((a, b) => a - b));
      for (const part of parts)
        for (const other of others) expect([0, members(part).size]).toContain(members(part).size - members(without(part, other)).size);
    }),
  );
  expect(partsOf(addressesOf([]), [addressesOf(["10.0.0.0/8"])])).toEqual([]);
});

test("the words say the same set again", () => {
  fc.assert(fc.property(set, (a) => expect(text(addressesOf(addressText(a) === "" ? [] : addressText(a).split(", ")))).toBe(text(a))));
});

test.each([
  [["10.0.0.0/9", "10.128.0.0/9"], [], "10.0.0.0/8"],
  [["0.0.0.0/0"], [], "0.0.0.0/0"],
  [["0.0.0.0/0"], ["128.0.0.0/1"], "0.0.0.0/1"],
  [["10.0.0.1 - 10.0.0.3"], [], "10.0.0.1, 10.0.0.2/31"],
  [["10.0.0.5-10.0.0.9/24"], [], "10.0.0.5-10.0.0.9"],
  [["255.255.255.255"], [], "255.255.255.255"],
  [["2001:DB8::/32"], ["2001:db8:1::/48"], "2001:db8::/32 except 2001:db8:1::/48"],
])("%j except %j is %s", (all, except, words) => {
  expect(addressText(addressesOf(all, except))).toBe(words);
});

test("nothing less anything is nothing", () => {
  expect(isEmpty(without(addressesOf([]), addressesOf(["0.0.0.0/0"])))).toBe(true);
});
