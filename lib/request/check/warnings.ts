/** What is allowed but probably not meant. */
import type { Lock } from "../lock";
import type { MessengerFile } from "../messenger";
import type { Finding, Path } from "../source";

/** Warnings of a messenger's file. */
export function* warnOfMessenger({ growth, audience, load }: MessengerFile, lock: Lock | undefined): Generator<Finding> {
  for (const day of Object.keys(growth)) {
    if (lock && day <= lock.asOf) {
      yield {
        path: ["growth", day],
        at: "key",
        message: `growth: ${day} has passed, the book date is ${lock.asOf}; move the figure to audience.active and remove this line`,
      };
    }
  }
  if (load?.peakConcurrent !== undefined && load.peakConcurrent > audience.active) {
    yield {
      path: ["load", "peakConcurrent"],
      message: `load.peakConcurrent: ${load.peakConcurrent} connections are more than the ${audience.active} active users; is one of them wrong?`,
    };
  }
}

/** A warning where the lock's keys are not sorted, which no verb leaves behind. */
export function* warnOfLock(lock: Lock): Generator<Finding> {
  const path = unsorted(lock.sites, ["sites"]);
  if (path)
    yield {
      path,
      at: "key",
      message: `${String(path.at(-1))} stands out of order: was the lock edited by hand? zirsakht allocate writes it in order`,
    };
}

/** The first key that is less than the one before it. JavaScript itself puts whole numbers, the VLANs, in order. */
function unsorted(map: Readonly<Record<string, unknown>>, path: Path, depth = 0): Path | undefined {
  let before = "";
  for (const [key, value] of Object.entries(map)) {
    // The sections themselves and the keys of a line have an order of their own.
    if (depth !== 1 && key < before && !/^\d+$/.test(key)) return [...path, key];
    before = key;
    const inner =
      depth < 2 && typeof value === "object" && value !== null
        ? unsorted(value as Record<string, unknown>, [...path, key], depth + 1)
        : undefined;
    if (inner) return inner;
  }
  return undefined;
}
