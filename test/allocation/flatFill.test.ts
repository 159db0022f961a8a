import { flatFill } from "../../lib/allocation/flatFill";

const fill = (seats: readonly (readonly [held: number, most: number])[], total: number) => {
  const made = seats.map(([held, most]) => ({ held, most, count: -1 }));
  const fullest = flatFill(made, total);
  return fullest < 0 ? undefined : { fullest, counts: made.map(({ count }) => count) };
};

test.each([
  [
    "flat",
    [
      [0, 4],
      [0, 4],
      [0, 4],
    ],
    6,
    [2, 2, 2],
  ],
  [
    "the first get one more",
    [
      [0, 4],
      [0, 4],
      [0, 4],
    ],
    7,
    [3, 2, 2],
  ],
  [
    "what is held stays",
    [
      [3, 4],
      [0, 4],
      [0, 4],
    ],
    6,
    [3, 2, 1],
  ],
  [
    "a small rack is full",
    [
      [0, 1],
      [0, 4],
      [0, 4],
    ],
    7,
    [1, 3, 3],
  ],
  [
    "all of it",
    [
      [0, 1],
      [2, 2],
      [0, 4],
    ],
    7,
    [1, 2, 4],
  ],
  [
    "nothing",
    [
      [0, 1],
      [0, 2],
    ],
    0,
    [0, 0],
  ],
] as const)("%s", (_, seats, total, counts) => {
  expect(fill(seats, total)).toEqual({ fullest: Math.max(...counts), counts });
});

test("what does not fit does not fit", () => {
  expect(
    fill(
      [
        [0, 1],
        [0, 2],
      ],
      4,
    ),
  ).toBeUndefined();
  expect(
    fill(
      [
        [2, 4],
        [2, 4],
      ],
      3,
    ),
  ).toBeUndefined();
  expect(
    fill(
      [
        [2, 1],
        [0, 9],
      ],
      5,
    ),
  ).toBeUndefined();
});
