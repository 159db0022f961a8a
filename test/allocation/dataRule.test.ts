import { type Data, leastRacks, unplaced } from "../../lib/allocation/dataRule";

const data = (change: Partial<Data>): Data => ({ nvmeGB: 0, objectGB: 0, rf: 3, shards: 16, parity: 4, ...change });
const racks = (...servers: number[]) => servers.map((count) => ({ servers: count, nvmeGB: 10, diskGB: 100 }));

test("of racks of 10, 1, 1 and 1 servers the bytes of 4 servers are usable", () => {
  expect(unplaced(data({ objectGB: 400 }), racks(10, 1, 1, 1))).toEqual({ database: 0, object: 0 });
  expect(unplaced(data({ objectGB: 401 }), racks(10, 1, 1, 1))).toEqual({ database: 0, object: 1 });
});

test("of three replicas no rack holds two", () => {
  expect(unplaced(data({ nvmeGB: 30 }), racks(5, 1, 1))).toEqual({ database: 0, object: 0 });
  expect(unplaced(data({ nvmeGB: 31 }), racks(5, 1, 1)).database).toBe(1);
  expect(unplaced(data({ nvmeGB: 1 }), racks(5, 5)).database).toBe(1);
});

test("where a class has no disks, objects lie beside the databases", () => {
  const flash = [1, 1, 1, 1].map((servers) => ({ servers, nvmeGB: 10, diskGB: 0 }));
  expect(unplaced(data({ nvmeGB: 20, objectGB: 20 }), flash)).toEqual({ database: 0, object: 0 });
  expect(unplaced(data({ nvmeGB: 20, objectGB: 21 }), flash).object).toBeGreaterThan(0);
});

test("nothing needs no place, and no servers hold nothing else", () => {
  expect(unplaced(data({}), [])).toEqual({ database: 0, object: 0 });
  expect(unplaced(data({ nvmeGB: 5, objectGB: 7 }), [])).toEqual({ database: 5, object: 7 });
});

test.each([
  [{}, 2],
  [{ nvmeGB: 1 }, 3],
  [{ objectGB: 1 }, 4],
  [{ objectGB: 1, shards: 5, parity: 2 }, 3],
  [{ nvmeGB: 1, rf: 1 }, 2],
])("%j needs %d racks at least", (change, count) => {
  expect(leastRacks(data(change))).toBe(count);
});
