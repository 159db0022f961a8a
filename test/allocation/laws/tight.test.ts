/** Law 6: one group at a time, at most one server above the least; and within 2 % where much is asked of equal racks. */
import { story } from "./generate";
import { againstFree, large } from "./large";
import { never } from "./runs";
import { play } from "./story";
import { tight } from "./tight";

test("no group is given more than one server above the least", () => {
  never(story, (told) => play(told).flatMap(tight));
});

test("a thousand servers and more of equal racks are within 2 % of the sum of the least", () => {
  let thousands = 0;
  never(
    large,
    (world) => {
      const [scene] = play({ world, first: { events: [], days: 0, mode: "partial", names: [] }, steps: [] });
      const { given, least } = scene ? againstFree(scene) : { given: 0, least: 0 };
      if (given >= 1000) thousands++;
      return given < 1000 || given * 100 <= least * 102 ? [] : [`${given} given where ${least} are the least`];
    },
    0.05,
  );
  expect(thousands).toBeGreaterThan(20);
});
