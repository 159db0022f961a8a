/** Law 5: focus first, then by id; all or nothing; refusals that help; what fits, and the rest as short. */
import { allocate } from "../../../lib/allocation/allocate";
import type { AllocationInput } from "../../../lib/allocation/allocation";
import { serializeLock } from "../../../lib/allocation/lockText";
import type { Lock } from "../../../lib/request/lock";
import { carriers, complete } from "./complete";
import { story } from "./generate";
import { refusals } from "./refusals";
import { never } from "./runs";
import { fairOrder, play } from "./story";

/** The lines of each lock that the other has not. */
function differences(one: Lock, other: Lock): string[] {
  const [left, right] = [one, other].map((lock) => serializeLock(lock).split("\n"));
  const only = (lines: string[] = [], others: string[] = []): string[] => lines.filter((line) => !others.includes(line));
  return [...only(left, right).map((line) => `at once ${line.trim()}`), ...only(right, left).map((line) => `in turn ${line.trim()}`)];
}

/** The pool's own servers are added first: they belong to no messenger's turn. */
function withPool({ estate, messengers, demands, lock, asOf, coefficients }: AllocationInput): AllocationInput & { lock: Lock } {
  const input = { estate, messengers, demands, lock, asOf, coefficients };
  return { ...input, lock: allocate({ ...input, demands: [], partial: true }).lock };
}

/** Allocates messenger by messenger in the fair order; one that does not fit is passed over. */
function inTurn(input: AllocationInput & { lock: Lock }): { lock: Lock; refused: string[] } {
  let { lock } = input;
  const refused: string[] = [];
  const who = new Set(input.names ?? input.messengers.map(({ messenger }) => messenger));
  for (const name of fairOrder(input.messengers).filter((id) => who.has(id))) {
    const result = allocate({ ...input, lock, names: [name] });
    if (result.refused.length > 0 && input.partial !== true) refused.push(name);
    lock = result.lock;
  }
  return { lock, refused };
}

test("who is not refused has all that it needs, or is short of it", () => {
  never(story, (told) => play(told).flatMap((scene) => [...complete(scene), ...carriers(scene)]));
});

test("where something is refused nothing is written, and each refusal helps", () => {
  never(story, (told) => play(told).flatMap(refusals));
});

test("all at once is each in the fair order", () => {
  never(story, (told) => {
    const scene = play({ ...told, steps: told.steps.map((step) => ({ ...step, mode: "all" as const })) }).at(-1);
    if (!scene) return ["nothing was allocated"];
    const input = withPool(scene.input);
    const once = allocate(input);
    const turns = inTurn(input);
    const names = [...new Set(once.refused.map(({ messenger }) => messenger))].filter((id) => id !== "pool").sort();
    if (JSON.stringify(names) !== JSON.stringify([...turns.refused].sort()))
      return [`refused ${names.join(", ")}; in turn ${turns.refused.join(", ")}`];
    return once.refused.length > 0 ? [] : differences(once.lock, turns.lock);
  });
});

test("partial at once is partial each in the fair order", () => {
  never(story, (told) => {
    const scene = play({ ...told, steps: told.steps.map((step) => ({ ...step, mode: "partial" as const })) }).at(-1);
    if (!scene) return ["nothing was allocated"];
    const input = { ...withPool(scene.input), partial: true };
    const turns = inTurn(input);
    return differences(allocate(input).lock, turns.lock);
  });
});
