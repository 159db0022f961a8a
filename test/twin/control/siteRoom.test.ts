import { missingRoom, requireRoom, roomOf } from "../../../lib/twin/control/siteRoom";

const gibibyte = 2 ** 30;

test("where there is room, nothing is missing", () => {
  expect(missingRoom({ memory: 1.2 * gibibyte, disk: gibibyte }, 2, "/t")).toEqual([]);
});

test("what is missing is said with what is needed, what is free and what helps", () => {
  expect(missingRoom({ memory: 0.3 * gibibyte, disk: 0.1 * gibibyte }, 2, "/t").map(({ message }) => message)).toEqual([
    "2 control planes need 1.2 GiB of memory, and 0.3 GiB is free on this machine; end what else runs",
    "2 control planes need 1.0 GiB of disk, and 0.1 GiB is free at /t; make room, or work in a folder on another disk",
  ]);
  expect(missingRoom({ memory: 0, disk: gibibyte }, 1, "/t").map(({ message }) => message)).toEqual([
    "1 control plane needs 0.6 GiB of memory, and 0.0 GiB is free on this machine; end what else runs",
  ]);
});

test("a twin that runs already needs none, and no machine has room for a million sites", () => {
  const { memory, disk } = roomOf(".");
  expect(memory).toBeGreaterThan(0);
  expect(disk).toBeGreaterThan(0);
  expect(() => {
    requireRoom(".", 0);
  }).not.toThrow();
  expect(() => {
    requireRoom(".", 1e6);
  }).toThrow("of memory");
});
