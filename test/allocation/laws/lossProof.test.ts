/** Law 4: own servers carry the peak, and what is left after any loss. */
import { story } from "./generate";
import { lossProof } from "./judge";
import { never } from "./runs";
import { play } from "./story";

test("every rack, and the other site, may be lost", () => {
  never(story, (told) => play(told).flatMap(lossProof));
});
