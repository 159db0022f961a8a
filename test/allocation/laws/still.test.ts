/** Law 3: again changes nothing; growth adds; nothing held is moved, lowered or taken; one messenger's change is its own. */
import * as fc from "fast-check";
import { allocate } from "../../../lib/allocation/allocate";
import { serializeLock } from "../../../lib/allocation/lockText";
import { after } from "./change";
import { story } from "./generate";
import { kept } from "./kept";
import { never } from "./runs";
import { play, type Scene } from "./story";
import { demandsOf } from "./world";

test("allocating again changes nothing", () => {
  never(story, (told) =>
    play(told).flatMap(({ input, result }) => {
      const again = allocate({ ...input, lock: result.lock });
      if (serializeLock(again.lock) !== serializeLock(result.lock)) return ["the second time the lock changed"];
      return again.changes.length === 0 ? [] : [`the second time it reported ${JSON.stringify(again.changes[0])}`];
    }),
  );
});

test("nothing held is moved, lowered or taken back", () => {
  never(story, (told) => play(told).flatMap((scene) => kept(scene)));
});

test("the change of one messenger changes no line of another", () => {
  never(fc.tuple(story, fc.nat(30), fc.constantFrom(300, 1100, 3000)), ([told, who, per]) => {
    const { input, result } = allocateAll(told);
    const ids = Object.keys(told.world.messengers);
    const grown = ids[who % ids.length];
    const world = after({ world: told.world, lock: undefined, today: 0 }, { kind: "grow", who, per }).world;
    const next = { ...input, demands: demandsOf(world), lock: result.lock };
    return kept({ input: next, result: allocate(next) }, (holder) => holder === grown);
  });
});

/** The first world of a story, allocated as far as it fits. */
function allocateAll({ world, first }: Parameters<typeof play>[0]): Scene {
  const [scene] = play({ world, first: { ...first, mode: "partial" }, steps: [] });
  if (!scene) throw new Error("nothing was allocated");
  return scene;
}
