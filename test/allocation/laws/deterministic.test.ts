/** Law 1: the same inputs give the same bytes, whatever the order of files or keys. */
import * as fc from "fast-check";
import { allocate } from "../../../lib/allocation/allocate";
import { story } from "./generate";
import { answersAlike } from "./order";
import { never } from "./runs";
import { play } from "./story";

test("the order of files and keys changes nothing", () => {
  never(fc.tuple(story, fc.nat(1000)), ([told, salt]) => play(told).flatMap((scene) => answersAlike(allocate, scene, salt)));
});

test("allocating leaves what it was given as it was", () => {
  never(
    story,
    (told) =>
      play(told).flatMap(({ input }) => {
        const before = JSON.stringify(input);
        allocate(input);
        return JSON.stringify(input) === before ? [] : ["its input changed"];
      }),
    0.1,
  );
});
