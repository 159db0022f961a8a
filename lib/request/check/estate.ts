/** Checks what the estate says of images, classes and surges. */
import type { Estate } from "../estate";
import type { Finding } from "../source";
import { oneOf } from "./known";
import { checkDays } from "./surge";

/** What is wrong outside of the sites. */
export function* checkEstate(estate: Estate): Generator<Finding> {
  yield* oneOf(["image"], "image", estate.image, estate.images);
  yield* oneOf(["eraser"], "image", estate.eraser, estate.images);
  if (estate.image === estate.eraser)
    yield {
      path: ["eraser"],
      message: `eraser: ${estate.eraser} is also the image of new grants, which would erase them; name another one`,
    };
  if (Object.keys(estate.sites).length === 0) yield { path: ["sites"], message: "sites: expected at least one site" };
  if (Object.keys(estate.classes).length === 0) yield { path: ["classes"], message: "classes: expected at least one class" };
  for (const [name, { threads, memory }] of Object.entries(estate.classes)) {
    const path = ["classes", name];
    if (threads <= estate.reserve.threads)
      yield {
        path: [...path, "threads"],
        message: `${path.join(".")}: all of its ${threads / 1000} threads are reserved (reserve.threads)`,
      };
    if (memory <= estate.reserve.memory)
      yield { path: [...path, "memory"], message: `${path.join(".")}: all of its ${memory} MiB of memory are reserved (reserve.memory)` };
  }
  yield* checkDays(estate.surges);
}
