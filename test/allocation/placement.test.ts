import { place, type PlacementTask, type RackSeat } from "../../lib/allocation/placement";

const seat = (rack: number, held: number, open: number, room = Infinity): RackSeat => ({
  rack,
  held,
  open,
  room,
  roomAlive: room,
  extra: 0,
  extraAlive: 0,
  most: 0,
  count: 0,
});
const task = (seats: readonly RackSeat[], change: Partial<PlacementTask> = {}): PlacementTask => ({
  bounds: { least: 0, spare: 0, racks: 2 },
  data: { nvmeGB: 0, objectGB: 0, rf: 3, shards: 16, parity: 4 },
  storage: { nvmeGB: 10, diskGB: 100 },
  egressMbps: 0,
  seats,
  ...change,
});
const placed = (given: PlacementTask) => {
  const placement = place(given);
  return placement && [...placement].sort(([a], [b]) => a - b);
};

test("the least number is spread over the fewest racks that are lawful", () => {
  const racks = [0, 1, 2, 3, 4, 5].map((rack) => seat(rack, 0, 20));
  expect(placed(task(racks, { bounds: { least: 12, spare: 9, racks: 2 } }))).toEqual([
    [0, 3],
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
});

test("racks that hold some come first, then those with the most open", () => {
  const racks = [seat(0, 0, 1), seat(1, 2, 1), seat(2, 0, 5)];
  expect(placed(task(racks, { bounds: { least: 4, spare: 2, racks: 2 } }))).toEqual([[2, 2]]);
});

test("a fuller rack makes the number grow until enough is left after its loss", () => {
  expect(placed(task([seat(0, 4, 0), seat(1, 0, 9)], { bounds: { least: 5, spare: 4, racks: 2 } }))).toEqual([[1, 4]]);
  expect(placed(task([seat(0, 4, 0), seat(1, 0, 3)], { bounds: { least: 5, spare: 4, racks: 2 } }))).toBeUndefined();
});

test("racks of 10, 1, 1 and 1 servers take objects of 4 servers and no more", () => {
  const racks = [10, 1, 1, 1].map((open, rack) => seat(rack, 0, open));
  const objects = (objectGB: number) =>
    task(racks, { bounds: { least: 4, spare: 1, racks: 4 }, data: { nvmeGB: 0, objectGB, rf: 3, shards: 16, parity: 4 } });
  expect(placed(objects(400))).toEqual([
    [0, 1],
    [1, 1],
    [2, 1],
    [3, 1],
  ]);
  expect(placed(objects(401))).toBeUndefined();
});

test("where an uplink is too small its rack is capped and the others take more", () => {
  // After the loss of the fullest rack the others carry 100: rack 0 can carry 20 of it.
  const racks = [seat(0, 0, 4, 20), seat(1, 0, 4, 100), seat(2, 0, 4, 100)];
  const placement = placed(task(racks, { bounds: { least: 5, spare: 3, racks: 2 }, egressMbps: 100 }));
  expect(placement).toEqual([
    [1, 3],
    [2, 3],
  ]);
});

test("uplinks that carry it nowhere are no placement", () => {
  expect(
    placed(task([seat(0, 0, 4, 40), seat(1, 0, 4, 40), seat(2, 0, 4, 40)], { bounds: { least: 3, spare: 2, racks: 2 }, egressMbps: 100 })),
  ).toBeUndefined();
  expect(
    placed(task([seat(0, 0, 4, 50), seat(1, 0, 4, 50), seat(2, 0, 4, 50)], { bounds: { least: 3, spare: 2, racks: 2 }, egressMbps: 100 })),
  ).toEqual([
    [0, 1],
    [1, 1],
    [2, 1],
  ]);
});

test("dead servers carry traffic once they live again", () => {
  // Rack 0 has two dead ones; alive with a new one they would send 3 / 2 of 100.
  const dead: RackSeat = { ...seat(0, 0, 4, 100), extraAlive: 2 };
  const racks = [dead, seat(1, 0, 4, 100), seat(2, 0, 4, 100)];
  expect(placed(task(racks, { bounds: { least: 3, spare: 2, racks: 2 }, egressMbps: 100 }))).toEqual([
    [1, 2],
    [2, 2],
  ]);
});

test("too few racks or servers are no placement", () => {
  expect(placed(task([seat(0, 0, 9)], { bounds: { least: 1, spare: 0, racks: 2 } }))).toBeUndefined();
  expect(placed(task([seat(0, 0, 1), seat(1, 0, 1)], { bounds: { least: 3, spare: 1, racks: 2 } }))).toBeUndefined();
  expect(placed(task([], { bounds: { least: 0, spare: 0, racks: 2 } }))).toBeUndefined();
});
