import { Holding } from "../../lib/allocation/holding";

function holdingOf(egressMbps: number, ...racks: readonly (readonly [now: number, alive: number])[]): Holding {
  const holding = new Holding();
  for (const [index, [now, alive]] of racks.entries()) {
    const rack = holding.at(index);
    rack.names = Array.from({ length: now }, (_, server) => `s${server}`);
    rack.alive = alive;
    rack.held = alive;
  }
  holding.egressMbps = egressMbps;
  return holding;
}

test("a rack reserves what it carries after the loss of the fullest, rounded up", () => {
  const holding = holdingOf(1000, [3, 3], [2, 2], [2, 2]);
  expect([...holding.reservations("now")]).toEqual([
    [0, 750],
    [1, 500],
    [2, 500],
  ]);
  expect([...holdingOf(1001, [1, 1], [1, 1], [1, 1]).reservations("now").values()]).toEqual([501, 501, 501]);
});

test("what is dead reserves nothing now, and its part once it lives", () => {
  const holding = holdingOf(1000, [0, 2], [2, 2], [2, 2]);
  expect([...holding.reservations("now")]).toEqual([
    [1, 1000],
    [2, 1000],
  ]);
  expect([...holding.reservations("alive").values()]).toEqual([500, 500, 500]);
  expect(holding.count("now")).toBe(4);
  expect(holding.total("alive")).toEqual({ all: 6, fullest: 2 });
});

test("one rack alone reserves everything, and no bandwidth nothing", () => {
  expect([...holdingOf(1000, [4, 4]).reservations("now")]).toEqual([[0, 1000]]);
  expect(holdingOf(0, [4, 4], [4, 4]).reservations("now").size).toBe(0);
});
