/** Law 2: one holder each, nothing in quarantine or out of service newly granted, nothing promised twice. */
import { story } from "./generate";
import { exclusive } from "./judge";
import { never } from "./runs";
import { play } from "./story";

test("nothing is given or promised twice", () => {
  never(story, (told) => play(told).flatMap(exclusive));
});
