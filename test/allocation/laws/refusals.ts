/** Judges the refusals of one allocation by law 5: nothing is written, and each says who, where, how much and what would help. */
import { serializeLock } from "../../../lib/allocation/lockText";
import { asked } from "./judge";
import type { Scene } from "./story";

/** What is wrong with the refusals of an allocation. */
export function refusals(scene: Scene): string[] {
  const { input, result } = scene;
  const who = asked(scene);
  const before = input.lock ? serializeLock(input.lock) : undefined;
  const written =
    before === undefined
      ? Object.values(result.lock.sites).some((site) => Object.keys({ ...site.servers, ...site.bandwidth, ...site.vlans }).length > 0)
      : serializeLock(result.lock) !== before;
  return [
    ...(input.partial !== true && result.refused.length > 0 && (written || result.changes.length > 0)
      ? ["refused, and written all the same"]
      : []),
    ...result.refused.flatMap(({ messenger, site, missing, what, remedy }) => [
      ...(who.has(messenger) || (messenger === "pool" && input.names === undefined) ? [] : [`${messenger} is refused and did not ask`]),
      ...(site in input.estate.sites ? [] : [`${messenger} is refused at no site`]),
      ...(Number.isInteger(missing) && missing > 0 ? [] : [`${messenger} misses ${missing}`]),
      ...(what !== "" && remedy !== "" ? [] : [`${messenger} is refused without a word`]),
    ]),
  ];
}
