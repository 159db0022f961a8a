/** Plays a story: allocates, lets things happen, allocates again, and keeps every allocation as a scene for the judge. */
import { allocate } from "../../../lib/allocation/allocate";
import type { Allocation, AllocationInput } from "../../../lib/allocation/allocation";
import type { Messenger } from "../../../lib/request/messenger";
import { after, type Event, type Moment } from "./change";
import { day, demandsOf, estateOf, messengersOf, type World } from "./world";

export type { Event } from "./change";

/** Some events, then an allocation. */
export interface Step {
  readonly events: readonly Event[];
  /** Days that pass. */
  readonly days: number;
  /** For all at once, as far as it fits, each by name in the order of law 5, or only some names. */
  readonly mode: "all" | "partial" | "each" | "names";
  readonly names: readonly number[];
}

/** A world, its first allocation, and what follows. */
export interface Story {
  readonly world: World;
  readonly first: Step;
  readonly steps: readonly Step[];
}

/** One allocation: what it was given and what it answered. */
export interface Scene {
  readonly input: AllocationInput;
  readonly result: Allocation;
}

/** Focus first, then by id. */
export function fairOrder(messengers: readonly Messenger[]): string[] {
  const rank = ({ tier, messenger }: Messenger): string => `${tier === "focus" ? 0 : 1}${messenger}`;
  return [...messengers].sort((one, other) => (rank(one) < rank(other) ? -1 : 1)).map(({ messenger }) => messenger);
}

function inputs({ world, lock, today }: Moment, step: Step): Omit<AllocationInput, "lock">[] {
  const messengers = messengersOf(world);
  const base = { estate: estateOf(world), messengers, demands: demandsOf(world), asOf: day(today), coefficients: "1" };
  const some = new Set(step.names.map((index) => messengers[index % messengers.length]?.messenger ?? ""));
  if (step.mode === "each") return fairOrder(messengers).map((name) => ({ ...base, names: [name] }));
  if (step.mode === "names" && lock) return [{ ...base, names: [...some] }];
  return [{ ...base, partial: step.mode === "partial" }];
}

/** Every allocation of a story, in order. */
export function play(story: Story): Scene[] {
  const scenes: Scene[] = [];
  let moment: Moment = { world: story.world, lock: undefined, today: 0 };
  for (const step of [story.first, ...story.steps]) {
    for (const event of step.events) moment = after(moment, event);
    moment = { ...moment, today: moment.today + step.days };
    for (const input of inputs(moment, step)) {
      const scene = { input: { ...input, lock: moment.lock }, result: allocate({ ...input, lock: moment.lock }) };
      scenes.push(scene);
      moment = { ...moment, lock: scene.result.lock };
    }
  }
  return scenes;
}
