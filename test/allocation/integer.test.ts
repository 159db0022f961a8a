import { divideDown, divideUp, gigabytesOf, tebibytesOf, withoutShare } from "../../lib/allocation/integer";

test.each([
  // 33.6 threads at 60 % of servers of 8: floating point makes it 7.000000000000001, so 8.
  [33_600 * 1000, 600 * 8000, 7, 7],
  [33_601 * 1000, 600 * 8000, 8, 7],
  [0, 0, 0, 0],
  [1, 0, Infinity, Infinity],
  [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1, 2, 1],
])("%d / %d is %d rounded up and %d rounded down", (a, b, up, down) => {
  expect(divideUp(a, b)).toBe(up);
  expect(divideDown(a, b)).toBe(down);
});

test("headroom is rounded down", () => {
  expect(withoutShare(1001, 100)).toBe(900);
  expect(withoutShare(64, 0)).toBe(64);
});

test.each([
  [0, 0],
  [1, 1],
  [1099, 1],
  [1100, 2],
  [335_000, 305],
])("%d GB are %d TiB, rounded up", (gigabytes, tebibytes) => {
  expect(tebibytesOf(gigabytes)).toBe(tebibytes);
});

test("TiB become GB rounded down, and back to the same TiB", () => {
  expect(gigabytesOf(305)).toBe(335_351);
  for (const tebibytes of [0, 1, 2, 305, 1_000_000, 8_000_000]) expect(tebibytesOf(gigabytesOf(tebibytes))).toBe(tebibytes);
});
