import fc from "fast-check";
import { quantity, type Suffix } from "../../lib/cluster/quantity";

const factors: Readonly<Record<Suffix, bigint>> = {
  m: 1n,
  "": 10n ** 3n,
  k: 10n ** 6n,
  M: 10n ** 9n,
  G: 10n ** 12n,
  T: 10n ** 15n,
  P: 10n ** 18n,
  E: 10n ** 21n,
  Ki: 1000n * 2n ** 10n,
  Mi: 1000n * 2n ** 20n,
  Gi: 1000n * 2n ** 30n,
  Ti: 1000n * 2n ** 40n,
  Pi: 1000n * 2n ** 50n,
  Ei: 1000n * 2n ** 60n,
};
const suffixes = Object.keys(factors) as Suffix[];
const read = (text: string): [bigint, Suffix] => {
  const [, digits = "", suffix = ""] = /^(\d+)([A-Za-z]*)$/.exec(text) ?? [];
  return [BigInt(digits), suffix as Suffix];
};

test.each([
  [0, "Mi", "0"],
  [500, "m", "500m"],
  [64000, "m", "64"],
  [1_000_000, "m", "1k"],
  [2000, "", "2k"],
  [1500, "", "1500"],
  [1024, "Mi", "1Gi"],
  [1536, "Mi", "1536Mi"],
  [512 * 1024, "Mi", "512Gi"],
  [3840, "G", "3840G"],
  [4000, "G", "4T"],
  [1024, "Ei", "1024Ei"],
] as const)("%d of %j is %s", (amount, suffix, text) => {
  expect(quantity(amount, suffix)).toBe(text);
});

test("every quantity keeps its value, and no larger suffix would", () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 2 ** 31 - 1 }),
      fc.constantFrom(1, 1000, 1024, 1_000_000),
      fc.constantFrom(...suffixes),
      (base, times, suffix) => {
        const [digits, written] = read(quantity(base * times, suffix));
        expect(digits * factors[written]).toBe(BigInt(base * times) * factors[suffix]);
        const step = written.endsWith("i") ? 1024n : 1000n;
        expect(digits === 0n ? written === "" : digits % step !== 0n || written.startsWith("E")).toBe(true);
      },
    ),
  );
});

test.each([-1, 0.5, NaN, Infinity, 2 ** 53])("%d is refused", (amount) => {
  expect(() => quantity(amount, "Gi")).toThrow(new RangeError(`a quantity is a whole number of at least 0, not ${amount}Gi`));
});
